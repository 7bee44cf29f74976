// What a model makes of each column: how much worse it does where the column's values are dealt out anew.

import {
  count,
  expectArgument,
  expectOptions,
  func,
  type Kind,
  type Kinds,
  listOf,
  whole,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { Rng } from "../../data/random.ts";
import type { DataArray } from "../../ir/dtype.ts";
import type { NdArray } from "../../ops/define.ts";
import type { ColumnPlace } from "../../spec/column-names.ts";

/** Options of permutationImportance(). */
export interface ImportanceOptions {
  /** Which places of a row belong together, as `columnPlaces` says; each by itself, named by its number, by default. */
  readonly places?: readonly ColumnPlace[];
  /** How often each column is shuffled; 5 by default. */
  readonly repeats?: number;
  /** Decides the shuffles; 0 by default. */
  readonly seed?: number;
}

/** How much worse a model does without what a column says. */
export interface ColumnImportance {
  readonly name: string;
  /** Score as it is less the score where the column is shuffled, on average; around 0 where it says nothing. */
  readonly drop: number;
  /** The standard deviation of the drops. */
  readonly spread: number;
  /** Of each shuffle. */
  readonly drops: readonly number[];
}

/** Of all columns, and what they are measured against. */
export interface PermutationImportance {
  /** With all columns as they are. */
  readonly score: number;
  /** The most important column first. */
  readonly columns: readonly ColumnImportance[];
}

const PLACE: Kind = {
  says: "{ name, from, to }, as columnPlaces() gives them",
  fits: (value) => {
    const { name, from, to } = (value ?? {}) as Partial<ColumnPlace>;
    const isRange = Number.isInteger(from) && Number.isInteger(to) && from! >= 0 && to! > from!;
    return typeof name === "string" && isRange;
  },
};
const OPTIONS: Kinds<ImportanceOptions> = {
  places: listOf(PLACE) as Kind<never>,
  repeats: count,
  seed: whole,
};
const ROWS: Kind<NdArray> = {
  says: "an array { dtype, shape: [rows, width], data }",
  fits: (value) => {
    const { shape, data } = (value ?? {}) as { shape?: unknown; data?: ArrayLike<number> };
    return (
      Array.isArray(shape) &&
      shape.length === 2 &&
      ArrayBuffer.isView(data) &&
      data.length === shape[0] * shape[1]
    );
  },
};

/**
 * Permutation importance (Breiman 2001, section 10; Fisher, Rudin and Dominici 2019), as scikit-learn's: one column
 * of the rows after the other is shuffled, and a score taken anew. Columns that say the same share what they say:
 * both seem to matter little. Best on rows that the model was not trained on.
 * @param score of a model for rows: the larger, the better, as accuracy or R2; it must keep no row of what it is given
 * @throws ArgumentError for what are no rows, places outside them, and a score that is not finite
 */
export async function permutationImportance(
  x: NdArray,
  score: (x: NdArray) => number | Promise<number>,
  options: ImportanceOptions = {},
): Promise<PermutationImportance> {
  const where = "permutationImportance";
  expectArgument(where, "x", x, ROWS);
  expectArgument(where, "score", score, func);
  expectOptions(where, options, OPTIONS);
  const width = x.shape[1]!;
  const { repeats = 5, seed = 0, places = singly(width) } = options;
  const outside = places.find(({ to }) => to > width);
  if (outside) {
    throw new ArgumentError(
      `${where}: rows have ${width} numbers, there is no place ${outside.to - 1} for "${outside.name}"`,
    );
  }
  const taken = async (rows: NdArray): Promise<number> => {
    const value = await score(rows);
    if (Number.isFinite(value)) return value;
    throw new ArgumentError(`${where}: expected score to give a finite number, received ${value}`);
  };
  const whole = await taken(x);
  const rng = new Rng(seed);
  const columns: ColumnImportance[] = [];
  for (const place of places) {
    const drops: number[] = [];
    for (let i = 0; i < repeats; i++) drops.push(whole - (await taken(shuffled(x, place, rng))));
    const drop = drops.reduce((sum, one) => sum + one, 0) / repeats;
    const squares = drops.reduce((sum, one) => sum + (one - drop) ** 2, 0);
    columns.push({ name: place.name, drop, spread: Math.sqrt(squares / repeats), drops });
  }
  return { score: whole, columns: columns.sort((a, b) => b.drop - a.drop) };
}

function singly(width: number): ColumnPlace[] {
  return Array.from({ length: width }, (_, from) => ({ name: String(from), from, to: from + 1 }));
}

/** A copy with the places of a column from another row each. */
function shuffled(x: NdArray, { from, to }: ColumnPlace, rng: Rng): NdArray {
  const [rows, width] = x.shape as [number, number];
  const order = Array.from({ length: rows }, (_, row) => row);
  rng.shuffle(order);
  const data: DataArray = x.data.slice();
  order.forEach((source, row) => {
    for (let at = from; at < to; at++) data[row * width + at] = x.data[source * width + at]!;
  });
  return { ...x, data };
}
