// What becomes of columns: fitted to rows, said in words, and read again from other rows.

import { describe, expect, it } from "vitest";
import { expectColumns } from "../../spec/expect-columns.ts";
import { encodeColumns, unknownValues } from "./encode-columns.ts";
import { fitColumns, planColumns } from "./fit-columns.ts";
import type { Table, TableColumn } from "./table.ts";

const gap = Number.NaN;

function table(rows: number, ...columns: TableColumn[]): Table {
  const lines = Int32Array.from({ length: rows }, (_, row) => row + 2);
  return { name: "people.csv", rows, columns, lines, notices: [] };
}
const numbers = (name: string, ...values: number[]): TableColumn => {
  return { name, type: "number", values: Float64Array.from(values) };
};
const dates = (name: string, ...values: (string | null)[]): TableColumn => {
  const ms = values.map((value) => (value === null ? gap : Date.parse(value)));
  return { name, type: "date", values: Float64Array.from(ms) };
};
const text = (name: string, ...values: (string | null)[]): TableColumn => {
  return { name, type: "text", values };
};
function categories(name: string, ...values: (string | null)[]): TableColumn {
  const all = [...new Set(values.filter((value) => value !== null))].sort();
  const codes = values.map((value) => (value === null ? -1 : all.indexOf(value)));
  return { name, type: "category", codes: Int32Array.from(codes), values: all };
}
const count = <T>(length: number, of: (i: number) => T): T[] =>
  Array.from({ length }, (_, i) => of(i));

const PEOPLE = table(
  4,
  numbers("age", 20, gap, 40, 60),
  categories("city", "Rome", "Paris", null, "Paris"),
  dates("seen", "2024-02-29T06:30Z", null, "2024-03-01", "2025-12-31"),
  text("note", "Good, good!", null, "A bad one.", "one good"),
);
const DEVIATION = Math.sqrt(800 / 3);

describe("fitColumns", () => {
  it("measures numbers, values, parts of dates and words", () => {
    const [age, city, seen, note] = fitColumns(PEOPLE);
    expect(age).toEqual({
      ...{ name: "age", type: "number", mean: 40, missing: 40, indicator: true },
      deviation: expect.closeTo(DEVIATION, 12),
    });
    expect(city).toEqual({
      ...{ name: "city", type: "category", values: ["Paris", "Rome"], encoding: "oneHot" },
    });
    const parts = seen?.type === "date" ? seen.parts : [];
    expect(parts.map(({ part }) => part)).toEqual(["time", "month", "day", "weekday", "hour"]);
    expect(parts[1]).toMatchObject({ mean: 17 / 3 });
    expect(note).toEqual({ name: "note", type: "text", words: ["good", "one"] });
    expectColumns("test", fitColumns(PEOPLE));
  });

  it("gives columns that read the rows again, and other rows", () => {
    const columns = fitColumns(PEOPLE, { dateParts: ["year", "dayOfYear"] });
    const { shape, data } = encodeColumns(columns, PEOPLE);
    expect(shape).toEqual([4, 6]);
    expect([...data]).toEqual([
      ...[20, 1, 2024, 60, 2, 0],
      ...[gap, 0, gap, gap, 0, 0],
      ...[40, -1, 2024, 61, 0, 1],
      ...[60, 0, 2025, 365, 1, 1],
    ]);
    const other = table(
      2,
      categories("city", "Oslo", "Rome"),
      text("age", "31", "old"),
      numbers("seen", gap, gap),
      categories("note", "one", null),
      numbers("more", 1, 2),
    );
    const read = encodeColumns(columns, other, { dtype: "float64" });
    expect(read.dtype).toBe("float64");
    expect([...read.data]).toEqual([31, -1, gap, gap, 0, 1, gap, 1, gap, gap, 0, 0]);
    expect(unknownValues(columns, other)).toEqual([
      { column: "age", value: "old", rows: [1] },
      { column: "city", value: "Oslo", rows: [0] },
    ]);
  });

  it("takes what float32 cannot hold for a gap, and numbers for categories", () => {
    const columns = fitColumns(
      table(3, numbers("a", 1e39, 2, Infinity), categories("zip", "1", "2", "1")),
    );
    const rows = table(3, numbers("a", 1e39, 2, Infinity), numbers("zip", 2, 3, gap));
    expect([...encodeColumns(columns, rows).data]).toEqual([gap, 1, 2, -1, gap, -1]);
    expect(encodeColumns(columns, rows, { dtype: "float64" }).data[0]).toBe(1e39);
  });
});

