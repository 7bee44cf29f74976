// What is found by its value: how much of it there is must be known, or be told.

import { index, type Kinds } from "../../checks/arguments.ts";
import { TraceError } from "../../checks/errors.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { elementsOf, type Tensor } from "../../runtime/values/tensor.ts";
import { less, logicalNot, where } from "../comparison.ts";
import { cast } from "../elementwise.ts";
import { broadcastTo } from "../operands/broadcast.ts";
import { argsort } from "../sorting.ts";

/** Options of unique() and nonzero(). */
export interface FoundOptions {
  /** How many results there are to be, which compile() must know; what is too few is filled up. */
  readonly size?: number;
}

export const FOUND: Kinds<FoundOptions> = { size: index };

/** How many are true. @throws TraceError where that is not known */
export function countOf(op: string, mask: Tensor): number {
  expectTold(op, mask, "size");
  let total = 0;
  for (const isTrue of elementsOf(mask)) total += isTrue;
  return total;
}

/** @throws TraceError naming the option that says what the values would */
export function expectTold(op: string, x: Tensor, option: string): void {
  const { known, trace } = x.read().parts;
  if (known || trace?.over) return;
  throw new TraceError(
    `${op}: the shape of the result depends on values, which are not known while tracing. ` +
      `Say it with the option "${option}", or call ${op} outside of compile(), vmap() and scan().`,
  );
}

/** Places of the first `size` that are true, int32 [size]; `rest` where there are fewer. */
export function placesOf(mask: Tensor, size: number, rest: number | Tensor): Tensor {
  const n = mask.size;
  const order = argsort(cast(logicalNot(mask), "uint8"), 0); // stable: those that are true come first, in order
  const taken = slice(order, 0, Math.min(size, n));
  const padded = prims.pad(taken, { low: [0], high: [size - taken.size], interior: [0] });
  const count = prims.sum(cast(mask, "int32"), { axes: [0] });
  const isThere = less(prims.iota({ length: size, dtype: "int32" }), broadcastTo(count, [size]));
  return where(isThere, padded, rest);
}

export function slice(x: Tensor, from: number, to: number): Tensor {
  return prims.slice(x, { start: [from], end: [to], step: [1] });
}
