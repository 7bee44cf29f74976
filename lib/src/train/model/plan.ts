// What compile() is told, read for a network: a loss for each output, how much it counts, and its metrics.

import { expectArgument, listOf, notNegative, show } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import { type LossSpec, lossOf } from "../../nn/losses/index.ts";
import { type MetricSpec, metricOf, metricsOf } from "../../nn/metrics/index.ts";
import { distinctNames, validated } from "../../nn/metrics/names.ts";
import type { Network } from "../../nn/network/network.ts";
import { type Regularizer, regularizerOf } from "../../nn/regularizers/index.ts";
import { lossName, type OutputMetric } from "../step/figures.ts";
import type { TrainingPlan } from "../step/instance.ts";
import type { CompileModelOptions } from "./compile-options.ts";

type Outputs = Pick<Network, "outputNames">;
type Plan = Pick<TrainingPlan, "losses" | "lossWeights" | "metrics" | "outputNames">;

/** @throws ArgumentError for lists of another length, and for outputs that the network has not */
export function planOf(
  { loss, lossWeights, metrics = [] }: CompileModelOptions,
  { outputNames }: Outputs,
): Plan {
  const losses = perOutput<LossSpec>("loss", "losses", loss, outputNames, isLosses).map(lossOf);
  return {
    losses,
    lossWeights: weightsOf(lossWeights, outputNames),
    metrics: metricsFor(metrics, outputNames),
    outputNames,
  };
}

/** One thing for every output: the same for all, a list with one for each, or a record by output. */
function perOutput<T>(
  option: string,
  what: string,
  given: unknown,
  names: readonly string[],
  isRecord: (given: object) => boolean,
): T[] {
  if (Array.isArray(given)) {
    if (given.length === names.length) return given as T[];
    throw new ArgumentError(`compile: expected ${names.length} ${what}, received ${given.length}`);
  }
  if (typeof given !== "object" || given === null || !isRecord(given)) {
    return names.map(() => given as T);
  }
  expectOutputs(option, given, names);
  return names.map((name) => {
    if (Object.hasOwn(given, name)) return (given as Record<string, T>)[name]!;
    throw new ArgumentError(
      `compile: ${option}: expected one for every output, received none for "${name}"`,
    );
  });
}

/** A loss and its specification are records too, but say a name or a function. */
function isLosses(given: object): boolean {
  return !("perExample" in given || "name" in given);
}

function expectOutputs(option: string, given: object, names: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) throw unknownName(`output of compile's ${option}`, unknown, names);
}

function weightsOf(given: unknown, names: readonly string[]): number[] {
  if (given === undefined) return names.map(() => 1);
  if (typeof given !== "object" || given === null) {
    throw new ArgumentError(
      `compile: expected lossWeights to be a list or a record with a number for each output, ` +
        `received ${show(given)}`,
    );
  }
  const filled = Array.isArray(given)
    ? given
    : { ...Object.fromEntries(names.map((name) => [name, 1])), ...given };
  const weights = perOutput<number>("lossWeights", "lossWeights", filled, names, () => true);
  expectArgument("compile", "lossWeights", weights, listOf(notNegative));
  if (weights.some((weight) => weight > 0)) return weights;
  throw new ArgumentError("compile: expected lossWeights of which one is above 0, received zeros");
}

/** A list is of the first output; a record says which are of which. */
function metricsFor(
  given: NonNullable<CompileModelOptions["metrics"]>,
  names: readonly string[],
): OutputMetric[] {
  if (typeof given !== "object" || Array.isArray(given)) {
    const list = metricsOf(given as readonly MetricSpec[]);
    return withOutputs(
      list.map((metric) => ({ ...metric, output: 0 })),
      names,
    );
  }
  expectOutputs("metrics", given, names);
  const all = names.flatMap((name, output) => {
    const specs = (given as Record<string, readonly MetricSpec[]>)[name];
    if (specs === undefined) return [];
    if (!Array.isArray(specs)) metricsOf(specs);
    const own = distinctNames(specs.map(metricOf));
    if (names.length === 1) return own.map((metric) => ({ ...metric, output }));
    // "digitsAccuracy": validated("Accuracy") without its "val".
    return own.map((metric) => ({
      ...metric,
      output,
      name: name + validated(metric.name).slice(3),
    }));
  });
  distinctNames(all);
  return withOutputs(all, names);
}

/** @throws ArgumentError where a metric has the name of an output's loss */
function withOutputs(metrics: readonly OutputMetric[], names: readonly string[]): OutputMetric[] {
  const losses = names.length > 1 ? names.map(lossName) : [];
  const taken = metrics.find(({ name }) => losses.includes(name));
  if (!taken) return [...metrics];
  throw new ArgumentError(
    `metrics: expected another name for "${taken.name}", which stands for the loss of an output`,
  );
}

/** Penalties that add up, as L1 and L2 do to what is called elastic net. */
export function regularizersOf(given: CompileModelOptions["regularizer"]): Regularizer[] {
  if (given === undefined) return [];
  return (Array.isArray(given) ? (given as Regularizer[]) : [given as Regularizer]).map(
    regularizerOf,
  );
}
