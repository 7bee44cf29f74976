// A table of one's own from its file to predictions: trained, judged, asked, resumed, refused.

import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeCheckpoint, readRunSpec } from "neurite/train";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { neurite, type Ran } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-tables-"));
const at = (name: string) => join(folder, name);
const write = (name: string, text: string | Uint8Array) => {
  writeFileSync(at(name), text);
  return at(name);
};

/** People whose income follows their age and their city, with gaps in both. */
function people(rows: number, delimiter = ",", decimal = "."): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const age = 20 + ((i * 7) % 41);
    const city = ["Paris", "Rome", "Oslo"][i % 3]!;
    const income = age > 40 || city === "Oslo" ? "high" : "low";
    const height = String(1.5 + ((i * 13) % 50) / 100).replace(".", decimal);
    return [
      `p${i}x`,
      i % 10 === 4 ? "" : age,
      i % 9 === 5 ? "" : city,
      height,
      "same",
      income,
    ].join(delimiter);
  });
  return [["name", "age", "city", "height", "country", "income"].join(delimiter), ...lines].join(
    "\n",
  );
}

const csv = at("people.csv");
const run = at("run");
const values = at("values");
const quick = ["--epochs", "12", "-q"];
/** What the training of `run` said. */
let trained: Ran;

beforeAll(async () => {
  write("people.csv", people(120));
  trained = await neurite("train", csv, "--target", "income", "--out", run, "--epochs", "40");
  expect(trained.code).toBe(0);
  const given = ["--target", "height", "--types", "income=ignore", "--out", values];
  expect(await neurite("train", csv, ...given, ...quick)).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("neurite train people.csv", () => {
  it("says what each column is and what is done with it, and what is easily had", () => {
    const { stdout, stderr } = trained;
    expect(stderr).toMatch(/^column +type +gaps +what is done$/m);
    expect(stderr).toMatch(/^age +number +\d+ +scaled: mean .* become the median .* marked$/m);
    expect(stderr).toMatch(/^city +category +\d+ +one-hot: 3 values/m);
    expect(stderr).toMatch(/^country +category +left out: it is "same" in all rows$/m);
    expect(stderr).toMatch(/^name +text +left out/m);
    expect(stderr).toMatch(/income is learnt: 2 classes, high [\d.]+ %, low [\d.]+ %/);
    expect(stdout).toMatch(/^test accuracy (8|9|10)\d?.* % \(\d+ of 24\)/m);
    expect(stdout).toMatch(
      /^beside it: [\d.]+ % by saying always "high", [\d.]+ % by a linear model$/m,
    );
  });

  it("writes a specification that trains again to the same weights", async () => {
    const spec = readRunSpec(readFileSync(join(run, "spec.json"), "utf8"));
    expect(spec.data.file).toMatchObject({
      kind: "table",
      target: "income",
      classes: ["high", "low"],
      types: { name: "ignore", country: "ignore" },
    });
    const again = at("again");
    expect(await neurite("train", join(run, "spec.json"), "--out", again, "-q")).toMatchObject({
      code: 0,
    });
    const weights = (name: string) =>
      [...decodeCheckpoint(readFileSync(join(name, "weights.safetensors"))).variables.values()].map(
        ({ data }) => Array.from(data),
      );
    expect(weights(again)).toEqual(weights(run));
  });

  it("writes a report with columns that matter, calibration and lines of wrong rows", () => {
    const html = readFileSync(join(run, "report.html"), "utf8");
    expect(html).toMatch(/<p>Beside it: [\d.]+ % by saying always/);
    for (const part of [
      "The table",
      "Which columns matter",
      "probabilities be trusted",
      "surest of",
    ]) {
      expect(html).toContain(part);
    }
    expect(html).toMatch(/falls where a column is shuffled: (age|city) 0\.\d+/);
    const other = readFileSync(join(values, "report.html"), "utf8");
    expect(other).toContain("Predicted against true height");
    expect(other).toMatch(/<td>\d+<\/td><td>1\.\d+<\/td>/);
  });

  it("speaks JSON", async () => {
    const { stdout } = await neurite("train", csv, "--target", "height", "--json", ...quick);
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({
      event: "table",
      target: "height",
      scale: { mean: expect.any(Number) },
    });
    expect(events[0].columns[0]).toMatchObject({ name: "name", type: "text", isRead: false });
    expect(events.at(-1)).toMatchObject({
      event: "done",
      values: { rmse: expect.any(Number) },
      baselines: { measure: "r2" },
    });
  });

  it("reads what spreadsheet programs write", async () => {
    const text = people(60, ";", ",").replaceAll("\n", "\r\n");
    const german = write("german.csv", `\uFEFF${text}`);
    const tabs = people(60, "\t").replace("p3x", '"p3\nx"');
    const utf16 = write("excel.tsv", Buffer.from(`\uFEFF${tabs}`, "utf16le"));
    for (const path of [german, utf16]) {
      const { code, stderr } = await neurite("train", path, "--target", "income", "--epochs", "0");
      expect(stderr).toMatch(/^height +number +scaled: mean 1\.\d+/m);
      expect(code).toBe(0);
    }
  });

  it("takes what it is told", async () => {
    const plain = write(
      "plain.txt",
      people(40).split("\n").slice(1).join("\n").replaceAll("Rome", "?"),
    );
    const flags = [
      "--no-header",
      "--target",
      "column6",
      "--missing",
      "?",
      "--types",
      "column4=ignore",
    ];
    const { stderr } = await neurite(
      "train",
      plain,
      ...flags,
      "--test-fraction",
      "0.5",
      "--epochs",
      "1",
    );
    expect(stderr).toMatch(/^column3 +category +\d+ +one-hot: 2 values/m);
    expect(stderr).not.toMatch(/^column4/m);
    expect(stderr).toContain("20 training examples, 20 test examples");
  });

  it("resumes, and says that the file has changed since", async () => {
    const [file, out] = [write("grows.csv", people(60)), at("grows")];
    const given = ["train", file, "--target", "income", "--out", out, "--patience", "0", "-q"];
    expect(await neurite(...given, "--epochs", "2")).toMatchObject({ code: 0 });
    expect(await neurite(...given, "--epochs", "3", "--resume")).toMatchObject({ code: 0 });
    appendFileSync(file, "\np99,30,Oslo,1.7,same,high");
    const resumed = await neurite("train", "--resume", out, "--epochs", "4");
    expect(resumed.stderr).toContain("has changed since the run was made");
    expect((await neurite("evaluate", out)).stderr).toContain("has changed since the run was made");
  });

  const refusals: readonly (readonly [args: string, message: RegExp])[] = [
    ["people.csv", /--target: expected the column of people\.csv .* it has name, age, city/],
    ["people.csv --target incom", /Unknown column "incom"\. Did you mean "income"\?/],
    ["people.csv --target country", /the target country is "same" in every row/],
    ["people.csv --target name", /the target name is text that hardly repeats/],
    ["people.csv --target income --types agee=text", /Did you mean "age"\?/],
    ["people.csv --target income --types age=txt", /Did you mean "text"\?/],
    ["people.csv --target income --preset conv", /--preset: expected a data set/],
    ["none.csv --target income", /none\.csv: there is no such file/],
    ["- --target income", /expected a file, received standard input/],
    ["list.json", /this is a list, .* --target names the column/],
    ["ragged.csv --target b", /line 3 has 3 fields; expected 2/],
    ["one.csv --target y", /expected at least 4 rows to train on/],
  ];
  it.each(refusals)("refuses %s", async (args, message) => {
    write("list.json", '[{"a": 1}]');
    write("ragged.csv", "a,b\n1,x\n2,y,z\n");
    write("one.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n");
    const [source, ...flags] = args.split(" ");
    const path = source === "-" ? "-" : at(source!);
    const { code, stdout, stderr } = await neurite("train", path, ...flags);
    expect(stderr).toMatch(message);
    expect([code === 0, stdout]).toEqual([false, ""]);
  });

  it("fills rows that are short where it is told to", async () => {
    const short = write("short.csv", `${people(40)}\np40x,30,Oslo`);
    const told = ["train", short, "--target", "city", "--epochs", "0", "--ragged"];
    expect((await neurite(...told, "fill")).stderr).toMatch(/^income +category +1 /m);
    expect((await neurite(...told, "fil")).stderr).toContain('"fill"');
  });

  it("says that a data set is no table", async () => {
    const { stderr, code } = await neurite("train", "xor", "--target", "y", "--delimiter", ";");
    expect(stderr).toContain("--target, --delimiter: xor is no table of your own");
    expect(code).toBe(2);
  });

  it("learns a list of records, and a target of zeros and ones", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({
      x: i % 8,
      z: (i * 3) % 5,
      y: i % 8 > 3 ? 1 : 0,
    }));
    const path = write("records.json", JSON.stringify(rows));
    const { stderr, code } = await neurite("train", path, "--target", "y", "--epochs", "1");
    expect(stderr).toContain("y is learnt: 2 classes, 0 50.0 %, 1 50.0 %");
    expect(code).toBe(0);
  });
});

