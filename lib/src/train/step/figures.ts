// The figures of an epoch so far: counted batch by batch, or computed of all that was kept.

import type { Counter, Meaning, Metric } from "../../nn/metrics/index.ts";
import { figureOfAll } from "../../nn/metrics/own.ts";
import type { NdArray } from "../../ops/define.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { joinRows, toTensor } from "../batches/examples.ts";

/** The mean loss and the metrics by name. */
export type Figures = { readonly loss: number } & Readonly<Record<string, number>>;

/** How metrics read the first output, and whether a schedule sets the rates. */
export interface StepsOptions {
  readonly meaning: Meaning;
  readonly isScheduled: boolean;
}

/** Metrics that count batch by batch. */
export function countersOf(metrics: readonly Metric[]): Counter[] {
  return metrics.flatMap(({ counter }) => counter ?? []);
}

/** Targets and outputs of the batches of an epoch, for metrics that want all of them at once. */
export class Kept {
  readonly #targets: NdArray[] = [];
  readonly #outputs: NdArray[] = [];

  add(target: Tensor, output: Tensor): void {
    this.#targets.push({ ...target.type, data: target.data });
    this.#outputs.push({ ...output.type, data: output.data });
  }

  /** Figures of what is kept now, computed when they are asked for. */
  reader(meaning: Meaning): (metric: Metric) => number {
    const batches = this.#targets.length;
    const join = (parts: readonly NdArray[]) => toTensor(joinRows(parts.slice(0, batches)));
    let all: readonly [Tensor, Tensor] | null = null;
    return (metric) => {
      all ??= [join(this.#targets), join(this.#outputs)];
      return figureOfAll(metric, ...all, meaning);
    };
  }
}

/**
 * Figures in the order of the metrics. Those of kept outputs are computed when they are first read:
 * of every step that would take long.
 * @param counts of the metrics that count, in their order
 */
export function figuresOf(
  loss: number,
  metrics: readonly Metric[],
  counts: readonly ArrayLike<number>[],
  ofKept: (metric: Metric) => number,
): Figures {
  const figures: Record<string, number> = { loss };
  let next = 0;
  for (const metric of metrics) {
    const { name, counter } = metric;
    if (counter) {
      figures[name] = counter.figure(Float64Array.from(counts[next++]!));
      continue;
    }
    let known: number | undefined;
    Object.defineProperty(figures, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        known ??= ofKept(metric);
        return known;
      },
    });
  }
  return figures as Figures;
}
