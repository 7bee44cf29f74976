// Figures of examples that ranks share among them: losses add up, and outputs are put together for the metrics.

import { sizeOf } from "../../ir/shape.ts";
import type { Meaning } from "../../nn/metrics/index.ts";
import type { NdArray } from "../../ops/define.ts";
import { elementsOf } from "../../runtime/values/tensor.ts";
import { type ModelExamples, tensorsOf, toTensor } from "../batches/examples.ts";
import { type Figured, type Figures, figuresOf, Kept } from "../step/figures.ts";
import { isPlain, type StepResult } from "../step/loss.ts";
import type { Output } from "../step/outputs.ts";
import { expectExchange } from "./agreement.ts";
import type { Exchange, Summands } from "./exchange.ts";

export class SharedJudgement {
  readonly #exchange: Exchange;
  readonly #figured: Figured;
  readonly #examples: ModelExamples;
  readonly #kept: Kept;
  /** The outputs for all examples, 0 but for those of this rank; none where no metric wants them. */
  readonly #outputs: readonly (NdArray & { readonly data: Summands })[];
  readonly #sums: Float64Array;

  /** @param figured its metrics are computed of all outputs at once */
  constructor(
    exchange: Exchange,
    figured: Figured & { readonly outputs: readonly Output[] },
    examples: ModelExamples,
  ) {
    expectExchange("evaluate", exchange);
    this.#exchange = exchange;
    const { metrics, losses, outputs } = figured;
    this.#figured = figured;
    this.#examples = examples;
    this.#kept = new Kept(metrics, losses.length);
    this.#sums = new Float64Array(isPlain(figured) && !examples.w ? 1 : 2 * losses.length);
    this.#outputs = (this.#kept.isNeeded ? outputs : []).map(({ shape: one }) => {
      const shape = [examples.count, ...one];
      return { dtype: "float64", shape, data: new Float64Array(sizeOf(shape)) };
    });
  }

  /** What a batch of this rank gave, whose first example has this place. */
  add(at: number, rows: number, { loss, sums, outputs }: StepResult): void {
    const own = sums ? sums.data : [loss.item() * rows];
    for (let i = 0; i < own.length; i++) this.#sums[i]! += own[i]!;
    this.#outputs.forEach(({ data, shape }, i) => {
      data.set(elementsOf(outputs[i]!), (at * data.length) / shape[0]!);
    });
  }

  async figures(meanings: readonly Meaning[]): Promise<Figures> {
    const { count } = this.#examples;
    await this.#exchange.sum([this.#sums, ...this.#outputs.map(({ data }) => data)]);
    if (this.#kept.isNeeded) {
      const { y, w } = tensorsOf(this.#examples);
      this.#kept.add(y, this.#outputs.map(toTensor), w);
    }
    return figuresOf(this.#figured, this.#sums, count, [], this.#kept.reader(meanings));
  }
}
