// Examples and the counts of an epoch in engine memory: a step finds all it needs there.

import { allocate } from "../../ir/dtype.ts";
import { type Shape, sizeOf } from "../../ir/shape.ts";
import type { TensorType } from "../../ir/type.ts";
import type { Meaning } from "../../nn/metrics/index.ts";
import type { NdArray } from "../../ops/define.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { Variable } from "../../runtime/state/variable.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { equal, less, logicalAnd, logicalNot, where } from "../../tensor/comparison.ts";
import { arange, zeros } from "../../tensor/create.ts";
import { add, cast, floorDiv, mul, sub } from "../../tensor/elementwise.ts";
import { concat } from "../../tensor/joining.ts";
import { reshape } from "../../tensor/movement.ts";
import { gatherAxis } from "../../tensor/operands/gather-axis.ts";
import { toTensor } from "../batches/examples.ts";
import type { OutputCounter } from "./figures.ts";
import type { StepResult } from "./loss.ts";
import { MOST_RATES } from "./rates.ts";

/** More than this stays outside; batches are then handed in. */
const MOST_BYTES = 2 ** 30;

export function fitsInMemory(arrays: readonly NdArray[]): boolean {
  return arrays.reduce((sum, { data }) => sum + data.byteLength, 0) <= MOST_BYTES;
}

/** What was counted since the epoch began. */
export interface Tally {
  /** The sum of the losses of all examples, or what `BatchLoss` sums. */
  readonly losses: ArrayLike<number>;
  /** What each counter has counted. */
  readonly counts: readonly ArrayLike<number>[];
  /** The first row of the first batch whose loss was not finite, or -1. */
  readonly firstBad: number;
}

/** What a resident step counts, and how. */
export interface ResidentOptions {
  readonly counters: readonly OutputCounter[];
  /** How counters read each output, and its shape for one example. */
  readonly meanings: readonly Meaning[];
  readonly outputs: readonly Shape[];
  /** How many numbers the losses of a batch are summed as. */
  readonly losses: number;
  readonly isScheduled: boolean;
  /** How many places the order has. */
  readonly places: number;
}

/** None of these variables belongs to the model's state: they are of one call of fit(). */
export class Resident {
  readonly #x: readonly Variable[];
  readonly #y: readonly Variable[];
  readonly #w: readonly Variable[];
  /** int32 [places]: the order of this epoch, and of the next ones where several are run at once. */
  readonly #order: Variable;
  /** int32: how many rows of the order are done. */
  readonly #done: Variable;
  /** float64: the sum of losses, then what each counter counts, end to end. */
  readonly #sums: Variable;
  readonly #firstBad: Variable;
  readonly #losses: number;
  readonly #counters: readonly (OutputCounter & { readonly from: number; to: number })[];
  readonly #meanings: readonly Meaning[];
  /** float64 [MOST_RATES]: the learning rates of the next steps; and int32: how many are used up. */
  readonly #rates: Variable | null = null;
  readonly #used: Variable;

  constructor(
    x: readonly TensorType[],
    y: readonly TensorType[],
    w: readonly TensorType[],
    { counters, meanings, outputs, losses, isScheduled, places }: ResidentOptions,
  ) {
    const counter = (value: number) => new Variable(scalar(value, "int32"));
    // Allocated without running an op: only the memory is needed.
    const rows = ({ dtype, shape }: TensorType) => {
      const data = allocate(dtype, sizeOf(shape));
      return new Variable(toTensor({ dtype, shape, data }), { trainable: false });
    };
    let sums = losses;
    this.#losses = losses;
    this.#counters = counters.map(({ counter, output }) => {
      const from = sums;
      sums += counter.size([1, ...outputs[output]!]);
      return { counter, output, from, to: sums };
    });
    this.#meanings = meanings;
    this.#x = x.map(rows);
    this.#y = y.map(rows);
    this.#w = w.map(rows);
    this.#order = new Variable(zeros([places], "int32"));
    this.#done = counter(0);
    this.#firstBad = counter(-1);
    this.#used = counter(0);
    if (isScheduled) {
      this.#rates = new Variable(zeros([MOST_RATES], "float64"), { trainable: false });
    }
    this.#sums = new Variable(zeros([sums], "float64"), { trainable: false });
  }

  /** Takes over the examples. */
  fill(x: readonly NdArray[], y: readonly NdArray[], w: readonly NdArray[] = []): void {
    [...this.#x, ...this.#y, ...this.#w].forEach((variable, i) => {
      variable.assign(toTensor([...x, ...y, ...w][i]!));
    });
  }

  /** Starts an epoch, of whose rows some are done. */
  begin(order: Int32Array, done = 0): void {
    this.#order.assign(toTensor({ dtype: "int32", shape: [order.length], data: order }));
    this.#done.assign(scalar(done, "int32"));
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
    return gatherAxis(this.#rates.read(), used, 0);
  }

  /** The next rows of the order. To be traced, as `count` is. */
  batch(rows: number): Readonly<Record<"x" | "y" | "w", readonly Tensor[]>> {
    const places = this.#places(rows);
    const pick = (all: readonly Variable[]) => all.map((one) => gatherAxis(one.read(), places, 0));
    return { x: pick(this.#x), y: pick(this.#y), w: pick(this.#w) };
  }

  /** Where a batch begins there is always a row of the order, if all of it is cut into such rows. */
  #places(rows: number): Tensor {
    const [order, done] = [this.#order.read(), this.#done.read()];
    const all = order.type.shape[0]!;
    // Nothing is counted from the end here, and so nothing is asked whether it is.
    if (all % rows > 0) return gatherAxis(order, add(arange(0, rows), done), 0);
    return gatherAxis(reshape(order, [all / rows, rows]), floorDiv(done, rows), 0);
  }

  /** Adds what a batch gave. */
  count(rows: number, y: readonly Tensor[], { loss, outputs, sums }: StepResult): void {
    const done = this.#done.read();
    const losses = sums ?? reshape(mul(cast(loss, "float64"), rows), [1]);
    this.#sums.assign(this.#withBatch(losses, y, outputs));
    const finite = equal(sub(loss, loss), 0);
    const isFirst = logicalAnd(logicalNot(finite), less(this.#firstBad.read(), 0));
    this.#firstBad.assign(where(isFirst, done, this.#firstBad.read()));
    this.#done.assign(add(done, rows));
  }

  #withBatch(losses: Tensor, y: readonly Tensor[], outputs: readonly Tensor[]): Tensor {
    const before = this.#sums.read();
    const counts = this.#counters.map(({ counter, output }) =>
      counter.count(y[output]!, outputs[output]!, this.#meanings[output]!),
    );
    const batch = [losses, ...counts];
    if (this.#counters.every(({ counter }) => !counter.join)) return add(before, concat(batch));
    const parts = [{ counter: null, from: 0, to: this.#losses }, ...this.#counters].map(
      ({ counter, from, to }, i) => {
        const old = prims.slice(before, { start: [from], end: [to], step: [1] });
        return counter?.join ? counter.join(old, batch[i]!) : add(old, batch[i]!);
      },
    );
    return concat(parts);
  }

  tally(): Tally {
    const sums = this.#sums.storage.read();
    return {
      losses: sums.subarray(0, this.#losses),
      counts: this.#counters.map(({ from, to }) => sums.subarray(from, to)),
      firstBad: this.#firstBad.item(),
    };
  }
}
