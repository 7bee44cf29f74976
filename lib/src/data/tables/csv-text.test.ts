import { expect, it } from "vitest";
import { tableToCsv } from "./csv-text.ts";
import { readTable } from "./reading/read-table.ts";
import { tableOf } from "./table-of.ts";

const csv = (...given: Parameters<typeof tableToCsv>) => [...tableToCsv(...given)].join("");

it("writes what reads back the same", async () => {
  const table = tableOf({
    n: [1.5, null, -2e-7, 1e21],
    city: ["Paris, France", 'the "Eternal"', null, "two\nlines"],
    day: [new Date("2024-02-29"), null, new Date("1969-12-31T23:59:59.500Z"), null],
  });
  const text = csv(table);
  expect(text).toBe(
    'n,city,day\r\n1.5,"Paris, France",2024-02-29\r\n,"the ""Eternal""",\r\n-2e-7,,1969-12-31T23:59:59.500Z\r\n1e+21,"two\nlines",\r\n',
  );
  const back = await readTable(text);
  expect(back.columns).toEqual(table.columns);
  const semicolons = csv(table, { delimiter: ";" });
  expect(semicolons).toContain("1.5;Paris, France;2024-02-29");
  expect((await readTable(semicolons)).columns).toEqual(table.columns);
});

it("keeps a spreadsheet from carrying texts out", () => {
  const table = tableOf({ "=a": ["=1+1", "+x", "-x", "@SUM(A1)", "-1.5", "a=b", " =1"] });
  expect(csv(table).split("\r\n")).toEqual([
    "'=a",
    "'=1+1",
    "'+x",
    "'-x",
    "'@SUM(A1)",
    "-1.5",
    "a=b",
    '" =1"',
    "",
  ]);
  expect(csv(table, { guardFormulas: false }).split("\r\n").slice(0, 3)).toEqual([
    "=a",
    "=1+1",
    "+x",
  ]);
});

it("writes long tables in pieces, and a gap on its own as a row", () => {
  const pieces = [
    ...tableToCsv(tableOf({ n: Array.from({ length: 10_000 }, (_, i) => (i === 5 ? null : i)) })),
  ];
  expect(pieces).toHaveLength(4);
  expect(pieces.join("").split("\r\n")).toHaveLength(10_002);
  expect(pieces[1]!.split("\r\n")[5]).toBe('""');
});

it("checks what it is given", () => {
  expect(() => tableToCsv({} as never)).toThrow("tableToCsv: expected a table");
  expect(() => tableToCsv(tableOf({ a: [1] }), { delimiter: "ab" })).toThrow(
    "expected delimiter to be one character",
  );
});
