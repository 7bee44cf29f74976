// A text of one's own from its file to what a network writes: trained, judged, asked, refused.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRunSpec } from "neurite/train";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-text-"));
const at = (name: string) => join(folder, name);
const write = (name: string, content: string | Uint8Array) => {
  writeFileSync(at(name), content);
  return at(name);
};
/** Words in which an a follows every b, and a line ends behind c. */
const words = Array.from({ length: 80 }, (_, i) => `${"ba".repeat(1 + (i % 4))}c`);
const run = at("run");
const quick = ["--epochs", "1", "-q"];

beforeAll(async () => {
  write("words.txt", `\uFEFF${words.join("\r\n")}\r\n`);
  const flags = [
    "--hidden",
    "12",
    "--length",
    "16",
    "--epochs",
    "40",
    "--learning-rate",
    "0.02",
    "--out",
    run,
  ];
  const { code, stderr, stdout } = await neurite("train", at("words.txt"), ...flags);
  expect([code, stderr]).toEqual([0, expect.stringContaining("80 lines, each a text by itself")]);
  expect(stdout).toMatch(
    /^test loss 0\.\d+ +perplexity 1\.\d\d +next character right \d\d\.\d+ %/m,
  );
  expect(stdout).toContain(`generate ${run} --count 10`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("neurite train names.txt", () => {
  it("keeps the characters in the specification, which trains again", async () => {
    const spec = readRunSpec(readFileSync(join(run, "spec.json"), "utf8"));
    expect(spec.data.file).toMatchObject({
      ...{ kind: "text", lines: true, length: 16 },
      characters: "\nabc\uFFFD",
    });
    expect(await neurite("train", join(run, "spec.json"), ...quick)).toMatchObject({ code: 0 });
    const resumed = await neurite("train", "--resume", run, "--epochs", "41", "-q");
    expect(resumed.code).toBe(0);
  });

  it("shows in the report what the network writes", () => {
    const html = readFileSync(join(run, "report.html"), "utf8");
    expect(html).toContain("What it writes");
    expect(html).toMatch(/<title>words\.txt: next character right \d+\.\d+ %/);
    expect(html).toMatch(/<h3>temperature 0\.5<\/h3><pre tabindex="0">ba[\s\S]*bac/);
  });

  it("reads running text, with the cell and the sizes that are asked for", async () => {
    const prose = write(
      "prose.md",
      "The quick brown fox jumps over the lazy dog, again and again. ".repeat(4),
    );
    const out = at("prose");
    const flags = ["--cell", "GRU", "--hidden", "8,6", "--length", "20", "--out", out];
    const { stderr, code } = await neurite("train", prose, ...flags, "--epochs", "1");
    expect([code, stderr]).toEqual([0, expect.stringContaining("read 20 at a time: running text")]);
    const { layers } = readRunSpec(readFileSync(join(out, "spec.json"), "utf8")).model as {
      layers: { kind: string; units?: number }[];
    };
    expect(layers.slice(2, 4).map(({ kind, units }) => [kind, units])).toEqual([
      ["gru", 8],
      ["gru", 6],
    ]);
    const { stdout } = await neurite("generate", out, "--from", "The ", "--most", "60");
    expect(stdout).toMatch(/^The .{56}\n$/s);
  });

  it("still reads a .txt as a table where a target is named", async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i},${i % 2 ? "yes" : "no"}`);
    const { stderr } = await neurite(
      "train",
      write("table.txt", `x,y\n${rows.join("\n")}\n`),
      "--target",
      "y",
      "--epochs",
      "0",
    );
    expect(stderr).toContain("y is learnt: 2 classes");
  });

  const refusals: readonly (readonly [
    file: string | Uint8Array,
    flags: string,
    message: RegExp,
  ])[] = [
    ["too short", "", /expected a text of at least 40 characters, received 9/],
    ["a".repeat(100), "", /it is one character only/],
    [Uint8Array.of(0xff, 0x41, 0xc3, 0x28), "", /this is not text: it is not UTF-8/],
    ["ab\0".repeat(50), "", /this is not text: it holds bytes of 0/],
    ["abc ".repeat(50), "--length 500", /expected a text to train on of more than 500 characters/],
    ["abc ".repeat(50), "--length 5000", /--length: expected at most 1000 characters/],
    ["abc ".repeat(50), "--cell ltsm", /--cell: Unknown cell "ltsm"\. Did you mean "lstm"\?/],
    ["abc ".repeat(50), "--activation relu", /--activation: the cells of a text have their own/],
    ["abc ".repeat(50), "--grey", /--grey: .*bad\.txt is no folder of pictures/],
  ];
  it.each(refusals)("refuses %j %s", async (file, flags, message) => {
    const given = flags === "" ? [] : flags.split(" ");
    const { code, stdout, stderr } = await neurite(
      "train",
      write("bad.txt", file),
      ...given,
      ...quick,
    );
    expect(stderr).toMatch(message);
    expect([code === 0, stdout]).toEqual([false, ""]);
  });
});

describe("neurite generate", () => {
  it("writes what it has learnt, the same by the same seed", async () => {
    const flags = ["generate", run, "--count", "6", "--temperature", "0.5", "--seed", "3"];
    const { stdout } = await neurite(...flags);
    const lines = stdout.trim().split("\n");
    expect(lines).toHaveLength(6);
    expect(lines.filter((line) => /^(ba)+c$/.test(line)).length).toBeGreaterThan(4);
    expect((await neurite(...flags)).stdout).toBe(stdout);
    expect((await neurite(...flags.slice(0, -1), "4")).stdout).not.toBe(stdout);
  });

  it("goes on from a beginning, always the likeliest way at temperature 0", async () => {
    const flags = ["--from", "bab", "--temperature", "0", "--count", "3", "--json"];
    const { stdout } = await neurite("generate", run, ...flags);
    const texts = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).text);
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toMatch(/^bab?a/);
    expect(
      (await neurite("generate", run, "--from", "ba", "--most", "3")).stdout.length,
    ).toBeLessThan(5);
  });

  it("says the next character with its probability", async () => {
    expect((await neurite("predict", run, "ba")).stdout).toMatch(/^[bc] \(\d\d\.\d %\)$/m);
    const { stdout } = await neurite("predict", run, "bab", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ next: "a" });
    const ended = await neurite("predict", run, "bac");
    expect(ended.stdout).toMatch(/^\(end of line\) \(9\d/m);
  });

  it("judges another text, and says what it has never met", async () => {
    const { stdout, stderr } = await neurite(
      "evaluate",
      run,
      write("other.txt", "bac\nbabax\n".repeat(20)),
    );
    expect(stdout).toMatch(/^loss +\d/m);
    expect(stderr).toContain("20 characters that the run does not know");
    const from = await neurite("generate", run, "--from", "xyz");
    expect([from.code, from.stderr]).toEqual([
      2,
      expect.stringContaining('received "x", "y", "z"'),
    ]);
  });

  it("refuses a run on something else", async () => {
    const out = at("xor");
    await neurite("train", "xor", "--epochs", "0", "-q", "--out", out);
    const { stderr, code } = await neurite("generate", out);
    expect([code, stderr]).toEqual([1, expect.stringContaining("was not trained on a text")]);
  });
});
