// Examples and the counts of an epoch in engine memory: a step finds all it needs there.

import { allocate } from "../ir/dtype.ts";
import { sizeOf } from "../ir/shape.ts";
import type { TensorType } from "../ir/type.ts";
import type { Metric } from "../nn/metrics/index.ts";
import type { NdArray } from "../ops/define.ts";
import { scalar } from "../runtime/numbers.ts";
import type { Tensor } from "../runtime/tensor.ts";
import { Variable } from "../runtime/variable.ts";
import { arange, zeros } from "../tensor/create.ts";
import {
  add,
  cast,
  equal,
  less,
  logicalAnd,
  logicalNot,
  mul,
  sub,
  where,
} from "../tensor/elementwise.ts";
import { take } from "../tensor/indexing.ts";
import { stack } from "../tensor/movement.ts";
import { toTensor } from "./examples.ts";
import { MOST_RATES } from "./rates.ts";

/** More than this stays outside; batches are then handed in. */
const MOST_BYTES = 2 ** 30;

export function fitsInMemory(arrays: readonly NdArray[]): boolean {
  return arrays.reduce((sum, { data }) => sum + data.byteLength, 0) <= MOST_BYTES;
}

/** What was counted since the epoch began. */
export interface Tally {
  /** Sums over examples: of the loss, then of each traced metric. */
  readonly sums: readonly number[];
  /** The first row of the first batch whose loss was not finite, or -1. */
  readonly firstBad: number;
}

/** None of these variables belongs to the model's state: they are of one call of fit(). */
export class Resident {
  readonly #x: readonly Variable[];
  readonly #y: readonly Variable[];
  /** int32 [examples]: the order of this epoch. */
  readonly #order: Variable;
  /** int32: how many rows of the order are done. */
  readonly #done: Variable;
  readonly #sums: Variable;
  readonly #firstBad: Variable;
  readonly #metrics: readonly Metric[];
  /** float64 [MOST_RATES]: the learning rates of the next steps; and int32: how many are used up. */
  readonly #rates: Variable | null = null;
  readonly #used: Variable;

  constructor(
    x: readonly TensorType[],
    y: readonly TensorType[],
    metrics: readonly Metric[],
    { isScheduled = false }: { readonly isScheduled?: boolean } = {},
  ) {
    const counter = (value: number) => new Variable(scalar(value, "int32"));
    // Not computed: examples may be many, and their place is all that is wanted.
    const rows = ({ dtype, shape }: TensorType) => {
      const data = allocate(dtype, sizeOf(shape));
      return new Variable(toTensor({ dtype, shape, data }), { trainable: false });
    };
    this.#metrics = metrics;
    this.#x = x.map(rows);
    this.#y = y.map(rows);
    this.#order = new Variable(zeros([x[0]!.shape[0]!], "int32"));
    this.#done = counter(0);
    this.#firstBad = counter(-1);
    this.#used = counter(0);
    if (isScheduled) {
      this.#rates = new Variable(zeros([MOST_RATES], "float64"), { trainable: false });
    }
    this.#sums = new Variable(zeros([1 + metrics.length], "float64"), { trainable: false });
  }

  /** Takes over the examples. */
  fill(x: readonly NdArray[], y: readonly NdArray[]): void {
    [...this.#x, ...this.#y].forEach((variable, i) => {
      variable.assign(toTensor([...x, ...y][i]!));
    });
  }

  /** Starts an epoch. */
  begin(order: Int32Array): void {
    this.#order.assign(toTensor({ dtype: "int32", shape: [order.length], data: order }));
    this.#done.assign(scalar(0, "int32"));
    this.#firstBad.assign(scalar(-1, "int32"));
    this.#sums.assign(zeros(this.#sums.type.shape, "float64"));
  }

  /** Hands over the learning rates of the next steps. */
  schedule(rates: readonly number[]): void {
    const data = new Float64Array(MOST_RATES);
    data.set(rates);
    this.#rates!.assign(toTensor({ dtype: "float64", shape: [MOST_RATES], data }));
    this.#used.assign(scalar(0, "int32"));
  }

  /** The learning rate of this step, where a schedule sets it. To be traced. */
  nextRate(): Tensor | null {
    if (!this.#rates) return null;
    const used = this.#used.read();
    this.#used.assign(add(used, 1));
    return take(this.#rates.read(), used);
  }

  /** The next rows of the order. To be traced, as `count` is. */
  batch(rows: number): { readonly x: readonly Tensor[]; readonly y: readonly Tensor[] } {
    const places = take(this.#order.read(), add(arange(0, rows), this.#done.read()));
    const pick = (all: readonly Variable[]) => all.map((one) => take(one.read(), places));
    return { x: pick(this.#x), y: pick(this.#y) };
  }

  /** Adds what a batch gave. */
  count(rows: number, loss: Tensor, y: Tensor, output: Tensor): void {
    const done = this.#done.read();
    const figures = [cast(loss, "float64"), ...this.#metrics.map((m) => m.traced!(y, output))];
    this.#sums.assign(add(this.#sums.read(), mul(stack(figures), rows)));
    const finite = equal(sub(loss, loss), 0);
    const isFirst = logicalAnd(logicalNot(finite), less(this.#firstBad.read(), 0));
    this.#firstBad.assign(where(isFirst, done, this.#firstBad.read()));
    this.#done.assign(add(done, rows));
  }

  tally(): Tally {
    return { sums: [...this.#sums.slot.read()], firstBad: this.#firstBad.item() };
  }
}
