// What a search varies: dimensions, each a path into a run specification with the values it may take.

import { finite, type Kind, within } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { isRecord } from "../../formats/json.ts";
import { chosenField, type Field, leaf, list, optional, record } from "../../spec/document.ts";

/** Numbers between two bounds, both included. */
export interface RangeSpec {
  /** Every factor alike: as for learning rates. Both bounds are above 0. */
  readonly log?: readonly number[] | undefined;
  /** Every difference alike. */
  readonly linear?: readonly number[] | undefined;
  /** True for whole numbers alone. */
  readonly whole?: boolean | undefined;
  /** How many values a grid takes of it; 5 by default. */
  readonly steps?: number | undefined;
}

/** A list of values, or a range of numbers. */
export type DimensionSpec = readonly unknown[] | RangeSpec;

/** One thing that varies. */
export type Dimension = ListDimension | RangeDimension;

/** Values of any kind, none nearer to another. */
export interface ListDimension {
  readonly path: string;
  readonly options: readonly unknown[];
}

/** Numbers from low to high. */
export interface RangeDimension {
  readonly path: string;
  readonly low: number;
  readonly high: number;
  readonly isLog: boolean;
  readonly isWhole: boolean;
  readonly steps: number;
}

/** A value for each path that varies. */
export type Values = Readonly<Record<string, unknown>>;

const STEPS = 5;
const pair: Kind<readonly number[]> = {
  says: "two numbers, the lower first",
  fits: (x) => Array.isArray(x) && x.length === 2 && x.every(finite.fits) && x[0] < x[1],
};
const flag: Kind<boolean> = { says: "true or false", fits: (x) => typeof x === "boolean" };

const range: Field<RangeSpec> = record<RangeSpec>({
  log: optional(leaf(pair)),
  linear: optional(leaf(pair)),
  whole: optional(leaf(flag)),
  steps: optional(leaf(within(2, 1000))),
});
const anyValue: Field<unknown> = { read: (value) => value };

/** A dimension of a document: a list or a range. */
export const dimensionField: Field<DimensionSpec> = chosenField<DimensionSpec>((value) =>
  isRecord(value) ? range : list(anyValue, 1),
);

/** @throws ArgumentError for a range that is none */
export function dimensionOf(path: string, spec: DimensionSpec): Dimension {
  if (isList(spec)) return { path, options: spec };
  const { log, linear, whole = false, steps = STEPS } = spec;
  const bounds = log ?? linear;
  if (bounds === undefined || (log && linear)) {
    throw new ArgumentError(
      `search: space.${path}: expected a list, { "log": [low, high] } or { "linear": [low, high] }`,
    );
  }
  const [low, high] = bounds as [number, number];
  if (log && low <= 0) {
    throw new ArgumentError(
      `search: space.${path}.log: expected bounds above 0, received ${low}; write linear`,
    );
  }
  if (whole && !(Number.isSafeInteger(low) && Number.isSafeInteger(high))) {
    throw new ArgumentError(`search: space.${path}: expected whole bounds, received [${bounds}]`);
  }
  return { path, low, high, isLog: log !== undefined, isWhole: whole, steps };
}

function isList(spec: DimensionSpec): spec is readonly unknown[] {
  return Array.isArray(spec);
}

/** The value at a place from 0 to 1: the inverse of `dimensionPlace`, as far as lists and whole numbers allow. */
export function dimensionValue(dimension: Dimension, place: number): unknown {
  if ("options" in dimension) {
    const { options } = dimension;
    return options[Math.min(options.length - 1, Math.floor(place * options.length))];
  }
  const { low, high, isLog, isWhole } = dimension;
  const value = isLog ? low * (high / low) ** place : low + (high - low) * place;
  // Four digits: a rate is read by people, and no run depends on more of them.
  const short = isWhole ? Math.round(value) : Number(value.toPrecision(4));
  return Math.min(high, Math.max(low, short));
}

/** Where a value of a range lies, from 0 to 1; the middle of its part of a list. */
export function dimensionPlace(dimension: Dimension, value: unknown): number {
  if ("options" in dimension) {
    const { options } = dimension;
    const at = options.findIndex((option) => isSameValue(option, value));
    return (Math.max(0, at) + 0.5) / options.length;
  }
  const { low, high, isLog } = dimension;
  const x = Number(value);
  return isLog ? Math.log(x / low) / Math.log(high / low) : (x - low) / (high - low);
}

/** The values that a grid takes of a dimension. */
export function gridValues(dimension: Dimension): readonly unknown[] {
  if ("options" in dimension) return dimension.options;
  const { steps } = dimension;
  const all = Array.from({ length: steps }, (_, i) => dimensionValue(dimension, i / (steps - 1)));
  return [...new Set(all)];
}

/** Equal as JSON is. */
export function isSameValue(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
