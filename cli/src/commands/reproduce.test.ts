import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { claim, EXPERIMENTS, experimentNames } from "neurite/books";
import { afterEach, describe, expect, it, vi } from "vitest";
import { describeFailure } from "../terminal/failures.ts";
import { reproduceCommand } from "./reproduce.ts";

const natural = { says: "a number", fits: Number.isInteger } as never;

afterEach(() => vi.restoreAllMocks());

/** What a command line prints, and the sentence that it ends with where it fails. */
async function run(line: string): Promise<{ out: string[]; error: string; code: number }> {
  let [out, error, code] = ["", "", 0];
  const stdout = { write: (text: string) => (out += text) };
  const stderr = { write: (text: string) => (error += text) };
  const program = new Command("neurite").exitOverride().configureOutput({
    writeOut: stdout.write,
    writeErr: stderr.write,
  });
  reproduceCommand(program, { stdout, stderr });
  try {
    await program.parseAsync(["reproduce", ...line.split(" ").filter(Boolean)], { from: "user" });
  } catch (thrown) {
    error ||= (thrown as Error).message;
    code = describeFailure(thrown).exitCode;
  }
  return { out: out.split("\n").slice(0, -1), error: error.trim(), code };
}

describe("reproduce", () => {
  it("prints a table of claims, with marks and notes", async () => {
    const { out, error, code } = await run("graph48");
    expect(error).toBe("");
    expect(out[0]).toBe("NNDL, figure 4.8: A computational graph");
    expect(out).toContain("df/dw        0.25     0.25  ok");
    expect(out.at(-1)).toBe("15 of 15 claims hold.");
    expect(code).toBe(0);
  });
  it("prints one JSON object a claim", async () => {
    const { out } = await run("softmax --json");
    const events = out.map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({
      event: "claim",
      experiment: "softmax",
      name: "notes: y1",
      book: 0.88,
      holds: true,
    });
    expect(events.every(({ event }) => event === "claim")).toBe(true);
  });
  it("computes at one's own point, and judges nothing there", async () => {
    const { out, code } = await run("graph48 --x 2 --w 1");
    expect(out[2]).toMatch(/^h1 +0 +2$/); // and no verdict
    expect(out).toContainEqual(expect.stringMatching(/^df\/dx +0 +0\.1049935854035065$/));
    expect(out.at(-1)).toBe("15 numbers at your own point; the book's are for its own.");
    expect(code).toBe(0);
  });
  it("judges where the point is the book's after all", async () => {
    const { out } = await run("graph48 --x 1 --b 0");
    expect(out.at(-1)).toBe("15 of 15 claims hold.");
  });
  it("updates Mazur's biases where it is told so", async () => {
    const { out } = await run("mazur --biases --steps 1");
    expect(out.find((line) => line.startsWith("E after 1 "))).toMatch(
      / 0\.2910277737 +0\.2857508867$/,
    );
  });
  it("lists all experiments", async () => {
    const { out } = await run("list");
    expect(out[0]).toMatch(/^name +title +source +time +--full$/);
    expect(out).toContainEqual(
      expect.stringMatching(/^mazur +A worked example .*Mazur \(2015\) +below 1 s$/),
    );
    expect(out.filter((line) => / (s|\*)( +about \d+ \w+)?$/.test(line))).toHaveLength(
      experimentNames().length + 1,
    );
    const { out: events } = await run("list --json");
    expect(JSON.parse(events[0]!)).toMatchObject({
      event: "experiment",
      name: "gates",
      fullSeconds: null,
      parameters: { reach: 10 },
    });
  });
  it("helps with the flags of an experiment", async () => {
    const { out } = await run("xor --help");
    expect(out.join("\n")).toMatch(/--rate <number> .*\(book: /);
  });
  it("writes a page and a log of any experiment", async () => {
    const folder = mkdtempSync(join(tmpdir(), "neurite-reproduce-"));
    const page = join(folder, "new/page.html");
    const { out, error } = await run(`graph48 --x 2 --out ${page} --log ${folder}/logs`);
    expect(error).toBe("");
    expect(out.at(-1)).toBe(`page: ${page}`);
    expect(readFileSync(page, "utf8")).toContain("neurite reproduce graph48 --x 2</code>");
    const log = JSON.parse(readFileSync(join(folder, "logs/graph48.json"), "utf8"));
    expect(log).toMatchObject({ experiment: "graph48", full: false, parameters: { x: 2, w: 0 } });
    writeFileSync(page, "my own");
    const again = await run(`graph48 --out ${page}`);
    expect(again.out).toEqual([]);
    expect(again.error).toContain("is a file of your own");
    rmSync(folder, { recursive: true });
  });
  it("carries out the full run with parameters of its own", async () => {
    const folder = mkdtempSync(join(tmpdir(), "neurite-reproduce-"));
    const seconds = 7200;
    const seed = { says: "the seed", book: 1, kind: natural };
    const steps = { says: "steps", book: 5, kind: natural };
    vi.spyOn(EXPERIMENTS.softmax, "load").mockResolvedValue({
      parameters: { steps },
      run: async () => ({ claims: [claim("short", 1, 1, 0)] }),
      full: {
        seconds,
        parameters: { seed },
        run: async (_, { seed: given }, { report }) => {
          report("half way");
          return { claims: [claim("long", 3, Number(given), 0)] };
        },
      },
    });
    const help = (await run("softmax --help")).out.join(" ").replace(/ +/g, " ");
    expect(help).toContain("the long run, about 2 h");
    expect(help).toContain("--seed <number> the seed (full: 1)");
    const { out, error } = await run(
      `softmax --full --seed 3 --folder ${folder}/run --log ${folder}/x`,
    );
    expect(error).toMatch(/^softmax: in .*\nsoftmax: half way$/);
    expect(out[2]).toMatch(/^long +3 +3 +ok$/);
    expect(readFileSync(join(folder, "x/softmax.full.json"), "utf8")).toContain('"seed": 3');
    const said = async (line: string) => (await run(`softmax ${line}`)).error;
    expect(await said("--seed 3")).toBe("--seed: the short run has no such parameter");
    expect(await said("--full --steps 3")).toBe("--steps: the full run has no such parameter");
    expect(await said(`--folder ${folder}/run`)).toContain("--folder: is of full runs; say --full");
    expect(await said(`--full --seed 4 --folder ${folder}/run`)).toContain("with other parameters");
    rmSync(folder, { recursive: true });
  });
  it("exits with 1 where a number is off", async () => {
    const off = claim("a1", 0.315, 0.5, 0.001);
    const claims = async () => ({ claims: [off] });
    vi.spyOn(EXPERIMENTS.softmax, "load").mockResolvedValue({ parameters: {}, run: claims });
    const { out, code } = await run("softmax");
    expect(out.at(-1)).toBe("0 of 1 claims hold.");
    expect(out.join("\n")).toContain("OFF");
    expect(code).toBe(1);
    expect(process.exitCode).toBeUndefined();
  });
  it.each([
    ["surfce49", /Unknown experiment "surfce49"\. Did you mean "surface49"\?/],
    ["nonsense --json", /Unknown experiment "nonsense"\. Expected one of: gates, /],
    ["", /expected the name of an experiment/],
    ["gates --full", /--full: there is no long run of gates; "reproduce list" says of which/],
    ["gates --log /dev/null", /--log: expected a folder that can be written to: \/dev\/null: /],
    ["xor --bogus", /unknown option '--bogus'/],
    ["mazur --rate fast", /--rate: expected a finite number, received fast/],
    ["mazur --weights 1,2", /--weights: expected a list of 8 finite numbers, received 1,2/],
    ["xor --hidden 2,0", /--hidden: expected a list of whole numbers above 0, received 2,0/],
    ["bp-equations --sizes 3", /bp-equations: expected sizes of two layers or more, received 3/],
  ])("refuses %j in a sentence", async (line, sentence) => {
    const { out, error } = await run(line);
    expect(out).toEqual([]);
    expect(error).toMatch(sentence);
    expect(error).not.toContain("\n");
  });
});

describe("reproduce network2", () => {
  const first = "network2 --init large --epochs 1 --train 1000 --eta 0.5";
  it("prints one line an epoch with --json, to the digit", async () => {
    const { out, error } = await run(`${first} --json`);
    expect(error).toBe("");
    expect(out).toEqual([
      '{"event":"epoch","epoch":0,"evaluationCost":2.076277232332908,"evaluationCorrect":5887,' +
        '"trainingCost":1.8433647860328504,"trainingCorrect":690}',
    ]);
  });
  it("sets the book's figures under an epoch", async () => {
    const { out } = await run(first);
    expect(out).toHaveLength(5);
    expect(out[0]).toMatch(/^epoch {3}0 {2}evaluation cost 2\.076277 correct 5887/);
    expect(out[2]).toMatch(/book: evaluation correct 5887 {2}ok$/);
  });
  it("tells which runs the book prints numbers of, where it prints none of this one", async () => {
    const { out } = await run("network2 --train 20 --epochs 1 --sizes 784,10");
    expect(out[1]).toBe("The book prints no number for this run.");
    expect(out[3]).toBe(
      "  neurite reproduce network2 --init large  (epochs 0, 1, 29, 199, 279, 399)",
    );
    expect(out.at(-1)).toBe(
      "  neurite reproduce network2 --train 50000 --monitor validation --lambda 5",
    );
  });
  it.each([
    ["--sizes 784,x", /'--sizes <list>' argument '784,x' is invalid\. Expected sizes/],
    [
      "--sizes 784,30",
      /expected sizes to be numbers of neurons from 784 to 10, .* received \[784,30\]/,
    ],
    ["--eta fast", /'--eta <rate>' argument 'fast' is invalid\. Expected a number\./],
    ["--cost squared", /Allowed choices are cross-entropy, quadratic\./],
    ["--train 50001", /expected train to be a whole number from 1 to 50000, received 50001/],
    ["--mini-batch 0", /Expected a whole number above 0\./],
    ["--seed -1", /Expected a whole number of 0 or more\./],
  ])("refuses %s in a sentence", async (flags, sentence) => {
    const { out, error } = await run(`network2 ${flags}`);
    expect(out).toEqual([]);
    expect(error).toMatch(sentence);
    expect(error).not.toContain("\n");
  });
});
