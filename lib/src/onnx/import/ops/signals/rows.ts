// The rows of the ops on signals: Fourier transforms as products of matrices, and the windows that go with them.

import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { part } from "../../../../tensor/arranging/roll.ts";
import { fromData, tensor, zeros } from "../../../../tensor/create.ts";
import { add, cast, mul, sub } from "../../../../tensor/elementwise.ts";
import { take } from "../../../../tensor/gather.ts";
import { concat, stack } from "../../../../tensor/joining.ts";
import { matmul } from "../../../../tensor/linear.ts";
import { reshape, swapAxes } from "../../../../tensor/movement.ts";
import type { Call } from "../../core/call.ts";
import { FLOAT, holderOf } from "../../core/elements.ts";
import { type OpRows, reading } from "../../core/rows.ts";

/** Elements of a matrix of sines: for signals of some 4,000 steps. */
const MOST_SINES = 2 ** 24;

/** cos or sin of 2 pi i k / steps, [rows, columns], each row times a factor. */
function waves(
  c: Call,
  f: (x: number) => number,
  [rows, columns, steps]: readonly [number, number, number],
  like: Tensor,
  factor: (row: number) => number = () => 1,
): Tensor {
  if (rows * columns > MOST_SINES) throw c.refuse(`${steps} steps are too many`);
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < columns; k++) {
      // The remainder keeps the angle small, where sines are exact.
      data[i * columns + k] = factor(i) * f((2 * Math.PI * ((i * k) % steps)) / steps);
    }
  }
  return cast(fromData(data, [rows, columns], "float64"), like.dtype);
}

/** The last axis cut, or filled with zeros, to a length. */
function fitted(x: Tensor, length: number): Tensor {
  const { shape } = x.type;
  const n = shape.at(-1)!;
  if (n >= length) return n === length ? x : part(x, x.rank - 1, 0, length);
  return concat([x, zeros(shape.with(-1, length - n), x.dtype)], -1);
}

interface Transform {
  readonly steps: number;
  readonly inverse: boolean;
  readonly onesided: boolean;
}

/** Along the axis before the last, whose places hold a number or a real and an imaginary part. */
function fourier(c: Call, x: Tensor, { steps, inverse, onesided }: Transform): Tensor {
  const parts = x.type.shape.at(-1)!;
  if (parts !== 1 && parts !== 2) throw c.refuse(`expected 1 or 2 parts, received ${parts}`);
  const halves = Math.floor(steps / 2) + 1;
  const isReal = inverse && onesided;
  const given = isReal ? halves : steps;
  const plane = (i: number) =>
    fitted(reshape(part(x, x.rank - 1, i, i + 1), x.type.shape.slice(0, -1)), given);
  const [re, im] = [plane(0), parts === 2 ? plane(1) : undefined];
  // Of a signal that is real both halves are alike: all but the first and the middle stand for two.
  const alike = (row: number) => (row === 0 || 2 * row === steps ? 1 : 2);
  const weight = (row: number) => (inverse ? (isReal ? alike(row) : 1) / steps : 1);
  const size = [given, onesided && !inverse ? halves : steps, steps] as const;
  const [cosines, sines] = [Math.cos, Math.sin].map((f) => waves(c, f, size, x, weight));
  const turn = inverse ? sub : add;
  const real = im ? turn(matmul(re, cosines!), matmul(im, sines!)) : matmul(re, cosines!);
  if (isReal) return stack([real], -1);
  const across = matmul(re, inverse ? sines! : mul(sines!, -1));
  return stack([real, im ? add(matmul(im, cosines!), across) : across], -1);
}

function dft(c: Call): Tensor {
  const x = c.x(0);
  const asked = c.opset < 20 ? c.int("axis", 1) : c.numberOr(2, -2);
  const axis = c.axis(asked, x.rank);
  if (x.rank < 2 || axis === x.rank - 1) throw c.refuse("the last axis holds the parts of numbers");
  const [inverse, onesided] = [c.flag("inverse"), c.flag("onesided")];
  const n = x.type.shape[axis]!;
  const steps = c.numberOr(1, inverse && onesided ? 2 * (n - 1) : n);
  if (!Number.isInteger(steps) || steps < 1) throw c.refuse(`a length of ${steps} is not possible`);
  const last = x.rank - 2;
  const turned = swapAxes(x, axis, last);
  return swapAxes(fourier(c, turned, { steps, inverse, onesided }), axis, last);
}

/** Frames of a signal [batch, steps, parts], each as its transform: [batch, frames, frequencies, 2]. */
function stft(c: Call): Tensor {
  const x = c.ranked(0, 3);
  const window = c.maybe(2);
  const [length, step] = [x.type.shape[1]!, c.number(1)];
  const steps = c.numberOr(3, window?.size ?? length);
  const frames = Math.floor((length - steps) / step) + 1;
  if (!(step > 0 && steps > 0 && frames > 0)) {
    throw c.refuse(`no frame of ${steps}, every ${step}, is in ${length} steps`);
  }
  if (window && window.size !== steps) throw c.refuse(`expected a window of ${steps}`);
  c.sized([x.type.shape[0]!, frames, steps, 2]);
  const places = Array.from(
    { length: frames * steps },
    (_, i) => Math.floor(i / steps) * step + (i % steps),
  );
  const [batch, , parts] = x.type.shape as [number, number, number];
  const cut = reshape(take(x, tensor(places, "int32"), 1), [batch, frames, steps, parts]);
  const seen = window ? mul(cut, reshape(window, [steps, 1])) : cut;
  return fourier(c, seen, { steps, inverse: false, onesided: c.flag("onesided", true) });
}

/** A sum of cosines over a window's length. */
const windowOf = (...factors: readonly number[]) =>
  reading([0], (c) => {
    const n = c.number(0);
    const to = c.int("output_datatype", FLOAT);
    c.sized([n]);
    const whole = c.flag("periodic", true) ? n : n - 1;
    const at = (i: number) =>
      factors.reduce((sum, factor, k) => sum + factor * Math.cos((2 * Math.PI * k * i) / whole), 0);
    c.says(0, to);
    const data = Float64Array.from({ length: n }, (_, i) => at(i));
    return cast(fromData(data, [n], "float64"), holderOf(to, `${c.where}: its result`));
  });

export const signals: OpRows = {
  DFT: reading([1, 2], dft),
  STFT: reading([1, 3], stft),
  HannWindow: windowOf(0.5, -0.5),
  HammingWindow: windowOf(25 / 46, -21 / 46),
  BlackmanWindow: windowOf(0.42, -0.5, 0.08),
};
