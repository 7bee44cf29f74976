import { describe, expect, it } from "vitest";
import { readTable, tableOf } from "../../data/tables/index.ts";
import { describeTable, type NumberSummary, sharedRows } from "./index.ts";

const LETTERS = [..."xxxyyyzzzxyzxyzx"];
const ANSWERS = [..."pqppqqqqpppqpqqp"];
const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 14, 5, 6];

describe("columns", () => {
  it("are summed up as numpy sums them up", () => {
    const { columns } = describeTable(tableOf({ v: [...NUMBERS, null, 0] }));
    const { gaps, distinct, frequent, zeros, ...found } = columns[0] as NumberSummary;
    expect({ gaps, distinct, zeros }).toEqual({ gaps: 1, distinct: 12, zeros: 1 });
    expect(frequent[0]).toEqual({ value: "1", rows: 2 });
    const all = [...NUMBERS, 0];
    const mean = all.reduce((sum, x) => sum + x) / 17;
    expect(found.mean).toBeCloseTo(mean, 12);
    expect(found).toMatchObject({ min: 0, lowerQuartile: 2, median: 5, upperQuartile: 7, max: 14 });
    expect(found.deviation).toBeCloseTo(
      Math.sqrt(all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 17),
      12,
    );
    expect(found.histogram.counts.reduce((sum, n) => sum + n)).toBe(17);
  });

  it("tell numbers that are far out", () => {
    const v = [...Array(20).keys(), 46, -28, 49];
    // Quartiles of 0 to 19 and the three: 3.5 and 14.5 or near them, so that three distances reach to about 48.
    const summary = describeTable(tableOf({ v })).columns[0] as NumberSummary;
    expect(summary.outliers).toBe(1);
    expect(summary.histogram.edges.at(-1)).toBe(46);
  });

  it("tell dates, texts, categories, and what is the same everywhere", () => {
    const day = (n: number) => new Date(Date.UTC(2024, 0, n));
    const table = tableOf(
      {
        when: [day(3), day(1), day(3)],
        said: ["a b c", "d e", "d e"],
        kind: ["u", "v", "u"],
        same: [4, 4, 4],
        none: [null, null, null],
      },
      { types: { said: "text" } },
    );
    const { columns, constant } = describeTable(table);
    expect(columns[0]).toMatchObject({
      type: "date",
      earliest: +day(1),
      latest: +day(3),
      distinct: 2,
    });
    expect(columns[0]!.frequent).toEqual([{ value: "2024-01-03", rows: 2 }]);
    expect(columns[1]).toMatchObject({ type: "text", longest: 5, meanLength: 11 / 3, distinct: 2 });
    expect(columns[2]).toMatchObject({ distinct: 2, frequent: [{ value: "u", rows: 2 }] });
    expect(constant).toEqual(["same", "none"]);
  });
});

describe("what goes with the target", () => {
  const strengthOf = (data: Parameters<typeof tableOf>[0], target: string) =>
    describeTable(tableOf(data), { target }).target!.associations[0]!;

  it("is Pearson's r between numbers, of rows that have both", () => {
    const data = { a: [...NUMBERS.map((x) => -(x ** 2)), 5], b: [...NUMBERS, null] };
    const found = strengthOf(data, "b");
    expect(found).toMatchObject({ column: "a", measure: "pearson", rows: 16 });
    expect(found.strength).toBeCloseTo(GOLDEN.pearson, 10);
  });

  it("is Cramér's V between categories, less what chance gives", () => {
    const found = strengthOf({ a: LETTERS, b: ANSWERS }, "b");
    expect(found.measure).toBe("cramersV");
    expect(found.strength).toBeCloseTo(GOLDEN.cramersV, 10);
    const same = strengthOf({ a: LETTERS, b: LETTERS }, "b");
    expect(same.strength).toBeCloseTo(1, 10);
  });

  it("is the correlation ratio between categories and numbers, whichever is the target", () => {
    const over = NUMBERS.map((x) => (x > 5 ? "over" : "under"));
    for (const target of ["v", "over"]) {
      const found = strengthOf({ v: NUMBERS, over }, target);
      expect(found.measure).toBe("correlationRatio");
      expect(found.strength).toBeCloseTo(GOLDEN.correlationRatio, 10);
    }
    expect(strengthOf({ v: NUMBERS, a: LETTERS }, "v").strength).toBe(0);
  });
});

