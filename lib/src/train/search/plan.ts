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
  const dimensions = dimensionsOf(search);
  for (const dimension of dimensions) expectPath(spec, dimension);
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

/** Every value of a list, and both ends of a range, make a run that can be built. */
function expectPath(spec: RunSpec, dimension: Dimension): void {
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
  const values = "options" in dimension ? dimension.options : [dimension.low, dimension.high];
  for (const value of values) {
    try {
      const made = withValues(spec, { [path]: value });
      networkOf(made.model, made.dtype);
      namedParts(made);
    } catch (error) {
      if (!(error instanceof NeuriteError)) throw error;
      if (!pathsOf(spec).includes(path)) throw unknownPath(spec, path);
      throw new ArgumentError(
        `search: space.${path}: the specification refuses ${JSON.stringify(value)}: ${error.message}`,
      );
    }
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

/** The specification of a trial: its values, its epochs, and of a quick one only the first examples. */
export function trialSpec(
  { spec }: Pick<ReadySearch, "spec">,
  { values, epochs, train }: Pick<Proposal, "values" | "epochs" | "train">,
): RunSpec {
  const made = withValues(spec, values);
  const { validationSplit = 0 } = made.training;
  // So many to learn from, and those that are kept for validation besides.
  const few = train === undefined ? undefined : Math.ceil(train / (1 - validationSplit));
  const data = few === undefined ? made.data : { ...made.data, train: few };
  return { ...made, data, training: { ...made.training, epochs } };
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