describe("planColumns", () => {
  const said = (given: TableColumn, options = {}) => {
    const other = numbers(
      "other",
      ...count(
        given.type === "category" ? given.codes.length : given.values.length,
        (i) => (i * 7) % 5,
      ),
    );
    const rows = other.type === "number" ? other.values.length : 0;
    return planColumns(table(rows, given, other), options)[0]!;
  };

  it.each<[string, TableColumn, string]>([
    [
      "gaps",
      numbers("a", 1, gap, 3, 5),
      "scaled: mean 3, deviation 1.633; 1 gap becomes the median 3 and is marked",
    ],
    ["numbers", numbers("a", 1, 3), "scaled: mean 2, deviation 1"],
    [
      "numbers that differ little",
      numbers("a", 1e9, 1e9 + 2),
      "scaled: mean 1000000000, deviation 1; told apart by a model of float64 only",
    ],
    [
      "one number with gaps",
      numbers("a", 4, gap, gap),
      "scaled: mean 4, deviation 1; 2 gaps become the median 4 and are marked",
    ],
    ["one number", numbers("a", 4, 4), "left out: it is 4 in all rows"],
    ["no number", numbers("a", gap, gap), "left out: it has no number"],
    [
      "numbers beyond adding",
      numbers("a", 1.7e308, -1.7e308),
      "left out: its numbers are too large to be added up",
    ],
    ["numbers of rows", numbers("id", ...count(20, (i) => i + 1)), "left out: it numbers the rows"],
    [
      "numbers that leave rows out",
      numbers("id", ...count(20, (i) => i + (i >> 1))),
      "left out: it numbers the rows",
    ],
    [
      "numbers that rise fast",
      numbers("x", ...count(20, (i) => 3 * i + 5)),
      "scaled: mean 33.5, deviation 17.3",
    ],
    [
      "numbers that fall",
      numbers("x", ...count(20, (i) => -i)),
      "scaled: mean -9.5, deviation 5.766",
    ],
    ["a category", categories("c", "a", "b", null, "a"), "one-hot: 2 values; 1 gap is all zeros"],
    [
      "one value with gaps",
      categories("c", "a", null, null),
      "one-hot: 1 value; 2 gaps are all zeros",
    ],
    ["one value", categories("c", "a", "a"), 'left out: it is "a" in all rows'],
    ["no value", categories("c", null, null), "left out: it has no value"],
    [
      "names of rows",
      categories("c", ...count(12, (i) => `k${i}`)),
      "left out: 12 different values in 12 rows name rows, they are no feature",
    ],
    [
      "many values",
      categories("c", ...count(300, (i) => `k${i % 100}`)),
      "one-hot: 50 values; the most frequent of 100, the others are all zeros",
    ],
    ["sentences", categories("c", ...count(12, (i) => `Mr. No${i % 6} ${i}`)), "counts of 7 words"],
    [
      "text of single words",
      text("t", ...count(12, (i) => `w${i % 6}`)),
      "left out: 6 different values in 12 rows name rows, they are no feature",
    ],
    [
      "text without words",
      text("t", "a b", "c d", null),
      "left out: no word of its text comes twice",
    ],
    ["no text", text("t", null, null), "left out: it has no text"],
    [
      "dates",
      dates("d", "2024-01-01", "2024-01-02", null),
      "time, day, weekday, scaled; 1 gap becomes their mean",
    ],
    ["one date", dates("d", "2024-01-01", "2024-01-01"), "left out: it is the same in all rows"],
    ["no date", dates("d", null, null), "left out: it has no date"],
  ])("says what is done with %s", (_, given, done) => {
    expect(said(given).done).toBe(done);
    expect(said(given).column === null).toBe(done.startsWith("left out"));
  });

  it("keeps what it is told to keep, and orders what has an order", () => {
    const ids = numbers("id", ...count(20, (i) => i + 1));
    expect(said(ids, { keep: ["id"] }).column).toMatchObject({ mean: 10.5 });
    const names = categories("c", ...count(12, (i) => `k${i}`));
    expect(said(names, { keep: ["c"] }).column).toMatchObject({ encoding: "oneHot" });
    const sizes = said(categories("s", "L", "S", null), { ordinal: { s: ["S", "M", "L"] } });
    expect(sizes).toMatchObject({
      ...{ gaps: 1, column: { values: ["S", "M", "L"], encoding: "ordinal" } },
      done: "places in their order: 3 values; 1 gap is all zeros",
    });
    const few = said(categories("c", ..."aabbbcc"), { maxCategories: 1 });
    expect(few.column).toMatchObject({ values: ["b"] });
  });

  it("learns from numbers of rows where nothing else is there", () => {
    const x = numbers("x", ...count(20, (i) => i + 1));
    const y = numbers("y", ...count(20, (i) => i * i));
    expect(fitColumns(table(20, x, y), { except: ["y"] })).toMatchObject([{ name: "x" }]);
  });
});

describe("tables and columns are refused", () => {
  const columns = fitColumns(PEOPLE);
  it.each<[string, () => unknown, string]>([
    ["no table", () => fitColumns([] as never), "fitColumns: expected a table"],
    ["an option", () => fitColumns(PEOPLE, { exept: [] } as never), 'Did you mean "except"?'],
    [
      "a name",
      () => fitColumns(PEOPLE, { except: ["agee"] }),
      'people.csv: there is no column "agee". Did you mean "age"?',
    ],
    [
      "no columns left",
      () => fitColumns(table(2, numbers("a", 1, 1), categories("b", null, null))),
      "fitColumns: people.csv has no column to learn from (a is left out: it is 1 in all rows; b is left out",
    ],
    ["no rows", () => planColumns(table(0, numbers("a"))), "planColumns: people.csv has no rows"],
    [
      "an order of numbers",
      () => fitColumns(PEOPLE, { ordinal: { age: ["1", "2"] } }),
      'ordinal: "age" is no category, it was read as number',
    ],
    [
      "no order",
      () => fitColumns(PEOPLE, { ordinal: { city: ["Rome", "Rome"] } }),
      "expected ordinal.city to be a list",
    ],
    [
      "a column that is missing",
      () => encodeColumns(columns, table(1, numbers("ages", 1))),
      'people.csv: there is no column "age". Did you mean "ages"?',
    ],
    [
      "dates that are none",
      () =>
        encodeColumns(columns, {
          ...PEOPLE,
          columns: PEOPLE.columns.map((c) =>
            c.name === "seen" ? text("seen", "a", "b", "c", "d") : c,
          ),
        }),
      'encodeColumns: the model reads "seen" as dates, received text',
    ],
    ["columns", () => encodeColumns([], PEOPLE), "encodeColumns: expected columns"],
  ])("%s", (_, call, says) => {
    expect(call).toThrow(says);
  });
});
