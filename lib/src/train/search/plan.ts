// A search made ready: the space checked against the specification, the figure that judges, the split that
// gives it. The test set has no part in it.

import { expectArgument, index } from "../../checks/arguments.ts";
import { ArgumentError, NeuriteError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import { type Direction, metricsOf } from "../../nn/metrics/index.ts";
import { validated } from "../../nn/metrics/names.ts";
import { parseRunSpec, type RunSpec } from "../../spec/runspec.ts";
import { trainingRows } from "../batches/split.ts";
import { namedParts } from "../run/compiled-model.ts";
import { networkOf } from "../run/run.ts";
import { dimensionsOf, parseSearch, type SearchSpec, type SearchSpecInput } from "./search-spec.ts";
import type { Dimension } from "./space.ts";
import type { Proposal, SearchPlan } from "./strategy.ts";
import { fullPath, pathsOf, unknownPath, valueAtPath, withValues } from "./trial-spec.ts";

/** The share that is kept for validation where the specification keeps none. */
const SPLIT = 0.2;
/** Fewer examples than this are all needed to learn from: trials are judged by them. */
const FEWEST = 20;

/** A search that can begin. */
export interface ReadySearch {
  /** What trials are made of: with a validation split, without `search`. */
  readonly spec: RunSpec;
  readonly plan: SearchPlan;
  /** The figure of an epoch that judges, and the loss over the same examples. */
  readonly monitor: string;
  readonly lossName: string;
}

/**
 * @param input a run's specification
 * @param wanted what varies and how; by default what the specification says under `search`
 * @param examples how many training examples there are
 * @throws ArgumentError for an empty space, an unknown path (with the nearest), a value that the specification
 * refuses, and a figure that the run does not have
 */
export function planSearch(
  input: RunSpec,
  wanted: SearchSpecInput | undefined,
  examples: number,
): ReadySearch {
  expectArgument("planSearch", "examples", examples, index);
  const given = parseRunSpec(input);
  const { search: own, ...run } = given;
  const asked = parseSearch(wanted ?? own ?? {});
  const space = Object.fromEntries(
    Object.entries(asked.space).map(([path, dimension]) => [fullPath(run, path), dimension]),
  );
  const search = { ...asked, space };
  const { validationSplit } = run.training;
  const split = validationSplit ?? (examples < FEWEST ? 0 : SPLIT);
  const spec = parseRunSpec({ ...run, training: { ...run.training, validationSplit: split } });
  const dimensions = dimensionsOf(search).map((dimension) => checkedDimension(spec, dimension));
  const hasSplit = split > 0;
  const { monitor, mode } = monitorOf(spec, search, hasSplit);
  const base = dimensions.flatMap(({ path }) => {
    const value = valueAtPath(spec, path);
    return value === undefined ? [] : [[path, value] as const];
  });
  const { epochs } = spec.training;
  if (epochs === 0) {
    throw new ArgumentError("search: expected training.epochs above 0: nothing is learned in 0");
  }
  return {
    spec,
    monitor,
    lossName: hasSplit ? "valLoss" : "loss",
    plan: {
      search,
      dimensions,
      mode,
      epochs,
      examples: trainingRows(examples, split),
      isLambdaPerExample: (spec.regularizer?.convention ?? "network2") === "network2",
      base: Object.fromEntries(base),
    },
  };
}

/**
 * A dimension of which every value, or both ends, make a run that can be built. Between whole bounds there
 * are whole numbers alone where the specification takes no others.
 */
function checkedDimension(spec: RunSpec, dimension: Dimension): Dimension {
  const { path } = dimension;
  if (/^(version|search|data\.(name|test|train|seed)|training\.validationSplit)\b/.test(path)) {
    throw new ArgumentError(
      `search: space.${path}: trials are compared on the same examples, so that this cannot vary`,
    );
  }
  if (path === "training.epochs") {
    throw new ArgumentError(
      "search: space.training.epochs: the strategy says how many epochs a trial has; set training.epochs",
    );
  }
  if ("options" in dimension) {
    for (const value of dimension.options) expectValue(spec, path, value);
    return dimension;
  }
  const { low, high, isWhole } = dimension;
  for (const value of [low, high]) expectValue(spec, path, value);
  const isBetween = Number.isInteger(low) && Number.isInteger(high) && !isWhole;
  return isBetween && refusalOf(spec, path, low + 0.5)
    ? { ...dimension, isWhole: true }
    : dimension;
}

function expectValue(spec: RunSpec, path: string, value: unknown): void {
  const refusal = refusalOf(spec, path, value);
  if (refusal === null) return;
  if (!pathsOf(spec).includes(path)) throw unknownPath(spec, path);
  throw new ArgumentError(
    `search: space.${path}: the specification refuses ${JSON.stringify(value)}: ${refusal}`,
  );
}

/** What a specification says against a value; null where a run can be built with it. */
function refusalOf(spec: RunSpec, path: string, value: unknown): string | null {
  try {
    const made = withValues(spec, { [path]: value });
    networkOf(made.model, made.dtype);
    namedParts(made);
    return null;
  } catch (error) {
    if (!(error instanceof NeuriteError)) throw error;
    return error.message;
  }
}

function monitorOf(
  spec: RunSpec,
  { monitor, mode }: SearchSpec,
  hasSplit: boolean,
): { readonly monitor: string; readonly mode: Direction } {
  const metrics = metricsOf(spec.metrics.map((name) => name as "accuracy"));
  const directions = new Map<string, Direction | undefined>([["loss", "min"]]);
  for (const { name, direction } of metrics) directions.set(name, direction);
  const figures = new Map(
    [...directions].flatMap(([name, direction]) => [
      ...(hasSplit ? [[validated(name), direction] as const] : []),
      [name, direction] as const,
    ]),
  );
  if (monitor !== undefined) {
    if (!figures.has(monitor)) {
      const { message } = unknownName("figure", monitor, [...figures.keys()]);
      const why = /^test/i.test(monitor)
        ? " The test set judges the best trial alone, at the end."
        : "";
      throw new ArgumentError(`search: monitor: ${message}${why}`);
    }
    const own = mode ?? figures.get(monitor);
    if (own) return { monitor, mode: own };
    throw new ArgumentError(
      `search: mode: expected "min" or "max", since "${monitor}" does not say which is better`,
    );
  }
  // A figure that people read, if it says which way is better; else the loss. Without a split the loss is
  // finer than a share of few examples.
  const first = hasSplit ? metrics.find(({ direction }) => direction !== undefined) : undefined;
  const name = first?.name ?? "loss";
  const own = mode ?? directions.get(name)!;
  return { monitor: hasSplit ? validated(name) : name, mode: own };
}

/**
 * The specification of a trial: its values, and of a quick one only the first examples. Its epochs are those
 * of a whole trial, so that a schedule over all of them is the same however early the trial pauses.
 */
export function trialSpec(
  { spec }: Pick<ReadySearch, "spec">,
  { values, train }: Pick<Proposal, "values" | "train">,
): RunSpec {
  const made = withValues(spec, values);
  const { validationSplit = 0 } = made.training;
  // So many to learn from, and those that are kept for validation besides.
  const few = train === undefined ? undefined : Math.ceil(train / (1 - validationSplit));
  const data = few === undefined ? made.data : { ...made.data, train: few };
  return { ...made, data };
}

/** What the best is trained with: all examples, where no callback needs some to judge by; all epochs. */
export function bestSpec(
  ready: Pick<ReadySearch, "spec">,
  { values }: Pick<Proposal, "values">,
): RunSpec {
  const made = withValues(ready.spec, values);
  const watches = [made.stopping, made.halving].filter((part) => part !== undefined);
  const needsSplit = watches.some(({ monitor = "valLoss" }) => monitor.startsWith("val"));
  if (needsSplit) return made;
  const { validationSplit: _, ...training } = made.training;
  return { ...made, training };
}
