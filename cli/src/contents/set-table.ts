// A data set of numbers as a table: a column an input, and the targets.

import { countExamples, type Examples, type NamedDataset } from "neurite/data";
import type { Table, TableColumn } from "neurite/data/tables";

/** What the inputs of a set are called; others are numbered. */
const INPUTS: Readonly<Record<string, readonly string[]>> = {
  iris: ["sepal length", "sepal width", "petal length", "petal width"],
};

export const TARGET = "target";

/** Lines are the numbers of the examples, from 1. */
export function tableOfExamples(data: NamedDataset, part: "train" | "test"): Table {
  const examples = data[part];
  const rows = countExamples(examples);
  const names = INPUTS[data.name] ?? [];
  const inputs = columnsOfArray(examples.x, rows, (i) => names[i] ?? `x${i + 1}`);
  return {
    name: `${data.name}, ${part}`,
    rows,
    columns: [...inputs, ...targetsOf(examples, rows, data)],
    lines: Int32Array.from({ length: rows }, (_, row) => row + 1),
    notices: [],
  };
}

function targetsOf({ y }: Examples, rows: number, data: NamedDataset): TableColumn[] {
  const { classes, classNames } = data;
  if (classes === null) {
    return columnsOfArray(y, rows, (i, width) => (width === 1 ? TARGET : `${TARGET}${i + 1}`));
  }
  const values = Array.from({ length: Math.max(2, classes) }, (_, c) => classNames[c] ?? String(c));
  return [{ name: TARGET, type: "category", codes: Int32Array.from(y.data), values }];
}

function columnsOfArray(
  { data }: Examples["x"],
  rows: number,
  name: (column: number, width: number) => string,
): TableColumn[] {
  const width = rows === 0 ? 0 : data.length / rows;
  return Array.from({ length: width }, (_, i) => ({
    name: name(i, width),
    type: "number",
    values: Float64Array.from({ length: rows }, (_row, row) => data[row * width + i]!),
  }));
}
