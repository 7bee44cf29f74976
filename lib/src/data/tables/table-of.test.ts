import { expect, it } from "vitest";
import { tableColumn, tableOf } from "./table-of.ts";

it("makes the same table out of records and out of columns", () => {
  const day = new Date("2024-02-29");
  const records = [
    { age: 31, city: "Paris", paid: true, on: day },
    { age: null, city: "Rome", paid: false, on: undefined },
    { city: "Paris", age: Number.NaN, paid: true, on: day },
  ];
  const table = tableOf(records, { name: "people" });
  expect(table).toEqual({
    name: "people",
    rows: 3,
    columns: [
      { name: "age", type: "number", values: new Float64Array([31, Number.NaN, Number.NaN]) },
      {
        name: "city",
        type: "category",
        codes: new Int32Array([0, 1, 0]),
        values: ["Paris", "Rome"],
      },
      {
        name: "paid",
        type: "category",
        codes: new Int32Array([1, 0, 1]),
        values: ["false", "true"],
      },
      { name: "on", type: "date", values: new Float64Array([+day, Number.NaN, +day]) },
    ],
    lines: new Int32Array([1, 2, 3]),
    notices: [],
  });
  const columns = {
    age: new Float32Array([31, Number.NaN, Number.NaN]),
    city: ["Paris", "Rome", "Paris"],
    paid: [true, false, true],
    on: [day, null, day],
  };
  expect(tableOf(columns, { name: "people" })).toEqual(table);
});

it("keeps texts texts, unless it is asked for something else", () => {
  const table = tableOf({
    code: ["1", "2", "10"],
    mixed: [1, "x", 2.5],
    when: ["2024-01-02", "2024-01-03", "?"],
  });
  expect(tableColumn(table, "code")).toMatchObject({ type: "category", values: ["1", "2", "10"] });
  expect(tableColumn(table, "mixed")).toMatchObject({
    type: "category",
    values: ["1", "2.5", "x"],
  });
  expect(tableColumn(table, "when")).toMatchObject({ type: "date" });
  const asked = tableOf({ code: ["1", "02"] }, { types: { code: "number" } });
  expect(tableColumn(asked, "code")).toMatchObject({
    type: "number",
    values: new Float64Array([1, 2]),
  });
});

it("takes texts that hardly repeat for text, and few that do for categories", () => {
  const names = Array.from({ length: 100 }, (_, i) => `name ${i}`);
  const table = tableOf({ name: names, kind: names.map((_, i) => `kind ${i % 30}`) });
  expect(tableColumn(table, "name")).toMatchObject({ type: "text", values: names });
  expect(tableColumn(table, "kind")).toMatchObject({ type: "category" });
  const sentences = tableOf({
    said: ["it was a very fine day", "there was nothing to be seen at all"],
  });
  expect(tableColumn(sentences, "said")).toMatchObject({ type: "text" });
});

it("numbers texts no more once most are different, and still finds gaps", () => {
  const ids = Array.from({ length: 40_000 }, (_, i) => (i === 39_999 ? "NA" : `id-${i}`));
  const column = tableColumn(tableOf({ id: ids }), "id");
  expect(column).toEqual({ name: "id", type: "text", values: [...ids.slice(0, -1), null] });
  const asked = tableColumn(tableOf({ id: ids }, { types: { id: "category" } }), "id");
  expect(asked).toMatchObject({ type: "category", values: { length: 39_999 } });
});

it.each([
  [[], "tableOf: expected at least one record, received none"],
  [3, "tableOf: expected a list of records, or an object of columns, received 3"],
  [{ a: [1], b: [1, 2] }, 'table: column "b" has 2 values; expected 1, as column "a" has'],
  [
    [{ a: 1 }, { a: [] }],
    'table: record 2, column "a": expected a number, a text, true, false, a date or null, received []',
  ],
  [[{ a: 1 }, 5], "table: record 2 is 5; expected an object, { name: value, ... }"],
])("refuses %j", (data, message) => {
  expect(() => tableOf(data as never)).toThrow(message);
});

it("names the column that is nearest to one that is not there", () => {
  const table = tableOf({ income: [1], age: [2] }, { name: "people.csv" });
  expect(() => tableColumn(table, "incme")).toThrow(
    'people.csv: there is no column "incme". Did you mean "income"? The columns are income, age.',
  );
  expect(() => tableColumn({} as never, "a")).toThrow("tableColumn: expected a table");
});