describe("neurite predict and evaluate of a table", () => {
  it("predicts rows of a file, with the line and the probability of each class", async () => {
    const out = at("predictions.csv");
    const { stdout, code } = await neurite("predict", run, csv, "--out", out);
    expect([code, stdout]).toEqual([0, `120 rows predicted: ${out}\n`]);
    const [head, first, ...rest] = readFileSync(out, "utf8").trim().split("\r\n");
    expect(head).toBe("line,income,p(high),p(low)");
    expect(first).toMatch(/^2,(high|low),0\.\d+,0\.\d+$/);
    expect(rest).toHaveLength(119);
    const printed = await neurite("predict", run, csv);
    expect(printed.stdout).toBe(readFileSync(out, "utf8"));
  });

  it("gives values in the target's own units", async () => {
    const { stdout } = await neurite("predict", values, csv, "--json");
    const rows = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows).toHaveLength(120);
    for (const { value } of rows) expect(Math.abs(value - 1.75)).toBeLessThan(0.5);
    const judged = await neurite("evaluate", values, csv);
    expect(judged.stdout).toMatch(/^rmse +0\.[0-4]/m);
  });

  it("takes one row as it is written, and says what it did not know", async () => {
    const { stdout, stderr } = await neurite("predict", run, "age=55,city=Berlin");
    expect(stdout).toMatch(/^high +(9\d|100)\.\d %/m);
    expect(stderr).toContain('city: "Berlin" was not met in training, and is taken for a gap');
    expect(stderr).toContain("not given, and taken for gaps: height");
    const wrong = await neurite("predict", run, "agee=55");
    expect(wrong.stderr).toContain('reads no column "agee"');
    expect(wrong.code).toBe(2);
  });

  it("names all columns that are missing, and those that it does not read", async () => {
    const few = write("few.csv", "city,extra\nRome,1\nOslo,2\n");
    const { code, stderr } = await neurite("predict", run, few);
    expect(stderr).toMatch(/few\.csv: the run reads columns that are not there: age, height\./);
    expect(code).toBe(1);
    const more = write("more.csv", "age,city,height,extra\n30,Oslo,1.8,5\n31,Rome,1.7,5\n");
    const found = await neurite("predict", run, more);
    expect(found.stderr).toContain("not read by this run: extra");
    expect(found.stdout.trim().split("\r\n")).toHaveLength(3);
  });

  it("judges another table of the same columns", async () => {
    const other = write("other.csv", people(31));
    const { stdout, code } = await neurite("evaluate", run, other);
    expect(stdout).toMatch(/on 31 test examples of other\.csv/);
    expect(code).toBe(0);
    const untold = write("untold.csv", "age,city,height\n30,Oslo,1.8\n");
    expect((await neurite("evaluate", run, untold)).stderr).toContain("not there: income");
  });

  it("shows its layers, and refuses what belongs to pictures", async () => {
    expect((await neurite("summary", run)).stdout).toMatch(/tableFeatures/);
    expect((await neurite("predict", run, csv, "--row", "3")).stderr).toContain("--row: all rows");
    const { stderr } = await neurite("predict", run, "age=3", "--out", at("x.csv"));
    expect(stderr).toContain("--out: expected a table");
  });
});
