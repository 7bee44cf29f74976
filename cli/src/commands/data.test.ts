// neurite data end to end: what it says of a table, of data sets, and of what it cannot look at.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { blocks } from "../contents/columns-text.ts";
import { encodePng } from "../pictures/encode-png.ts";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-data-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CITIES = ["Berlin", "Paris", "Rome"];
/** Forty rows that are in order, then some that are not. */
const ROWS = [
  ...Array.from({ length: 40 }, (_, i) => {
    const income = 20000 + ((i * 7919) % 30000);
    return [CITIES[i % 3], 20 + ((i * 7) % 41), income, income * 0.5, "DE", i % 2 ? "yes" : "no"];
  }),
  ["Berlni", 33, 99999999, 49999999.5, "DE", "yes"],
];
const csv = (rows: readonly (readonly unknown[])[]) =>
  ["city,age,income,tax,country,rich", ...rows.map((row) => row.join(","))].join("\n");
writeFileSync(at("people.csv"), csv([...ROWS, ROWS[3]!]));
writeFileSync(at("test.csv"), csv([ROWS[5]!, ["Rome", 1, 2, 3, "FR", "no"]]));

writeFileSync(at("other.csv"), "city,n\nRome,1\nRome,2");

describe("a table", () => {
  it("is told by columns, target and what looks wrong", async () => {
    const { code, stdout } = await neurite("data", at("people.csv"), "--target", "income");
    expect(code).toBe(0);
    expect(stdout).toContain("people.csv: 42 rows, 6 columns, no gaps");
    expect(stdout).toMatch(
      /^city +category +4 +Berlin 35\.7 %, Paris 31\.0 %, Rome 31\.0 %, 1 more$/m,
    );
    expect(stdout).toMatch(/^income +number .* 20000 to 99999999, mean/m);
    expect(stdout).toMatch(/^tax +1\.00 +█{20} +Pearson's r$/m);
    expect(stdout).toContain("tax is income in other units");
    expect(stdout).toContain("the same in every row: country");
    expect(stdout).toContain("line 43 repeats line 5");
    expect(stdout).toContain('line 42: city is "Berlni", likely "Berlin"');
    expect(stdout).toContain("line 42: income is 99999999; half of them lie between");
    expect(stdout).toMatch(/Looked for and not found:\n {2}rows alike but for income$/m);
  });

  it("is told to have nothing to learn where the target is the same everywhere", async () => {
    const { stdout } = await neurite("data", at("people.csv"), "--target", "country");
    expect(stdout).toContain("country: one class, there is nothing to learn");
  });

  it("is told beside the one to test on", async () => {
    const { stdout } = await neurite("data", at("people.csv"), "--beside", at("test.csv"));
    expect(stdout).toContain(
      "1 row of test.csv (50.0 %) stands in people.csv too: line 2 is line 7",
    );
  });

  it("is told as data, by lines", async () => {
    const { stdout } = await neurite("data", at("people.csv"), "--target", "rich", "--json");
    const told = JSON.parse(stdout);
    expect(told).toMatchObject({
      event: "data",
      table: "people.csv",
      rows: 42,
      constant: ["country"],
    });
    expect(told.repeated).toEqual({ count: 1, some: [{ line: 43, first: 5 }] });
    expect(told.odd.some[0]).toMatchObject({ line: 42, kind: "far" });
    expect(told.columns.map(({ type }: { type: string }) => type)).toEqual([
      ...["category", "number", "number", "number", "category", "category"],
    ]);
  });

  it("is a page of its own, without scripts, whatever stands in its cells", async () => {
    writeFileSync(at("odd.csv"), `<b>x</b>,y\n${"<script>'alert(1)'</script>,1\n".repeat(3)}a,2\n`);
    const out = at("odd.html");
    expect(await neurite("data", at("odd.csv"), "--target", "y", "--out", out)).toMatchObject({
      code: 0,
    });
    const html = readFileSync(out, "utf8");
    expect(html).not.toMatch(/<script|<b>x/);
    expect(html).toContain("&lt;b&gt;x&lt;/b&gt;");
    expect(html.match(/<svg/g)!.length).toBeGreaterThan(2);
    writeFileSync(at("mine.html"), "my own");
    expect(await neurite("data", at("odd.csv"), "--out", at("mine.html"))).toMatchObject({
      code: 2,
    });
    expect(readFileSync(at("mine.html"), "utf8")).toBe("my own");
  });
});

describe("a data set by name", () => {
  it("is told as the numbers that it is", async () => {
    const { stdout } = await neurite("data", "iris");
    expect(stdout).toContain("iris: 120 examples to learn from, 30 to test on");
    expect(stdout).toMatch(/^petal length +0\.97/m);
    expect(stdout).toContain("example 15 is example 53");
  });

  it("is drawn where it lies in the plane, and has values as targets or classes", async () => {
    const out = at("moons.html");
    await neurite("data", "moons", "--out", out);
    expect(readFileSync(out, "utf8")).toContain("moons: 200 examples in the plane");
    expect((await neurite("data", "regressionPlane")).stdout).toContain("target: values from");
  });
});

describe("other data of one's own", () => {
  it("is told of pictures by their files", async () => {
    const dot = (grey: number) => encodePng(4, 4, () => [grey, grey, grey]);
    const pictures = { "dark/1.png": 10, "dark/2.png": 20, "light/1.png": 200, "light/2.png": 10 };
    for (const [name, grey] of Object.entries(pictures)) {
      mkdirSync(dirname(at(`pictures/${name}`)), { recursive: true });
      writeFileSync(at(`pictures/${name}`), dot(grey));
    }
    writeFileSync(at("pictures/light/cut.png"), dot(1).subarray(0, 20));
    const out = at("pictures.html");
    const { stdout } = await neurite("data", at("pictures"), "--out", out);
    expect(stdout).toMatch(/^each 4 x 4 x 1 numbers from \d+ to \d+, mean/m);
    expect(stdout).toMatch(/note: left out: .*light.cut\.png/);
    expect(stdout).toMatch(
      /1 picture there twice.*:\n {2}(dark.1|light.2)\.png is (dark.1|light.2)\.png, of another class/,
    );
    expect(readFileSync(out, "utf8")).toContain('src="data:image/png');
  });

  it("is told of a text by characters and lines", async () => {
    writeFileSync(at("names.txt"), "anna\nbob\nanna\n\n");
    const { stdout } = await neurite("data", at("names.txt"));
    expect(stdout).toContain(
      "names.txt: 15 characters, 5 different, in 4 lines of 2.75 on average",
    );
    expect(stdout).toContain("line 1 is the longest with 4; 1 empty line; 1 line there already");
    expect(stdout).toMatch(/^end of line +4 +26\.7 %$/m);
  });
});

it.each([
  [["data", "mnits"], /Unknown data set "mnits"\. Did you mean "mnist"\?.* Or data of your own/],
  [["data", at("no.csv")], /no\.csv: there is no such file/],
  [["data", at("people.csv"), "--target", "incme"], /Did you mean "income"\?/],
  [["data", "moons", "--target", "y"], /--target: moons is no table of your own/],
  [["data", at("people.csv"), "--types", "age=nmber"], /Did you mean "number"\?/],
  [
    ["data", at("people.csv"), "--beside", at("other.csv")],
    /other\.csv lacks columns of people\.csv: age, income/,
  ],
  [["data", at("people.csv"), "--size", "3x3"], /--size: .*people\.csv is no folder of pictures/],
  [["data", "moons", "--beside", at("people.csv")], /--beside: moons is no table of your own/],
])("refuses %j", async (args, message) => {
  const { code, stderr } = await neurite(...args);
  expect(code).toBeGreaterThan(0);
  expect(stderr).toMatch(message);
});

it("draws counts as blocks, the least of them too", () => {
  expect(blocks([0, 1, 50, 100])).toBe(" ▁▅█");
  expect(blocks([0, 0])).toBe("  ");
});
