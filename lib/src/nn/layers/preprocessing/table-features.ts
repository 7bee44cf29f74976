// Rows of a table to features: the part of a network that knows what its columns are.

import { expectOptions, type Kind, listOf, object } from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";
import { isFloat } from "../../../ir/dtype.ts";
import { showShape } from "../../../ir/shape.ts";
import type { Fn, Shape } from "../../../shapes/index.ts";
import { columnNames, columnPlaces } from "../../../spec/column-names.ts";
import type { ColumnSpec } from "../../../spec/columns.ts";
import { expectColumns } from "../../../spec/expect-columns.ts";
import { cast } from "../../../tensor/elementwise.ts";
import { concat } from "../../../tensor/joining.ts";
import { LAYER, type LayerSignature } from "../arguments.ts";
import { type Layer, type LayerOptions, specOf, withoutParameters } from "../layer.ts";
import { featuresOf, runsOf } from "./features.ts";

/** The last axis becomes as many features as the columns make. */
export interface TableFeatures extends Fn {
  readonly out: this["in"] extends infer S extends Shape
    ? number extends S["length"]
      ? any
      : S extends readonly [...infer Init extends Shape, number]
        ? [...Init, number]
        : never
    : never;
}

/** Options of tableFeatures(). */
export interface TableFeaturesOptions extends LayerOptions {
  /** The columns of the table, fitted, as `fitColumns` gives them. */
  readonly columns: readonly ColumnSpec[];
}

export const TABLE_FEATURES: LayerSignature<TableFeaturesOptions> = {
  leading: {},
  options: { columns: listOf(object) as Kind<never>, ...LAYER },
};

/**
 * [..., width] to [..., features]: rows as `encodeColumns` writes them, to numbers that a network learns from. A
 * number is scaled, (x - mean) / deviation, a gap (NaN) filled, with an indicator where the column has one; a
 * category is one-hot or its scaled place; parts of a date are scaled; counts of words become log(1 + count).
 * What was fitted is no parameter: it stands in the specification, and nothing learns it. `columnNames` names
 * the features. Its `inputShape` is [width] if not given. Large numbers that differ little (deviation below a
 * millionth of the mean) need a model of float64.
 * @throws ArgumentError for columns that are none, naming the field
 */
export function tableFeatures(options: TableFeaturesOptions): Layer<TableFeatures> {
  expectOptions("tableFeatures", options, TABLE_FEATURES.options, ["columns"]);
  const { columns } = options;
  expectColumns("tableFeatures", columns);
  const width = columnPlaces(columns).at(-1)!.to;
  const features = columnNames(columns).length;
  const runs = runsOf(columns);
  return withoutParameters<TableFeatures>({
    kind: "tableFeatures",
    spec: specOf("tableFeatures", options),
    options: { ...options, inputShape: options.inputShape ?? [width] },
    readsGaps: true,
    outputShape: (input) => {
      if (input.at(-1) === width) return [...input.slice(0, -1), features];
      throw new ShapeError(
        `tableFeatures: expected rows of ${width} numbers, as encodeColumns() makes them of ` +
          `${columns.length} columns, received ${showShape(input)}`,
      );
    },
    map: (x) => {
      const floats = isFloat(x.dtype) ? x : cast(x, "float32");
      const parts = runs.map((run) => featuresOf(floats, run));
      return concat(parts, -1);
    },
  });
}
