// What an exported module computes with, as text: each function stands in a module that calls it, and in no other.

/** By name; those that call others name them. Arrays are flat, in row-major order. */
export const HELPERS: Readonly<
  Record<string, { readonly text: string; readonly needs?: readonly string[] }>
> = {
  bytes: {
    text: `/** The numbers of a weight, little-endian, out of base64. */
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;`,
  },
  each: {
    text: `/** f(i) for each of n elements. */
function each(Type, n, f) {
  const y = new Type(n);
  for (let i = 0; i < n; i++) y[i] = f(i);
  return y;
}`,
  },
  walk: {
    text: `/** Calls f with where each element of a shape stands in an array walked by strides from \`at\`. */
function walk(shape, strides, at, f, axis = 0) {
  if (axis === shape.length) return f(at);
  for (let i = 0; i < shape[axis]; i++) walk(shape, strides, at + i * strides[axis], f, axis + 1);
}`,
  },
  view: {
    text: `/** An array of a shape, whose elements x holds at some strides. */
function view(Type, shape, x, at, strides) {
  const y = new Type(shape.reduce((a, b) => a * b, 1));
  let to = 0;
  walk(shape, strides, at, (from) => (y[to++] = x[from]));
  return y;
}`,
    needs: ["walk"],
  },
  place: {
    text: `/** Puts x, of a shape, into y at some strides. */
function place(y, shape, x, at, strides) {
  let from = 0;
  walk(shape, strides, at, (to) => (y[to] = x[from++]));
  return y;
}`,
    needs: ["walk"],
  },
  total: {
    text: `/** Sums of n rows. */
function total(Type, n, length, x) {
  return each(Type, n, (row) => {
    let sum = 0;
    for (let i = row * length; i < (row + 1) * length; i++) sum += x[i];
    return sum;
  });
}`,
    needs: ["each"],
  },
  largest: {
    text: `/** The largest of each of n rows. */
function largest(Type, n, length, x) {
  return each(Type, n, (row) => {
    let most = -Infinity;
    for (let i = row * length; i < (row + 1) * length; i++) most = Math.max(most, x[i]);
    return most;
  });
}`,
    needs: ["each"],
  },
  running: {
    text: `/** Running totals along the middle of three axes. */
function running(Type, [outer, length, inner], x, reverse) {
  const y = new Type(x.length);
  for (let o = 0; o < outer; o++)
    for (let k = 0; k < inner; k++) {
      let sum = 0;
      for (let i = 0; i < length; i++) {
        const at = (o * length + (reverse ? length - 1 - i : i)) * inner + k;
        y[at] = sum += x[at];
      }
    }
  return y;
}`,
  },
  winner: {
    text: `/** Where along the middle of three axes the first maximum stands. */
function winner([outer, length, inner], x) {
  return each(Int32Array, outer * inner, (lane) => {
    const at = (i) => x[(Math.floor(lane / inner) * length + i) * inner + (lane % inner)];
    let best = 0;
    for (let i = 1; i < length; i++) if (at(best) === at(best) && !(at(i) <= at(best))) best = i;
    return best;
  });
}`,
    needs: ["each"],
  },
  order: {
    text: `/** Where the sorted elements along the middle of three axes stand; NaN comes last. */
function order([outer, length, inner], x, descending) {
  const y = new Int32Array(x.length);
  for (let lane = 0; lane < outer * inner; lane++) {
    const place = (i) => (Math.floor(lane / inner) * length + i) * inner + (lane % inner);
    const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0) * (descending ? -1 : 1) || (a !== a) - (b !== b);
    const sorted = Array.from({ length }, (_, i) => i);
    sorted.sort((i, j) => compare(x[place(i)], x[place(j)]) || i - j);
    sorted.forEach((from, i) => (y[place(i)] = from));
  }
  return y;
}`,
  },
  rows: {
    text: `/** Rows of x, which has n, by index. */
function rows(Type, n, width, x, indices) {
  const y = new Type(indices.length * width);
  indices.forEach((index, i) => {
    if (!(index >= 0 && index < n)) throw new RangeError(\`index \${index} is not one from 0 to \${n - 1}\`);
    y.set(x.subarray(index * width, (index + 1) * width), i * width);
  });
  return y;
}`,
  },
  scatter: {
    text: `/** Rows put at indices of n rows, which begin as \`first\`, by f(there, row). */
function scatter(Type, n, width, indices, x, first, f) {
  const y = new Float64Array(n * width).fill(first);
  indices.forEach((index, i) => {
    if (!(index >= 0 && index < n)) throw new RangeError(\`index \${index} is not one from 0 to \${n - 1}\`);
    for (let k = 0; k < width; k++) y[index * width + k] = f(y[index * width + k], x[i * width + k]);
  });
  return Type.from(y);
}`,
  },
  product: {
    text: `/** Matrix products: [batches, m, k] times [batches, k, n]. */
function product(Type, batches, m, k, n, a, b) {
  const y = new Type(batches * m * n);
  const row = new Float64Array(n);
  for (let i = 0; i < batches * m; i++) {
    row.fill(0);
    const right = Math.floor(i / m) * k * n;
    for (let p = 0; p < k; p++) {
      const factor = a[i * k + p];
      for (let j = 0; j < n; j++) row[j] += factor * b[right + p * n + j];
    }
    y.set(row, i * n);
  }
  return y;
}`,
  },
  taps: {
    text: `/** Calls f(x, w, y, length) with where the factors of a convolution stand, for runs of output channels. */
function taps([images, h, w, ci], [kh, kw, inner, co], [, oh, ow], [strides, padding, dilation, groups], f) {
  const length = co / groups;
  for (let image = 0; image < images; image++)
    for (let oy = 0; oy < oh; oy++)
      for (let ox = 0; ox < ow; ox++)
        for (let ky = 0; ky < kh; ky++) {
          const iy = oy * strides[0] - padding[0] + ky * dilation[0];
          if (iy < 0 || iy >= h) continue;
          for (let kx = 0; kx < kw; kx++) {
            const ix = ox * strides[1] - padding[1] + kx * dilation[1];
            if (ix < 0 || ix >= w) continue;
            for (let g = 0; g < groups; g++)
              for (let c = 0; c < inner; c++)
                f(
                  ((image * h + iy) * w + ix) * ci + g * inner + c,
                  ((ky * kw + kx) * inner + c) * co + g * length,
                  ((image * oh + oy) * ow + ox) * co + g * length,
                  length,
                );
          }
        }
}`,
  },
  convolve: {
    text: `/** Images [n, h, w, channels] by a kernel [kh, kw, in / groups, out], of shapes given. */
function convolve(Type, shapes, geometry, x, kernel) {
  const y = new Float64Array(shapes[2].reduce((a, b) => a * b));
  taps(...shapes, geometry, (xAt, wAt, yAt, length) => {
    for (let k = 0; k < length; k++) y[yAt + k] += x[xAt] * kernel[wAt + k];
  });
  return Type.from(y);
}`,
    needs: ["taps"],
  },
  spread: {
    text: `/** The transposed convolution: y [n, oh, ow, out] back onto images [n, h, w, channels]. */
function spread(Type, shapes, geometry, y, kernel) {
  const x = new Float64Array(shapes[0].reduce((a, b) => a * b));
  taps(...shapes, geometry, (xAt, wAt, yAt, length) => {
    for (let k = 0; k < length; k++) x[xAt] += y[yAt + k] * kernel[wAt + k];
  });
  return Type.from(x);
}`,
    needs: ["taps"],
  },
  pool: {
    text: `/** The largest element of each window. */
function pool(Type, [n, h, w, channels], [, oh, ow], [window, strides, padding], x) {
  const y = new Type(n * oh * ow * channels);
  let to = 0;
  for (let image = 0; image < n; image++)
    for (let oy = 0; oy < oh; oy++)
      for (let ox = 0; ox < ow; ox++)
        for (let c = 0; c < channels; c++) {
          const [top, left] = [oy * strides[0] - padding[0], ox * strides[1] - padding[1]];
          let most = -Infinity;
          for (let iy = Math.max(top, 0); iy < Math.min(top + window[0], h); iy++)
            for (let ix = Math.max(left, 0); ix < Math.min(left + window[1], w); ix++)
              most = Math.max(most, x[((image * h + iy) * w + ix) * channels + c]);
          y[to++] = most;
        }
  return y;
}`,
  },
  scan: {
    text: `/** A loop: a step from constants, carries and a slice of each sequence to carries and slices of results. */
function scan(step, constants, carries, sequences, length, reverse, results) {
  const stacked = results.map(([Type, size]) => new Type(size * length));
  for (let i = 0; i < length; i++) {
    const at = reverse ? length - 1 - i : i;
    const slices = sequences.map((x) => x.subarray((at * x.length) / length, ((at + 1) * x.length) / length));
    const given = step(...constants, ...carries, ...slices);
    stacked.forEach((y, k) => y.set(given[carries.length + k], at * results[k][1]));
    carries = given.slice(0, carries.length);
  }
  return [...carries, ...stacked];
}`,
  },
  repeat: {
    text: `/** A loop as long as a condition holds. */
function repeat(condition, body, constants, carries) {
  while (condition(...constants, ...carries)[0][0]) carries = body(...constants, ...carries);
  return carries;
}`,
  },
  roundEven: {
    text: `/** The nearest whole number, of two the even one. */
function roundEven(x) {
  const up = Math.round(x);
  return up - x === 0.5 && up % 2 !== 0 ? up - 1 : up;
}`,
  },
  divide: {
    text: `/** Whole numbers divided with floor; 0 by 0. */
const divide = (a, b) => (b === 0 ? 0 : Math.floor(a / b));`,
  },
  power: {
    text: `/** a to the power b as IEEE 754 has it. */
const power = (a, b) => (a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b);`,
  },
  modulo: {
    text: `/** The remainder, with the sign of b. */
function modulo(a, b) {
  const r = a % b;
  if (r === 0) return b < 0 ? -0 : 0;
  return r < 0 !== b < 0 ? r + b : r;
}`,
  },
  erf: {
    text: `/** The error function: its series near 0, its continued fraction farther out (Abramowitz and Stegun 7.1.6, 7.1.14). */
function erf(x) {
  const size = Math.abs(x);
  if (size < 2.5) {
    let [term, sum] = [size, size];
    for (let n = 1; n < 60; n++) sum += term *= (2 * size * size) / (2 * n + 1);
    return (Math.sign(x) * 2 * sum * Math.exp(-size * size)) / Math.sqrt(Math.PI) || x;
  }
  let fraction = size;
  for (let n = 60; n > 0; n--) fraction = size + n / 2 / fraction;
  return Math.sign(x) * (1 - Math.exp(-size * size) / (fraction * Math.sqrt(Math.PI))) || x;
}`,
  },
};

/** The texts of some helpers, with those that they call before them. */
export function helperTexts(names: Iterable<string>): string[] {
  const found = new Set<string>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    for (const other of HELPERS[name]!.needs ?? []) add(other);
    found.add(name);
  };
  for (const name of names) add(name);
  return [...found].map((name) => HELPERS[name]!.text);
}
