// The figures of examples that come batch by batch, whoever computes what the network gives for them.

import type { Counter, Meaning } from "../../nn/metrics/index.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { add } from "../../tensor/elementwise.ts";
import { toTensor } from "../batches/examples.ts";
import { unmasked } from "../batches/unmasked.ts";
import {
  arrayOf,
  countersOf,
  type Figured,
  type Figures,
  figuresOf,
  Kept,
  type OutputCounter,
} from "./figures.ts";
import type { StepResult } from "./loss.ts";

/** What a step is handed. */
export interface BatchTensors {
  readonly x: readonly Tensor[];
  readonly y: readonly Tensor[];
  /** What examples weigh, one for each output; none where all count alike. */
  readonly w: readonly Tensor[];
  readonly rows: number;
}

export class Tallies {
  readonly #figured: Figured;
  readonly #counters: readonly OutputCounter[];
  readonly #kept: Kept;
  #sums: Float64Array | null = null;
  #counts: readonly Tensor[] = [];
  #examples = 0;

  constructor(figured: Figured) {
    this.#figured = figured;
    this.#counters = countersOf(figured.metrics);
    this.#kept = new Kept(figured.metrics, figured.losses.length);
  }

  /** @param meanings how metrics read the outputs */
  add({ y, w, rows }: BatchTensors, result: StepResult, meanings: readonly Meaning[]): void {
    const { loss, sums, outputs } = result;
    const own = sums ? sums.data : [loss.item() * rows];
    this.#sums ??= new Float64Array(own.length);
    for (let i = 0; i < own.length; i++) this.#sums[i]! += own[i]!;
    this.#counts = this.#counters.map(({ counter, output }, i) => {
      const [target, prediction] = unmaskedTensors(y[output]!, outputs[output]!, w[output]);
      const before = this.#counts[i];
      if (prediction.type.shape[0] === 0 && before) return before;
      return joined(counter, before, counter.count(target, prediction, meanings[output]!));
    });
    if (this.#kept.isNeeded) this.#kept.add(y, outputs, w);
    this.#examples += rows;
  }

  /** Of all that was added. */
  figures(meanings: readonly Meaning[]): Figures {
    const counts = this.#counts.map(({ data }) => data);
    const sums = this.#sums ?? [0];
    return figuresOf(this.#figured, sums, this.#examples, counts, this.#kept.reader(meanings));
  }
}

function unmaskedTensors(
  target: Tensor,
  prediction: Tensor,
  weights: Tensor | undefined,
): readonly [Tensor, Tensor] {
  if (!weights) return [target, prediction];
  const [y, a] = unmasked(arrayOf(target), arrayOf(prediction), weights);
  return [toTensor(y), toTensor(a)];
}

/** The counts of an epoch with those of another batch. */
function joined(counter: Counter, before: Tensor | undefined, batch: Tensor): Tensor {
  if (!before) return batch;
  return counter.join ? counter.join(before, batch) : add(before, batch);
}
