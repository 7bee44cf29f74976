// The float32 functions against the ops' own definitions, over the whole range.

import { describe, expect, test } from "vitest";
import { MATH, MAX_ULP, type MathName } from "./index.ts";
import { bitsOf, COUNT, definition, errorOf, mapper } from "./scan.testing.ts";

/** How far apart the numbers are that are tried: 1 tries all 2^32, as `npm run ulp` does. */
const STRIDE = Number(process.env.ULP_STRIDE ?? 16_381);

/** How many around each place are tried one by one. */
const AROUND = 2048;

/** Where each function errs most of all float32 numbers, as `npm run ulp` finds them. */
const WORST: { readonly [N in MathName]?: readonly number[] } = {
  exp: [59.919391],
  expm1: [0.36746529],
  log: [0.69870532],
  log1p: [8.9407109e-8],
  sin: [2265.6082],
  cos: [12149.595],
  tanh: [0.062000088],
  sigmoid: [4.1572938],
  erf: [1.0642247],
};

const PLACES = [
  ...[0, 0.35, 0.5, 0.625, 0.9, 1, Math.PI / 2, Math.PI, 3.2696676, 4, 10, 88.72, 103.9, 1e6],
  ...Object.values(WORST).flat(),
];

/** Every pattern STRIDE apart of all 2^32, and every one of the numbers near some places. */
function* inputs(): Generator<Float32Array> {
  const words = new Int32Array(COUNT);
  let at = 0;
  for (let pattern = 0; pattern < 2 ** 32; pattern += STRIDE) {
    words[at++] = pattern | 0;
    if (at === COUNT) {
      yield new Float32Array(words.buffer.slice(0));
      at = 0;
    }
  }
  for (const place of PLACES) {
    const middle = bitsOf(Math.abs(place));
    for (const sign of [0, -2147483648]) {
      for (let i = 0; i < AROUND; i++) {
        words[at++ % COUNT] = Math.max(0, middle - AROUND / 2 + i) | sign;
        if (at % COUNT === 0) yield new Float32Array(words.buffer.slice(0));
      }
    }
  }
  yield new Float32Array(words.buffer.slice(0));
}

describe.each(Object.keys(MATH) as MathName[])("%s", (name) => {
  test("is within its bound everywhere", () => {
    const [map, exact] = [mapper(name), definition(name)];
    let worst = { error: 0, x: 0 };
    for (const input of inputs()) {
      const received = map(input);
      for (let i = 0; i < COUNT; i++) {
        const error = errorOf(received[i]!, exact(input[i]!, input[i]!));
        if (error > worst.error) worst = { error, x: input[i]! };
      }
    }
    if (process.env.ULP_STRIDE) console.log(name, worst);
    expect(worst.error, `at ${worst.x}`).toBeLessThanOrEqual(MAX_ULP[name]);
  });

  test("on special numbers, and pairs of them", () => {
    const special = [
      ...[0, -0, Infinity, -Infinity, NaN, 1, -1, 1e-45, -1e-45, 1e-39, 3.4e38, -3.4e38],
      ...[0.5, -0.5, 2, -2, 3, -3, 0.1, 1e10, 1 / 3],
    ].map(Math.fround);
    const [a, b] = [new Float32Array(COUNT), new Float32Array(COUNT)];
    a.set(special.flatMap((x) => special.map(() => x)));
    b.set(special.flatMap(() => special));
    const received = mapper(name)(a, b);
    const exact = definition(name);
    const wrong: string[] = [];
    for (let i = 0; i < special.length ** 2; i++) {
      const right = exact(a[i]!, b[i]!);
      if (errorOf(received[i]!, right) <= MAX_ULP[name]) continue;
      wrong.push(`${name}(${a[i]}, ${b[i]}) = ${right}, received ${received[i]}`);
    }
    expect(wrong).toEqual([]);
  });
});

test("mod gives the definition's bits for any two numbers", () => {
  const map = mapper("mod");
  let state = 1;
  const word = () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state ^ (state >>> 15);
  };
  const draw = () => new Float32Array(Int32Array.from({ length: COUNT }, word).buffer);
  for (let round = 0; round < 40; round++) {
    const [a, b] = [draw(), draw()];
    // In every other round quotients of all sizes up to 2^30 and near to whole numbers.
    if (round % 2) for (let i = 0; i < COUNT; i++) a[i] = b[i]! * (word() >> (i % 32));
    const received = map(a, b);
    const wrong = a.findIndex(
      (x, i) => !Object.is(received[i]!, Math.fround(definition("mod")(x, b[i]!))),
    );
    expect(wrong < 0 ? "" : `mod(${a[wrong]}, ${b[wrong]}) = ${received[wrong]}`).toBe("");
  }
});
