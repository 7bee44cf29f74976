// Lengths of axes that depend on the size of a batch: numbers, or times N + plus.

/** A length that grows with N, the number of examples. */
export interface Affine {
  readonly times: number;
  readonly plus: number;
}

export type Dim = number | Affine;

export function sameDim(a: Dim, b: Dim): boolean {
  if (typeof a === "number" || typeof b === "number") return a === b;
  return a.times === b.times && a.plus === b.plus;
}

export function sameDims(a: readonly Dim[], b: readonly Dim[]): boolean {
  return a.length === b.length && a.every((dim, i) => sameDim(dim, b[i]!));
}

export const isFixed = (dims: readonly Dim[]): dims is readonly number[] =>
  dims.every((dim) => typeof dim === "number");

/** Without the axes of length 1 in front, which broadcasting puts back. */
export function withoutOnes(dims: readonly Dim[]): readonly Dim[] {
  const first = dims.findIndex((dim) => dim !== 1);
  return first < 0 ? [] : dims.slice(first);
}

/** What operands have together after broadcasting: they are known to fit. */
export function broadcastDims(all: readonly (readonly Dim[])[]): readonly Dim[] {
  const rank = Math.max(0, ...all.map((dims) => dims.length));
  return Array.from({ length: rank }, (_, axis) => {
    const here = all.map((dims) => dims[axis - rank + dims.length] ?? 1);
    return here.find((dim) => dim !== 1) ?? 1;
  });
}

/**
 * The length that one axis has, from what it was with each of some batches.
 * @returns null where it is no whole multiple of the batch and a rest
 */
export function fitDim(batches: readonly number[], lengths: readonly number[]): Dim | null {
  if (lengths.every((length) => length === lengths[0])) return lengths[0]!;
  const times = (lengths[1]! - lengths[0]!) / (batches[1]! - batches[0]!);
  const plus = lengths[0]! - times * batches[0]!;
  const fits = batches.every((batch, i) => times * batch + plus === lengths[i]);
  return fits && Number.isInteger(times) ? { times, plus } : null;
}
