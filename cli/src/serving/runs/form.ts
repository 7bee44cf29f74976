// What the JSON of a run has to know of it: its shapes, classes, units and columns.

import type { ColumnSpec, Scale } from "neurite/spec";
import { elementCount } from "../../files/element-count.ts";
import type { TableFile } from "../../sources/table-spec.ts";
import type { Answer } from "../served-model.ts";

export type FloatArray = Float32Array | Float64Array;

export interface NamedShape {
  readonly name: string;
  /** Of one example. */
  readonly shape: readonly number[];
}

/** What is given for one request. */
export interface RunAnswer extends Answer {
  /** Probabilities by example and class, where the outputs are for classes. */
  readonly shares: readonly (readonly number[])[] | null;
}

/** What JSON has to know of a run. */
export interface RunForm {
  readonly dtype: "float32" | "float64";
  readonly inputs: readonly NamedShape[];
  readonly outputs: readonly NamedShape[];
  /** For each input whether NaN, null in JSON, is a gap that the model fills. */
  readonly readsGaps: readonly boolean[];
  /** Names of the classes that the outputs are for; null where they are values. */
  readonly classes: readonly string[] | null;
  /** Of values that were learnt scaled; null where the outputs are what they are. */
  readonly scale: Scale | null;
  /** Of a run on a table of one's own: the rows that it reads. */
  readonly table: { readonly file: TableFile; readonly columns: readonly ColumnSpec[] } | null;
}

/** Zeros, to be filled. */
export function tensorOf({ dtype }: Pick<RunForm, "dtype">, shape: readonly number[]) {
  const size = elementCount(shape);
  const data: FloatArray = dtype === "float64" ? new Float64Array(size) : new Float32Array(size);
  return { dtype, shape, data };
}
