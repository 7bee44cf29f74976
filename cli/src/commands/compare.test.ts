// neurite compare: runs of one kind and of different ones, unfinished, ended by a NaN, and what is refused.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";

let root: string;
const at = (name: string) => join(root, name);
const train = (out: string, ...args: readonly string[]) =>
  neurite("train", ...args, "--out", at(out), "-q");

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "neurite-compare-"));
  await train("short", "iris", "--epochs", "2", "--threads", "1");
  await train("long", "iris", "--epochs", "4", "--learning-rate", "0.05");
  await train("xor", "xor", "--epochs", "2");
  await train("empty", "iris", "--epochs", "0");
  await train(
    "bad",
    "regressionPlane",
    "--optimizer",
    "sgd",
    "--learning-rate",
    "1e30",
    "--epochs",
    "2",
  );
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const compare = (...args: readonly string[]) => neurite("compare", ...args);
const row = (text: string, title: string) =>
  text
    .split("\n")
    .find((line) => line.startsWith(`${title}  `))
    ?.trim()
    .split(/ {2,}/);

it("sets results and settings side by side, with a star at the better", async () => {
  const { code, stdout } = await compare(at("short"), at("long"));
  expect(code).toBe(0);
  expect(row(stdout, "epochs")).toEqual(["epochs", "2", "4"]);
  expect(row(stdout, "optimizer.learningRate")).toEqual(["optimizer.learningRate", "0.01", "0.05"]);
  expect(row(stdout, "training.epochs")).toEqual(["training.epochs", "2", "4"]);
  const loss = row(stdout, "test loss")!;
  const [short, long] = loss.slice(1).map(Number.parseFloat) as [number, number];
  expect(loss.map((cell) => cell.endsWith(" *"))).toEqual([false, short < long, long < short]);
  expect(stdout).not.toMatch(/data\.|model\.|seed/); // what is the same is not told
});

it("says what cannot be ranked, and crashes at no history", async () => {
  const { code, stdout } = await compare(at("short"), at("xor"), at("empty"), at("bad"));
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /different data \(iris, xor, regressionPlane\): their figures cannot be ranked/,
  );
  expect(stdout).not.toContain(" *");
  expect(stdout).toMatch(/^layers .*input \[4\], dense 16 relu.*dense 1 sigmoid/m);
  expect(stdout).toMatch(/empty has no epoch yet\./);
  expect(stdout).toMatch(/bad was ended by a number that is not finite after 0 epochs\./);
});

it("ranks runs on more and fewer examples of one set", async () => {
  await train("few", "iris", "--epochs", "1", "--train", "30");
  const { stdout } = await compare(at("few"), at("long"));
  expect(row(stdout, "data.train")).toEqual(["data.train", "30", "–"]);
  expect(row(stdout, "test loss")![2]).toMatch(/ \*$/);
  expect(stdout).not.toContain("cannot be ranked");
});

it("says which figures only some runs have", async () => {
  await train("split", "iris", "--epochs", "2", "--validation-split", "0.1");
  const { stdout } = await compare(at("short"), at("split"), at("empty"));
  expect(stdout).toMatch(/^Only split has: validation loss, validation accuracy\.$/m);
  expect(row(stdout, "validation loss")!.slice(1)).toEqual(["–", expect.any(String), "–"]);
});

it("makes rows of many runs", async () => {
  await train("a", "iris", "--epochs", "1");
  const all = ["a", "short", "long", "empty", "xor"].map(at);
  const { stdout } = await compare(...all);
  expect(stdout.split("\n")[0]).toMatch(/^run +epochs +time/);
  expect(row(stdout, "empty")!.slice(0, 2)).toEqual(["empty", "0"]);
});

it("says it of runs that are the same but for where they are", async () => {
  await train("again", "iris", "--epochs", "2");
  const { stdout } = await compare(at("short"), at("again"));
  expect(stdout).toMatch(/The runs have the same settings\./);
});

it("writes a page with curves of all figures, and events as JSON", async () => {
  const page = at("compared.html");
  const { stdout } = await compare(at("short"), at("xor"), at("empty"), "--out", page, "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    event: "compared",
    runs: [{ name: "short" }, {}, {}],
    out: page,
  });
  const html = readFileSync(page, "utf8");
  expect(html).toContain("3 runs compared");
  expect(html.match(/<figure>/g)!.length).toBeGreaterThanOrEqual(4);
  expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  expect((await compare(at("short"), at("xor"), "--out", page)).code).toBe(0); // its own file
});

describe("refuses in a sentence", () => {
  it.each<readonly [what: string, runs: readonly string[], code: number, says: RegExp]>([
    ["one run", ["short"], 2, /expected two runs or more/],
    ["a run twice", ["short", "long", "short"], 2, /short is named twice/],
    ["a folder without a run", ["short", "nowhere"], 1, /nowhere: there is no run here/],
  ])("%s", async (_, runs, code, says) => {
    const ran = await compare(...runs.map(at));
    expect(ran).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(says) });
  });

  it("a page in the place of a file of one's own", async () => {
    writeFileSync(at("mine.html"), "mine");
    const { code, stderr } = await compare(at("short"), at("long"), "--out", at("mine.html"));
    expect([code, stderr]).toEqual([2, expect.stringMatching(/a file of your own/)]);
    expect(readFileSync(at("mine.html"), "utf8")).toBe("mine");
  });
});
