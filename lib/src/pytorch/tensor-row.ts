// How a tensor of a PyTorch module is made of variables of ours, and they of it.

import { ShapeError } from "../checks/errors.ts";
import type { StoredTensor } from "../formats/stored-tensor.ts";
import { allocate } from "../ir/dtype.ts";
import { type Shape, showShape, sizeOf, stridesOf } from "../ir/shape.ts";
import { copyStrided } from "../ops/arithmetic/strided.ts";

/**
 * A tensor of a PyTorch module: variables of ours seen as `view`, their axes in the order `perm`, one after the
 * other along the first axis, its blocks in the order `gates`.
 */
export interface TensorRow {
  /** In the module, as "weight". */
  readonly name: string;
  /** In PyTorch. */
  readonly shape: Shape;
  /** Paths of ours, as "params/dense1/w"; none where the module holds what we have not. */
  readonly of: readonly string[];
  readonly view?: Shape;
  readonly perm?: readonly number[];
  /** For each block along the first axis its number in ours. */
  readonly gates?: readonly number[];
  /** What it is full of where `of` is empty. A file may leave it out. */
  readonly filled?: 0 | 1;
  /** Of such a tensor: what it is added to on its way in. */
  readonly addedTo?: string;
  /** Of such a tensor: nobody reads it. */
  readonly isCounter?: boolean;
}

/** A tensor with its axes in another order. */
export function permuted(
  { dtype, shape, data }: StoredTensor,
  perm: readonly number[],
): StoredTensor {
  const [own, strides] = [shape, stridesOf(shape)].map((list) =>
    perm.map((axis) => list[axis]!),
  ) as [number[], number[]];
  const out = allocate(dtype, data.length);
  const to = { data: out, offset: 0, strides: stridesOf(own) };
  copyStrided(own, { data, offset: 0, strides }, to);
  return { dtype, shape: own, data: out };
}

const inverse = (order: readonly number[]) => order.map((_, i) => order.indexOf(i));

/** Equal blocks of numbers in another order. */
function blocks(data: StoredTensor["data"], order: readonly number[]): StoredTensor["data"] {
  const size = data.length / order.length;
  const out = data.slice();
  order.forEach((from, to) => {
    out.set(data.subarray(from * size, (from + 1) * size), to * size);
  });
  return out;
}

/** The tensor of the module. @param ours by path */
export function toTheirs(row: TensorRow, ours: ReadonlyMap<string, StoredTensor>): StoredTensor {
  const { shape, of, view, perm, gates, filled = 0, isCounter } = row;
  if (of.length === 0) {
    const [some] = ours.values();
    const dtype = isCounter ? "int32" : (some?.dtype ?? "float32");
    return { dtype, shape, data: allocate(dtype, sizeOf(shape)).fill(filled) };
  }
  const parts = of.map((path) => {
    const own = ours.get(path)!;
    const seen = { ...own, shape: view ?? own.shape };
    return perm ? permuted(seen, perm) : seen;
  });
  const { dtype } = parts[0]!;
  const data = allocate(dtype, sizeOf(shape));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { dtype, shape, data: gates ? blocks(data, gates) : data };
}

/**
 * Puts a tensor of the module into ours, by path.
 * @param shapes of ours
 * @throws ShapeError for a tensor of ours that does not hold what the module says
 */
export function toOurs(
  row: TensorRow,
  theirs: StoredTensor,
  shapes: ReadonlyMap<string, Shape>,
  into: Map<string, StoredTensor>,
): void {
  const { of, view, perm, gates, addedTo, filled, isCounter } = row;
  if (isCounter) return;
  if (addedTo !== undefined) {
    add(into, addedTo, theirs);
    return;
  }
  if (of.length === 0) {
    const other = theirs.data.find((value) => value !== filled);
    if (other === undefined) return;
    throw new ShapeError(
      `${row.name} ${showShape(theirs.shape)}: expected ${filled} everywhere, as the layer learns nothing like it, ` +
        `received ${other}`,
    );
  }
  const data = gates ? blocks(theirs.data, inverse(gates)) : theirs.data;
  const size = data.length / of.length;
  of.forEach((path, i) => {
    const shape = shapes.get(path)!;
    const seen = view ?? shape;
    const part = data.slice(i * size, (i + 1) * size);
    const turned = perm ? perm.map((axis) => seen[axis]!) : seen;
    const own = { dtype: theirs.dtype, shape: turned, data: part };
    const { data: numbers } = perm ? permuted(own, inverse(perm)) : own;
    into.set(path, { dtype: theirs.dtype, shape, data: numbers });
  });
}

function add(into: Map<string, StoredTensor>, path: string, { data }: StoredTensor): void {
  const { dtype, shape, data: before } = into.get(path)!;
  const sum = allocate(dtype, before.length);
  for (let i = 0; i < sum.length; i++) sum[i] = before[i]! + data[i]!;
  into.set(path, { dtype, shape, data: sum });
}
