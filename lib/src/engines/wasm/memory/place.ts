// Where an array lies in engine memory, and how kernels find its elements.

import { bytesPerElement, type DType } from "../../../ir/dtype.ts";
import { type Shape, sizeOf } from "../../../ir/shape.ts";
import { type Expr, type Global, i32, op, plus, times, toExpr } from "../code/index.ts";

/** Inside a scan, what an iteration reads or writes moves by some bytes each time. */
export interface Stepping {
  /** i32: the number of the iteration. */
  readonly counter: Global;
  readonly bytes: number;
  /** How many iterations there are. */
  readonly length: number;
}

/** An array wherever it lies. */
export interface Strided {
  readonly dtype: DType;
  readonly shape: Shape;
  /** In elements, one for each axis of `shape`; 0 repeats, negative runs backwards. */
  readonly strides: readonly number[];
}

/** An array in memory, behind which at least SLACK bytes (blocks.ts) may be read, though not written. */
export interface ArrayPlace extends Strided {
  /** Of element [0, 0, …]: bytes from the start of memory. */
  readonly address: number;
  readonly stepping?: readonly Stepping[] | undefined;
}

export interface AddressRange {
  readonly from: number;
  readonly to: number;
}

/** The addresses that belong to an array, first and behind the last, over all iterations of loops. */
export function addressRangeOf({
  dtype,
  shape,
  strides,
  address,
  stepping = [],
}: ArrayPlace): AddressRange {
  const size = bytesPerElement(dtype);
  if (sizeOf(shape) === 0) return { from: address, to: address };
  let [from, to] = [address, address + size];
  const stretch = (bytes: number) => {
    if (bytes < 0) from += bytes;
    else to += bytes;
  };
  shape.forEach((length, axis) => stretch((length - 1) * strides[axis]! * size));
  for (const { bytes, length } of stepping) stretch((length - 1) * bytes);
  return { from, to };
}

/** The address of element [0, 0, …] as an expression, to which `offset` is to be added. */
export function addressOf({ address, stepping = [] }: ArrayPlace): { base: Expr; offset: number } {
  let base = i32(0);
  for (const { counter, bytes } of stepping) base = plus(base, times(toExpr(counter), bytes));
  return { base, offset: address };
}

/** The address of element [0, 0, …] as one expression. */
export function pointerTo(place: ArrayPlace): Expr {
  const { base, offset } = addressOf(place);
  return base.kind === "const" ? i32(offset) : op("i32.add", base, offset);
}
