// Training with other ranks: of every batch its own rows, then what all found; and whether all hold the same.

import { ArgumentError } from "../../checks/errors.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import { type Batches, batchAt, batchOf, toTensor } from "../batches/examples.ts";
import { isMasked } from "../batches/unmasked.ts";
import { expectAlike, expectExchange, gathered, printOf } from "../ranks/agreement.ts";
import { type Exchange, ownRows } from "../ranks/exchange.ts";
import { SharedStep } from "../ranks/shared-step.ts";
import {
  countersOf,
  figuresOf,
  Kept,
  metricsOfMasked,
  type OutputMetric,
  type StepsOptions,
} from "../step/figures.ts";
import type { Instance, PreparedTraining } from "../step/instance.ts";
import { isPlain } from "../step/loss.ts";
import type { Ran, Steps } from "./steps.ts";

/** What a call of fit() does with other ranks; loaded where there are some. */
export interface Together extends Pick<Steps, "begin"> {
  /** One step; null where a rank wants no more of them, and nothing was learnt. */
  run(at: number, most: number, rates?: readonly number[]): Promise<Ran | null>;
  /** To be called where no more steps of the epoch are wanted, before it ends. @param at the next step */
  leave(at: number): Promise<void>;
  /**
   * Compares what all hold, where `when` says so in an error's words, and asks whether one has stopped.
   * @throws NeuriteError, on every rank, where one holds something else
   */
  settle(isStopped: boolean, when?: string): Promise<boolean>;
}

/** @throws ArgumentError for what ranks cannot do together */
export function trainTogether(
  exchange: Exchange,
  instance: Instance,
  given: PreparedTraining,
  batches: Batches,
  { eager, meanings }: Pick<StepsOptions, "meanings"> & { readonly eager: boolean },
): Together {
  const { w = [], count, size } = batches;
  expectExchange("fit", exchange);
  expectSharable(instance, given, batches);
  const masked = metricsOfMasked(given.metrics, (output) => isMasked(w[output]));
  const training = { ...given, metrics: masked.map(additive) };
  const { metrics, losses } = training;
  const counters = countersOf(metrics);
  const sums = isPlain(training) && w.length === 0 ? 0 : 2 * losses.length;
  let kept = new Kept(metrics, losses.length);
  const keepsOutputs = kept.isNeeded;
  const { rank } = exchange;
  const kind = JSON.stringify([rank, exchange.size, eager, meanings, sums, metrics.map(described)]);
  const step = instance.stepOf(
    `ranks ${kind}`,
    training,
    batches,
    (inputs) =>
      new SharedStep(instance, inputs, { rank, eager, counters, meanings, sums, keepsOutputs }),
  );
  let order: Int32Array = new Int32Array(0);
  let tallied: Float64Array | null = null;
  let badStep: number | null = null;
  const rowsOf = (at: number) => order.subarray(at * size, Math.min((at + 1) * size, count));
  return {
    begin(next) {
      order = next;
      kept = new Kept(metrics, losses.length);
      tallied = null;
      badStep = null;
    },
    async run(at, _most, rates) {
      if (rates) training.learningRate.assign(scalar(rates[0]!, "float64"));
      const places = rowsOf(at);
      const { from, to } = ownRows(exchange, places.length);
      const own = from === to ? null : batchAt(batches, places.subarray(from, to));
      const ran = await step.run(exchange, own, { from, all: places.length });
      if (ran === null) return null;
      if (!Number.isFinite(ran.loss)) badStep ??= at;
      const before = tallied;
      tallied = before ? ran.tallied.map((value, i) => value + before[i]!) : ran.tallied;
      if (kept.isNeeded) {
        const { y, w: weights } = batchOf(batches, order, at);
        kept.add(y, ran.outputs.map(toTensor), weights);
      }
      const examples = Math.min((at + 1) * size, count);
      const figures = figuresOf(
        training,
        tallied.subarray(0, Math.max(1, sums)),
        examples,
        countsIn(tallied),
        kept.reader(meanings),
      );
      return { steps: 1, loss: ran.loss, figures, badStep };
    },
    async leave(at) {
      await step.leave(exchange, rowsOf(at).length);
    },
    async settle(isStopped, when) {
      if (when !== undefined) {
        await expectAlike(exchange, when, { weights: printOf(instance.state) });
      }
      const said = await gathered(exchange, [isStopped ? 1 : 0]);
      return said.some(([stopped]) => stopped === 1);
    },
  };

  function countsIn(all: Float64Array): Float64Array[] {
    let from = Math.max(1, sums);
    return counters.map(({ counter, output }) => {
      const start = from;
      from += counter.size([1, ...instance.network.outputShapes[output]!]);
      return all.subarray(start, from);
    });
  }
}

const described = ({ name, config, counter, output }: OutputMetric) => [
  name,
  config,
  !!counter,
  output,
];

/** Counts that are joined otherwise than by adding up are computed of all outputs. */
function additive({ counter, ...metric }: OutputMetric): OutputMetric {
  return counter && !counter.join ? { ...metric, counter } : metric;
}

function expectSharable(
  { isCarrying }: Instance,
  { losses }: PreparedTraining,
  { w = [] }: Batches,
): void {
  if (isCarrying) {
    throw new ArgumentError(
      "fit: expected layers that begin anew with every batch where several ranks share it, received stateful ones",
    );
  }
  if (losses.length > 1 && w.some(isMasked)) {
    throw new ArgumentError(
      "fit: expected no mask where several ranks train a network of several outputs: the parts of a batch would " +
        "weigh by what is masked",
    );
  }
}

export { expectSameTask } from "../ranks/task.ts";
