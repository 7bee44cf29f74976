// Values and gradients of all edges as short texts, the way print() and toDot() take them.

import { type DType, isFloat } from "../../ir/dtype.ts";
import type { Graph, Value } from "../../ir/graph.ts";
import { showData, showNumber } from "../../ir/numeral.ts";
import type { NdArray } from "../../ops/define.ts";
import { type EdgeOptions, edgesOf } from "./edges.ts";

const DIGITS = 6;
const MOST_SHOWN = 6;

/** Options of print() and toDot(). */
export interface Annotations {
  readonly values: ReadonlyMap<Value, string>;
  readonly gradients: ReadonlyMap<Value, string>;
}

/** `print(graph, annotate(graph, inputs, { gradients: true }))`. Throws as edgesOf does. */
export function annotate(
  graph: Graph,
  inputs: readonly NdArray[],
  options: EdgeOptions = {},
): Annotations {
  const { values, gradients } = edgesOf(graph, inputs, options);
  return { values: mapTexts(values), gradients: mapTexts(gradients) };
}

function mapTexts(arrays: ReadonlyMap<Value, NdArray>): Map<Value, string> {
  return new Map([...arrays].map(([value, array]) => [value, summarize(array)]));
}

/** Few elements as they are, many as their range and mean: `-0.5 to 1.2, mean 0.1`. */
function summarize(array: NdArray): string {
  const { data, dtype } = array;
  if (data.length <= MOST_SHOWN) return showData(data, array, MOST_SHOWN, rounded);
  let [low, high, total] = [Infinity, -Infinity, 0];
  for (const x of data) {
    low = Math.min(low, x); // a NaN stays one
    high = Math.max(high, x);
    total += x;
  }
  const mean = rounded(total / data.length, "float64");
  return `${rounded(low, dtype)} to ${rounded(high, dtype)}, mean ${mean}`;
}

/** Six significant digits. */
function rounded(x: number, dtype: DType): string {
  if (!isFloat(dtype) || !Number.isFinite(x) || x === 0) return showNumber(x, dtype);
  return showNumber(Number(x.toPrecision(DIGITS)), "float64");
}
