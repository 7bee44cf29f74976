// Sums of float32 arrays in JavaScript, to the bits of kernels/loop/reduce.ts (decision 005).

import { otherAxes, type Shape, stridesOf } from "../../../ir/shape.ts";
import type { NdArray } from "../../../ops/define.ts";

/** The sum of a float32 array over `axes`, which vanish. */
export function sumFloat32({ data, shape }: NdArray, axes: readonly number[]): Float32Array {
  const last = shape.length - 1;
  const strides = stridesOf(shape);
  const kept = otherAxes(shape.length, axes);
  const reduced = [...axes].sort((a, b) => a - b);
  const x = data as Float32Array;
  if (axes.includes(last)) {
    const starts = offsets(shape, strides, kept);
    return alongLines(x, starts, offsets(shape, strides, reduced.slice(0, -1)), shape[last]!);
  }
  const starts = offsets(shape, strides, kept.slice(0, -1));
  return downColumns(x, starts, offsets(shape, strides, reduced), shape[last] ?? 1);
}

/** Four sums of doubles, each of every fourth element of the lines, which meet at the end. */
function alongLines(
  x: Float32Array,
  starts: Int32Array,
  lines: Int32Array,
  length: number,
): Float32Array {
  const out = new Float32Array(starts.length);
  const whole = length - (length % 4);
  for (let i = 0; i < starts.length; i++) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let line = 0; line < lines.length; line++) {
      const at = starts[i]! + lines[line]!;
      for (let j = at; j < at + whole; j += 4) {
        s0 += x[j]!;
        s1 += x[j + 1]!;
        s2 += x[j + 2]!;
        s3 += x[j + 3]!;
      }
      if (whole < length) s0 += x[at + whole]!;
      if (whole + 1 < length) s1 += x[at + whole + 1]!;
      if (whole + 2 < length) s2 += x[at + whole + 2]!;
    }
    out[i] = s0 + s2 + (s1 + s3);
  }
  return out;
}

/** A sum of doubles for each column, in order. */
function downColumns(
  x: Float32Array,
  starts: Int32Array,
  rows: Int32Array,
  width: number,
): Float32Array {
  const out = new Float32Array(starts.length * width);
  const sums = new Float64Array(width);
  for (let i = 0; i < starts.length; i++) {
    sums.fill(0);
    for (let row = 0; row < rows.length; row++) {
      const at = starts[i]! + rows[row]!;
      for (let j = 0; j < width; j++) sums[j] = sums[j]! + x[at + j]!;
    }
    out.set(sums, i * width);
  }
  return out;
}

/** Where the elements of these axes stand, in row-major order, all other indices being 0. */
function offsets(shape: Shape, strides: readonly number[], axes: readonly number[]): Int32Array {
  let found = new Int32Array(1);
  for (const axis of axes) {
    const length = shape[axis]!;
    const longer = new Int32Array(found.length * length);
    for (let i = 0; i < longer.length; i++) {
      longer[i] = found[Math.floor(i / length)]! + (i % length) * strides[axis]!;
    }
    found = longer;
  }
  return found;
}
