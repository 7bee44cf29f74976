// Sums that are not made in order, element by element: float32 in doubles, rounded once at the end.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import { sizeOf } from "../../../../ir/shape.ts";
import type { TensorType } from "../../../../ir/type.ts";
import {
  type Expr,
  type FunctionBuilder,
  type Local,
  load,
  type Operand,
  op,
  plus,
  times,
} from "../../code/index.ts";
import { type ArrayPlace, pointerTo } from "../../memory/place.ts";
import { scalarLoad, scalarStore, scalarType } from "../loop/registers.ts";

/** Scratch memory for the totals of an array; all types but float32 add up where they belong. */
export function totalsBytes({ dtype, shape }: TensorType): number {
  return dtype === "float32" ? sizeOf(shape) * 8 : 0;
}

/** The sums of one array, by the numbers of its elements. */
export class Totals {
  readonly #f: FunctionBuilder;
  readonly #out: ArrayPlace;
  readonly #start: Local;
  readonly #wide: boolean;
  readonly #width: number;

  constructor(f: FunctionBuilder, out: ArrayPlace, scratch: ArrayPlace | null) {
    this.#f = f;
    this.#out = out;
    this.#wide = out.dtype === "float32";
    this.#width = this.#wide ? 8 : bytesPerElement(out.dtype);
    this.#start = f.keep(pointerTo(scratch ?? out), "totals"); // an empty array needs no scratch
  }

  /** Sets `count` of them to 0. */
  clear(first: Operand, count: number): void {
    const start = plus(this.#start, times(first, this.#width));
    this.#f.do(op("memory.fill", start, 0, count * this.#width));
  }

  add(number: Operand, element: Expr): void {
    const f = this.#f;
    const { dtype } = this.#out;
    const place = f.keep(plus(this.#start, times(number, this.#width)));
    if (this.#wide) {
      const sum = op("f64.add", load("f64.load", place), op("f64.promote_f32", element));
      f.store("f64.store", place, sum);
    } else {
      const sum = op(`${scalarType(dtype)}.add`, scalarLoad(dtype, place, 0), element);
      scalarStore(f, dtype, place, sum, 0);
    }
  }

  /** Writes `count` of them where they belong. */
  finish(first: Operand, count: number): void {
    if (!this.#wide) return;
    const f = this.#f;
    const to = f.keep(pointerTo(this.#out), "out");
    f.for(0, count, 1, (i) => {
      const number = f.keep(plus(i, first));
      const sum = load("f64.load", plus(this.#start, times(number, 8)));
      f.store("f32.store", plus(to, times(number, 4)), op("f32.demote_f64", sum));
    });
  }
}
