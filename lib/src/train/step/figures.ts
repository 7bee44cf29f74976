// The figures of an epoch so far: counted batch by batch, or computed of all that was kept.

import type { Counter, Meaning, Metric } from "../../nn/metrics/index.ts";
import { figureOfAll } from "../../nn/metrics/own.ts";
import type { NdArray } from "../../ops/define.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { joinRows, toTensor } from "../batches/examples.ts";
import { unmasked } from "../batches/unmasked.ts";
import type { OutputLosses } from "./loss.ts";

/** The mean loss and the metrics by name. */
export type Figures = { readonly loss: number } & Readonly<Record<string, number>>;

/** How metrics read the outputs, whether a schedule sets the rates, and what some examples weigh. */
export interface StepsOptions {
  readonly meanings: readonly Meaning[];
  readonly isScheduled: boolean;
}

/** A metric of one of the outputs, by its place. */
export interface OutputMetric extends Metric {
  readonly output: number;
}

/** What counts, and of which output. */
export interface OutputCounter {
  readonly counter: Counter;
  readonly output: number;
}

/** What figures are made of. */
export interface Figured extends OutputLosses {
  readonly metrics: readonly OutputMetric[];
  /** The names of the outputs, which their losses are told by where there are several. */
  readonly outputNames: readonly string[];
}

/** Metrics that count batch by batch. */
export function countersOf(metrics: readonly OutputMetric[]): OutputCounter[] {
  return metrics.flatMap(({ counter, output }) => (counter ? { counter, output } : []));
}

/** The metrics where some elements are masked: counters do not know of it, so that outputs are kept. */
export function metricsOfMasked(
  metrics: readonly OutputMetric[],
  isMasked: (output: number) => boolean,
): OutputMetric[] {
  return metrics.map(({ counter, ...metric }) =>
    counter && !isMasked(metric.output) ? { ...metric, counter } : metric,
  );
}

/** Targets and outputs of the batches of an epoch, for metrics that want all of them at once. */
export class Kept {
  readonly #parts: readonly (readonly [targets: NdArray[], outputs: NdArray[]] | null)[];

  constructor(metrics: readonly OutputMetric[], outputs: number) {
    this.#parts = Array.from({ length: outputs }, (_, output) =>
      metrics.some((metric) => metric.output === output && !metric.counter) ? [[], []] : null,
    );
  }

  get isNeeded(): boolean {
    return this.#parts.some((part) => part !== null);
  }

  add(targets: readonly Tensor[], outputs: readonly Tensor[], weights: readonly Tensor[]): void {
    this.#parts.forEach((part, i) => {
      if (!part) return;
      const [target, output] = unmasked(arrayOf(targets[i]!), arrayOf(outputs[i]!), weights[i]);
      part[0].push(target);
      part[1].push(output);
    });
  }

  /** Figures of what is kept now, computed when they are asked for. */
  reader(meanings: readonly Meaning[]): (metric: OutputMetric) => number {
    const counts = this.#parts.map((part) => part?.[0].length ?? 0);
    const known = new Map<number, readonly [Tensor, Tensor]>();
    return (metric) => {
      const { output } = metric;
      const join = (parts: readonly NdArray[]) =>
        toTensor(joinRows(parts.slice(0, counts[output])));
      const [targets, outputs] = this.#parts[output]!;
      const all = known.get(output) ?? ([join(targets), join(outputs)] as const);
      known.set(output, all);
      return figureOfAll(metric, ...all, meanings[output]!);
    };
  }
}

/** A tensor's numbers as an array. */
export function arrayOf({ type, data }: Tensor): NdArray {
  return { ...type, data };
}

/**
 * Figures in the order of the metrics. Those of kept outputs are computed when they are first read:
 * of every step that would take long.
 * @param sums what the losses of all examples add up to: one sum, or what `BatchLoss` sums
 * @param counts of the metrics that count, in their order
 */
export function figuresOf(
  figured: Figured,
  sums: ArrayLike<number>,
  examples: number,
  counts: readonly ArrayLike<number>[],
  ofKept: (metric: OutputMetric) => number,
): Figures {
  const figures: Record<string, number> = lossFigures(figured, sums, examples);
  let next = 0;
  for (const metric of figured.metrics) {
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

/** The loss of all examples and, where there are several outputs, that of each. */
function lossFigures(
  { losses, lossWeights, outputNames }: Figured,
  sums: ArrayLike<number>,
  examples: number,
): Record<string, number> & { loss: number } {
  if (sums.length === 1) return { loss: sums[0]! / examples };
  const means = losses.map((_, i) => sums[i]! / Math.max(sums[losses.length + i]!, 1));
  const loss = means.reduce((total, mean, i) => total + lossWeights[i]! * mean, 0);
  if (losses.length === 1) return { loss };
  return { loss, ...Object.fromEntries(means.map((mean, i) => [lossName(outputNames[i]!), mean])) };
}

/** The name of the loss of one output among several: "digitsLoss". */
export function lossName(output: string): string {
  return `${output}Loss`;
}
