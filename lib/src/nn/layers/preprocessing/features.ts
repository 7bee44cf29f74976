// What becomes of the columns of a row, as slices of it: neighbours of one kind are computed together.

import type { Shape } from "../../../ir/shape.ts";
import { prims } from "../../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { columnPlaces } from "../../../spec/column-names.ts";
import type { ColumnSpec, Scale } from "../../../spec/columns.ts";
import { equal, greater, greaterEqual, isNan, where } from "../../../tensor/comparison.ts";
import { fromData } from "../../../tensor/create.ts";
import { cast, div, log1p, sub } from "../../../tensor/elementwise.ts";
import type { FloatDType } from "../layer.ts";

/** Numbers and parts of dates, each with what stands for a gap. */
interface Scaled {
  readonly kind: "scaled";
  readonly of: (Scale & { readonly missing: number })[];
}

/** Neighbouring numbers of a row, and what is made of them. */
export type ColumnRun = { readonly from: number; to: number } & (
  | Scaled
  | { readonly kind: "gaps" | "counts" }
  | { readonly kind: "oneHot" | "ordinal"; readonly count: number }
);

/** The runs of a table's columns, in the order of the features. */
export function runsOf(columns: readonly ColumnSpec[]): ColumnRun[] {
  const runs: ColumnRun[] = [];
  const places = columnPlaces(columns);
  columns.forEach((column, i) => {
    const { from, to } = places[i]!;
    if (column.type === "text") runs.push({ kind: "counts", from, to });
    else if (column.type === "category") {
      runs.push({ kind: column.encoding, from, to, count: column.values.length });
    } else {
      const scales = column.type === "number" ? [column] : column.parts.map(ofPart);
      const last = runs.at(-1);
      if (last?.kind === "scaled") {
        last.to = to;
        last.of.push(...scales);
      } else runs.push({ kind: "scaled", from, to, of: [...scales] });
      if (column.type === "number" && column.indicator) runs.push({ kind: "gaps", from, to });
    }
  });
  return runs;
}

/** For a gap in a date stands the mean of each part. */
function ofPart(part: Scale): Scaled["of"][number] {
  return { ...part, missing: part.mean };
}

/** @param x [..., width] of floats */
export function featuresOf(x: Tensor, run: ColumnRun): Tensor {
  const shape: Shape = x.type.shape;
  const last = shape.length - 1;
  const v = prims.slice(x, {
    start: shape.map((_, axis) => (axis === last ? run.from : 0)),
    end: [...shape.slice(0, -1), run.to],
    step: shape.map(() => 1),
  });
  const dtype = x.dtype as FloatDType;
  const along = (values: readonly number[]) =>
    fromData(Float64Array.from(values), [values.length], "float64").cast(dtype);
  switch (run.kind) {
    case "scaled": {
      const [mean, deviation, missing] = [
        along(run.of.map((one) => one.mean)),
        along(run.of.map((one) => one.deviation)),
        along(run.of.map((one) => one.missing)),
      ];
      return div(sub(where(isNan(v), missing, v), mean), deviation);
    }
    case "gaps":
      return cast(isNan(v), dtype);
    case "counts":
      return log1p(where(greater(v, 0), v, 0));
    case "ordinal": {
      const { mean, deviation } = uniformScale(run.count);
      return div(sub(where(greaterEqual(v, 0), v, mean), mean), deviation);
    }
    case "oneHot":
      return cast(equal(v, along(Array.from({ length: run.count }, (_, i) => i))), dtype);
  }
}

/** Of the whole numbers from 0 to below `count`, each once. */
export function uniformScale(count: number): Scale {
  return { mean: (count - 1) / 2, deviation: count > 1 ? Math.sqrt((count ** 2 - 1) / 12) : 1 };
}
