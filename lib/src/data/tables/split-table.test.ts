import { expect, it } from "vitest";
import { pickTableRows, splitTable } from "./split-table.ts";
import type { Table } from "./table.ts";
import { tableColumn, tableOf } from "./table-of.ts";

const table = tableOf({
  n: Array.from({ length: 100 }, (_, i) => i),
  kind: Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? "rare" : "common")),
  text: Array.from({ length: 100 }, (_, i) => `a text of its own, ${i}`),
});
const numbers = (part: Table) => [...(tableColumn(part, "n").values as Float64Array)];
const kinds = (part: Table) => {
  const column = tableColumn(part, "kind");
  return column.type === "category" ? Array.from(column.codes, (code) => column.values[code]) : [];
};

it("parts rows by seed, whole and in order", () => {
  const { train, test } = splitTable(table, { testFraction: 0.25, seed: 7 });
  expect([train.rows, test.rows]).toEqual([75, 25]);
  expect(numbers(test)).toEqual(numbers(test).toSorted((a, b) => a - b));
  expect([...numbers(train), ...numbers(test)].sort((a, b) => a - b)).toEqual(numbers(table));
  expect(Array.from(test.lines)).toEqual(numbers(test).map((n) => n + 1));
  expect(tableColumn(test, "text").values).toEqual(
    numbers(test).map((n) => `a text of its own, ${n}`),
  );
  expect(numbers(splitTable(table, { testFraction: 0.25, seed: 7 }).test)).toEqual(numbers(test));
  expect(numbers(splitTable(table, { testFraction: 0.25, seed: 8 }).test)).not.toEqual(
    numbers(test),
  );
});

it("keeps the share of each value", () => {
  for (const seed of [0, 1, 2, 3]) {
    const { train, test } = splitTable(table, { testFraction: 0.2, seed, stratify: "kind" });
    expect(
      [train, test].map((part) => kinds(part).filter((kind) => kind === "rare").length),
    ).toEqual([8, 2]);
    expect(test.rows).toBe(20);
  }
});

it("gives what is left over to the values with the largest remainders", () => {
  const kind = [..."aaaaaaabbbbbccc"];
  const { test } = splitTable(tableOf({ kind }), { testFraction: 0.2, stratify: "kind" });
  // Shares of 1.4, 1 and 0.6 rows.
  expect(kinds(test)).toEqual(["a", "b", "c"]);
});

it("picks rows in any order, and again", () => {
  expect(numbers(pickTableRows(table, [5, 3, 3]))).toEqual([5, 3, 3]);
  expect(() => pickTableRows(table, [100])).toThrow("expected rows of 0 to 99, received 100");
});

it.each([
  [{ testFraction: 0.001 }, "a testFraction of 0.001 leaves a part of its 100 rows empty"],
  [{ stratify: "kinds" }, 'there is no column "kinds". Did you mean "kind"?'],
  [{ stratify: "n" }, 'stratify: expected a category column, received "n", a number column'],
  [{ fraction: 0.2 }, 'there is no option "fraction"'],
])("refuses %j", (options, message) => {
  expect(() => splitTable(table, options as never)).toThrow(message);
});

it("refuses values that cannot be in both parts", () => {
  const odd = tableOf({ kind: ["a", "a", "b", "a"] });
  expect(() => splitTable(odd, { testFraction: 0.5, stratify: "kind" })).toThrow(
    'splitTable: stratify: expected at least 2 rows of each value of "kind", received 1 of "b"',
  );
});
