// The document of a search: what varies, by which strategy, how often, and by which figure it is judged.

import { count, oneOf, positive, text, whole, within } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { isRecord } from "../../formats/json.ts";
import {
  chosenField,
  type Field,
  leaf,
  optional,
  record,
  withDefault,
} from "../../spec/document.ts";
import { LAST_SEED } from "../../spec/runspec.ts";
import { type Dimension, type DimensionSpec, dimensionField, dimensionOf } from "./space.ts";

/** How the next trial is chosen. */
export type StrategyName = "grid" | "random" | "asha" | "tpe" | "nielsen";
/** The strategies that there are. */
export const STRATEGY_NAMES: readonly StrategyName[] = ["grid", "random", "asha", "tpe", "nielsen"];

/** A search as one writes it, under `search` of a run specification. */
export interface SearchSpecInput {
  /** Paths into the specification, as in "optimizer.learningRate" or "model.layers.1.units". */
  readonly space: Readonly<Record<string, DimensionSpec>>;
  /** "random" by default. */
  readonly strategy?: StrategyName | undefined;
  /** The most trials; 20 by default, and of a grid all points. */
  readonly trials?: number | undefined;
  readonly seed?: number | undefined;
  /** The figure that trials are judged by, as "valAccuracy"; by default the first that the run has. */
  readonly monitor?: string | undefined;
  /** Whether smaller or larger is better, where the figure does not say so itself. */
  readonly mode?: "min" | "max" | undefined;
  /** Of "asha": how many times the epochs of a rung the next has; 3 by default. */
  readonly eta?: number | undefined;
  /** Of "asha": the epochs of the lowest rung. */
  readonly minEpochs?: number | undefined;
  /** Of "nielsen": examples of a quick trial; 1,000 by default, and 0 for all. */
  readonly quickTrain?: number | undefined;
  /** Of "nielsen": epochs of a quick trial; 5 by default. */
  readonly quickEpochs?: number | undefined;
}

/** A checked search with its defaults. */
export interface SearchSpec extends SearchSpecInput {
  readonly strategy: StrategyName;
  readonly seed: number;
}

/** The most trials of one search: a ledger and a report must stay readable. */
const MOST_TRIALS = 100_000;

const space: Field<Readonly<Record<string, DimensionSpec>>> = {
  read(value, path) {
    if (!isRecord(value)) {
      throw new ArgumentError(`${path}: expected an object of paths, each with its values`);
    }
    const paths = Object.keys(value);
    if (paths.length === 0) {
      throw new ArgumentError(
        `${path}: the space is empty; expected at least one path, as in ` +
          `{ "optimizer.learningRate": { "log": [0.001, 0.1] } }`,
      );
    }
    return Object.fromEntries(
      paths.map((name) => [name, dimensionField.read(value[name], `${path}.${name}`)]),
    );
  },
};

const searchSpec: Field<SearchSpec> = record<SearchSpec>({
  space,
  strategy: withDefault(leaf(oneOf(...STRATEGY_NAMES)), "random"),
  trials: optional(leaf(within(1, MOST_TRIALS))),
  seed: withDefault(leaf(within(0, LAST_SEED)), 0),
  monitor: optional(leaf(text)),
  mode: optional(leaf(oneOf("min", "max"))),
  eta: optional(leaf({ ...positive, says: "a number above 1", fits: (x) => Number(x) > 1 })),
  minEpochs: optional(leaf(count)),
  quickTrain: optional(leaf({ ...whole, says: "a whole number of 0 or more", fits: isIndex })),
  quickEpochs: optional(leaf(count)),
});

function isIndex(x: unknown): boolean {
  return Number.isSafeInteger(x) && Number(x) >= 0;
}

/** @throws ArgumentError naming the path of the first bad field */
export function parseSearch(input: unknown): SearchSpec {
  const read = chosenField<SearchSpec>(() => searchSpec).read(input, "search");
  dimensionsOf(read);
  return read;
}

/** The dimensions of a space, in the order in which they are written. @throws ArgumentError for a bad range */
export function dimensionsOf({ space }: Pick<SearchSpec, "space">): readonly Dimension[] {
  return Object.entries(space).map(([path, dimension]) => dimensionOf(path, dimension));
}