describe("leaks", () => {
  const many = Array.from({ length: 40 }, (_, i) => i);
  const y = many.map((i) => (i < 15 ? "no" : "yes"));
  const leaksOf = (columns: object, target = "y") =>
    describeTable(tableOf({ y, ...columns } as never), { target }).target!.leaks.map(
      ({ column, kind }) => `${column} ${kind}`,
    );

  it("are copies, causes, numbers in order of the classes", () => {
    expect(leaksOf({ copy: y.map((name) => `it is ${name}`) })).toEqual(["copy copy"]);
    expect(leaksOf({ town: many.map((i) => (i < 15 ? "A" : `B${i % 2}`)) })).toEqual([
      "town tells",
    ]);
    expect(leaksOf({ id: many })).toEqual(["id parts"]);
  });

  it("are no columns that are only good", () => {
    expect(leaksOf({ id: many.map((i) => (i * 17) % 40) })).toEqual([]);
    expect(leaksOf({ name: many.map((i) => `person ${i}`) })).toEqual([]);
    // Half of the rows have company.
    expect(leaksOf({ room: many.map((i) => (i % 2 ? y[i] : `of ${i}`)) })).toEqual([]);
    expect(leaksOf({ good: y.map((name, i) => (i === 3 ? "yes" : name)) })).toEqual([]);
  });

  it("are lines through the target", () => {
    const v = many.map((i) => Math.sin(i));
    expect(leaksOf({ v, celsius: v.map((x) => 3 * x - 7) }, "v")).toEqual(["celsius line"]);
    expect(leaksOf({ v, near: v.map((x, i) => x + 0.1 * Math.cos(3 * i)) }, "v")).toEqual([]);
  });
});

describe("rows", () => {
  it("that repeat others are found, gaps and all", () => {
    const table = tableOf({
      n: [1, null, 1, null, -0, 0],
      c: ["a", null, "a", null, "b", "b"],
    });
    const { count, some } = describeTable(table).repeated;
    expect(count).toBe(3);
    expect(some).toEqual([
      { row: 2, first: 0 },
      { row: 3, first: 1 },
      { row: 5, first: 4 },
    ]);
  });

  it("that are alike but for the target contradict each other", () => {
    const table = tableOf({ n: [1, 1, 2, 1, 1], y: ["a", "b", "a", "a", null] });
    expect(describeTable(table, { target: "y" }).target!.contradictions).toEqual({
      count: 1,
      some: [{ row: 1, first: 0 }],
    });
  });

  it("of a test set that were learnt from are found, whatever the codes of their values", () => {
    const train = tableOf({ n: [1, 2, 3], c: ["x", "y", "z"] });
    const test = tableOf({ c: ["z", "y", "x"], n: [3, 3, 1], more: [0, 1, 2] });
    expect(sharedRows(train, test).some).toEqual([
      { row: 0, first: 2 },
      { row: 2, first: 0 },
    ]);
    expect(() => sharedRows(train, tableOf({ n: ["a", "b"], c: ["x", "y"] }))).toThrow(
      '"n" is number in table and category in table',
    );
    expect(() => sharedRows(train, test, { mots: 3 } as never)).toThrow("most");
  });
});

describe("cells that look wrong", () => {
  const oddOf = async (csv: string) =>
    describeTable(await readTable(new TextEncoder().encode(csv))).odd.some;

  it("are far in several columns, or very far in one", async () => {
    const rows = Array.from({ length: 50 }, (_, i) => `${i},${(i * 7) % 50}`);
    expect(await oddOf(["a,b", ...rows, "160,20"].join("\n"))).toEqual([]);
    expect(await oddOf(["a,b", ...rows, "160,-120"].join("\n"))).toEqual([
      { row: 50, column: "a", value: "160", kind: "far" },
      { row: 50, column: "b", value: "-120", kind: "far" },
    ]);
    expect(await oddOf(["a,b", ...rows, "99999,20"].join("\n"))).toMatchObject([{ row: 50 }]);
  });

  it("are text among numbers", async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i % 10},x`);
    expect(
      await oddOf(["a,b", ...rows.slice(0, 7), "twelve,x", ...rows.slice(7)].join("\n")),
    ).toEqual([{ row: 7, column: "a", value: "twelve", kind: "misfit" }]);
  });

  it("are names nearly written right", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => ["Berlin", "Paris", "Room 1"][i % 3]!);
    const odd = await oddOf(
      ["town", ...rows, "Berlni", "paris", "Room 2", "Rome", ...Array(3).fill("Barlin")].join("\n"),
    );
    expect(odd).toEqual([
      { row: 60, column: "town", value: "Berlni", kind: "misspelt", meant: "Berlin" },
      { row: 61, column: "town", value: "paris", kind: "misspelt", meant: "Paris" },
    ]);
  });

  it("are what wrong encodings make", async () => {
    const rows = Array.from({ length: 20 }, (_, i) => ["Zürich", "Genève"][i % 2]!);
    expect(await oddOf(["town", ...rows, "ZÃ¼rich", "Lau\ufffdanne"].join("\n"))).toMatchObject([
      { row: 20, kind: "encoding" },
      { row: 21, kind: "encoding" },
    ]);
  });
});

it("refuses what is no table, and a target that is not there", () => {
  expect(() => describeTable([] as never)).toThrow("describeTable: expected a table");
  const table = tableOf({ income: [1, 2], b: [1, 2] });
  expect(() => describeTable(table, { target: "incme" })).toThrow('Did you mean "income"?');
  expect(() => describeTable(table, { traget: "b" } as never)).toThrow('Did you mean "target"?');
});

/** From numpy 2 and scipy's chi2_contingency, Bergsma's and Kelley's corrections written out. */
const GOLDEN = {
  pearson: -0.9546891628548146,
  cramersV: 0.411877235523957,
  correlationRatio: 0.7947877161325302,
};
