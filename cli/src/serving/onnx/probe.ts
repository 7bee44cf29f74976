// Whether a model computes the examples of a batch apart from each other: tried on two of them.

import { NeuriteError } from "neurite";
import type { StoredTensor } from "neurite/formats";
import { elementCount } from "../../files/element-count.ts";
import type { ServedPort } from "../served-model.ts";
import { joined, someRows } from "./joining.ts";

/** Lengths that axes of any length are tried with, until the model runs. */
const LENGTHS = [8, 64, 256];
/** Relative to the largest number of an output: batches may be computed in another order. */
const CLOSE = 1e-3;

/**
 * Requests may be joined if two examples give together what each gives alone.
 * @returns null if they may, else why not, as the end of a sentence
 */
export function whyApart(
  inputs: readonly ServedPort[],
  compute: (x: readonly StoredTensor[]) => StoredTensor[],
): string | null {
  const firsts = inputs.map(({ shape }) => shape?.[0]);
  const fixed = inputs.find(({ shape }) => !shape?.length || typeof shape[0] === "number");
  if (inputs.length === 0) return "it has no inputs";
  if (fixed) return `the first axis of ${fixed.name} is not of any length`;
  const other = firsts.findIndex((name) => name !== firsts[0]);
  if (other > 0) {
    return `the first axes of ${inputs[0]!.name} and ${inputs[other]!.name} are named otherwise`;
  }
  for (const length of hasFreeLengths(inputs) ? LENGTHS : [1]) {
    const [a, b] = [0, 1].map((seed) => samplesOf(inputs, length, seed));
    try {
      const alone = [compute(a!), compute(b!)];
      return differs(alone, compute(joined([a!, b!])));
    } catch (error) {
      if (!(error instanceof NeuriteError)) throw error;
    }
  }
  return "no sample could be computed to see whether they may be joined";
}

/** True where another axis than the first may have any length. */
export const hasFreeLengths = (inputs: readonly ServedPort[]): boolean =>
  inputs.some(({ shape }) => shape?.slice(1).some((dim) => typeof dim !== "number"));

/** One example: floats between 0 and 1, whole numbers 0 and 1. */
export const samplesOf = (
  inputs: readonly ServedPort[],
  length: number,
  seed: number,
): StoredTensor[] => inputs.map((port, i) => sample(port, length, seed + 7 * i));

function sample({ dtype, shape }: ServedPort, length: number, seed: number): StoredTensor {
  const dims = shape!.map((dim, axis) => {
    if (axis === 0) return 1;
    return typeof dim === "number" ? dim : length;
  });
  const size = elementCount(dims);
  const at = (i: number) => Math.abs(Math.sin(12.9898 * (i + 1) + 78.233 * (seed + 1)));
  const isFloat = dtype === "float32" || dtype === "float64";
  // The first is 1: what is masked as a whole has no answer.
  const element = (i: number) => (isFloat ? at(i) : Number(i === 0 || at(i) > 0.5));
  const numbers = Float64Array.from({ length: size }, (_, i) => element(i));
  const own = { float32: Float32Array, float64: Float64Array, int32: Int32Array };
  const Type = dtype === "uint8" || dtype === "bool" ? Uint8Array : own[dtype];
  return { dtype, shape: dims, data: Type.from(numbers) };
}

function differs(alone: readonly StoredTensor[][], both: readonly StoredTensor[]): string | null {
  for (const [i, whole] of both.entries()) {
    for (const [row, outputs] of alone.entries()) {
      const own = outputs[i]!;
      const isRow =
        own.shape[0] === 1 && String(whole.shape) === String([2, ...own.shape.slice(1)]);
      if (!isRow) return "its outputs do not count examples in their first axis";
      const [numbers, part] = [Array.from(own.data), someRows(whole, row, 1).data];
      const largest = numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-30);
      const isClose = numbers.every((x, i) => {
        const y = part[i]!;
        return Object.is(x, y) || x === y || Math.abs(x - y) <= CLOSE * largest;
      });
      if (!isClose) return "examples of a batch change each other's outputs";
    }
  }
  return null;
}
