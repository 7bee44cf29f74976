import type { Table, TableColumn } from "neurite/data/tables";
import { expect, it } from "vitest";
import { classesOf, labelsIn, numbersOf, targetColumn } from "./table-target.ts";

const numbers = (...values: number[]): TableColumn => ({
  name: "y",
  type: "number",
  values: Float64Array.from(values),
});
const categories = (values: string[], ...codes: number[]): TableColumn => ({
  name: "y",
  type: "category",
  values,
  codes: Int32Array.from(codes),
});
const table = (...columns: TableColumn[]): Table => ({
  ...{ name: "t.csv", rows: 3, lines: Int32Array.of(2, 3, 4), notices: [] },
  columns,
});

it("takes categories and two numbers for classes, more numbers for values", () => {
  const classes = (column: TableColumn) => classesOf(column, table(column));
  expect(classes(categories(["a", "unused", "b"], 0, 2, -1))).toEqual(["a", "b"]);
  expect(classes(numbers(10, Number.NaN, 9))).toEqual(["9", "10"]);
  expect(classes(numbers(1, 2, 3))).toBeNull();
});

it.each<[TableColumn, string]>([
  [numbers(Number.NaN, Number.NaN), "t.csv: the target y is missing in every row"],
  [numbers(4, 4, Number.NaN), "is 4 in every row: there is nothing to learn"],
  [categories(["a"], 0, 0), 'is "a" in every row'],
  [categories(["a"], -1, -1), "is missing in every row"],
  [categories(Array.from({ length: 1001 }, String), ...Array(1001).keys()), "at most 1000 classes"],
  [{ name: "y", type: "date", values: Float64Array.of(1) }, "is a date"],
  [{ name: "y", type: "text", values: ["a b"] }, "--types y=category"],
])("refuses %o", (column, message) => {
  expect(() => classesOf(column, table(column))).toThrow(message);
});

it("finds the label of every row, however numbers are written", () => {
  const classes = ["0", "1"];
  expect([...labelsIn(numbers(1, 0, Number.NaN, 2), classes)]).toEqual([1, 0, -1, -1]);
  expect([...labelsIn(categories(["1.0", "no", "0"], 0, 1, 2, -1), classes)]).toEqual([
    1, -1, 0, -1,
  ]);
  expect([...labelsIn({ name: "y", type: "text", values: ["1", null, ""] }, classes)]).toEqual([
    1, -1, -1,
  ]);
});

it("finds the column, or the nearest name", () => {
  const whole = table(numbers(1), { ...numbers(1), name: "income" });
  expect(targetColumn(whole, "income").name).toBe("income");
  expect(() => targetColumn(whole, "incom")).toThrow('Did you mean "income"?');
  expect(() => targetColumn(whole, undefined)).toThrow("as in --target income; it has y, income");
  expect(() => numbersOf(categories(["a"], 0), whole)).toThrow(
    "is categories; this run learns numbers",
  );
});
