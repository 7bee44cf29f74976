// The convolutional preset end to end, on a few digits: its flags, its runs, its report.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { optimizerOf } from "neurite/nn";
import {
  DEFAULT_RUNS,
  decodeCheckpoint,
  modelOf,
  PRESET_RUNS,
  parseRunSpec,
  type RunSpecInput,
} from "neurite/train";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyFlags } from "../flags/apply.ts";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-presets-"));
const run = join(folder, "conv");
const train = ["train", "mnist", "--preset", "conv", "--train", "6", "--test", "12"];
const cut = [...train, "--batch-size", "4", "-q"];

beforeAll(async () => {
  expect(await neurite(...cut, "--epochs", "2", "--out", run)).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function variablesOf(name: string): unknown[] {
  const bytes = readFileSync(join(folder, name, "weights.safetensors"));
  const { variables } = decodeCheckpoint(bytes);
  return [...variables].map(([path, { data }]) => [path, data]);
}

const layersOf = (spec: RunSpecInput) =>
  (spec.model as { layers: readonly { kind: string; [argument: string]: unknown }[] }).layers;

describe("presets", () => {
  it("are whole specifications for the data sets they stand under", () => {
    const all = Object.entries(PRESET_RUNS).flatMap(([data, presets]) =>
      Object.values(presets).map((spec) => ({ data, spec })),
    );
    expect(all.length).toBeGreaterThan(0);
    for (const { data, spec } of all) {
      expect(Object.keys(DEFAULT_RUNS)).toContain(data);
      expect(spec.data.name).toBe(data);
      expect(() => modelOf(parseRunSpec(spec))).not.toThrow();
    }
  });

  it("conv starts from the same rate in its schedule and its optimizer", () => {
    const { optimizer, schedule } = PRESET_RUNS["mnist"]!["conv"]!;
    const { learningRate } = optimizerOf(optimizer);
    expect(schedule).toMatchObject({ rate: learningRate });
  });

  it.each([
    [
      ["train", "mnist", "--preset", "cnov"],
      /--preset: .*"cnov"\. Did you mean "conv"\?.*: conv\./,
    ],
    [["train", "mnist", "--preset", "toString"], /--preset: Unknown mnist preset "toString"/],
    [["train", "xor", "--preset", "conv"], /--preset: xor has only its default run; .*: mnist/],
    [["train", "spec.json", "--preset", "conv"], /spec\.json is a specification of its own/],
    [["train", "--resume", run, "--preset", "conv"], /--preset: expected a data set, as in: mnist/],
    [["train", "mnist", "--resume", run], /goes on with the run as it was.* the source would/],
    [["summary", "mnist", "--preset", "cnv"], /Did you mean "conv"\?/],
    [["summary", run, "--preset", "conv"], /--preset: expected a data set, .* holds a run/],
  ])("calls %j wrong usage", async (args, message) => {
    const { code, stdout, stderr } = await neurite(...args);
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, ""]);
  });
});

describe("flags on the conv preset", () => {
  const conv = PRESET_RUNS["mnist"]!["conv"]!;
  const changed = (flags: Parameters<typeof applyFlags>[1]) => applyFlags(conv, flags);

  it("--hidden and --dropout change what comes after the convolutions, and nothing before", () => {
    const layers = layersOf(changed({ hidden: [30, 20], dropout: 0.25 }));
    const flat = layersOf(conv).findIndex(({ kind }) => kind === "flatten");
    expect(layers.slice(0, flat + 1)).toEqual(layersOf(conv).slice(0, flat + 1));
    expect(layers.slice(flat + 1).map(({ units, p }) => units ?? p)).toEqual([
      30, 0.25, 20, 0.25, 10,
    ]);
  });

  it("--activation is that of every hidden layer, convolutions too", () => {
    const bent = layersOf(changed({ activation: ["tanh"] })).filter(({ activation }) => activation);
    expect(bent.map(({ kind, activation, weights }) => [kind, activation, weights])).toEqual([
      ["conv2d", "tanh", "glorotUniform"],
      ["conv2d", "tanh", "glorotUniform"],
      ["dense", "tanh", "glorotUniform"],
      ["dense", "softmax", undefined],
    ]);
  });

  it("--learning-rate and --optimizer say where the schedule starts", () => {
    expect(changed({ learningRate: 0.2 }).schedule).toMatchObject({
      name: "exponential",
      rate: 0.2,
    });
    expect(changed({ optimizer: "adam" }).schedule).toMatchObject({ rate: 0.001 });
    expect(changed({ epochs: 1 }).schedule).toEqual(conv.schedule);
    expect(applyFlags(DEFAULT_RUNS["mnist"]!, { learningRate: 0.3 })).not.toHaveProperty(
      "schedule",
    );
  });
});

describe("a run of the conv preset", () => {
  it("resumed ends where an unbroken one does", async () => {
    const parts = join(folder, "parts");
    expect(await neurite(...cut, "--epochs", "1", "--out", parts)).toMatchObject({ code: 0 });
    expect(await neurite(...cut, "--epochs", "2", "--resume", parts)).toMatchObject({ code: 0 });
    // Not by toEqual(), which tells two hundred thousand numbers apart one by one, for minutes where they differ.
    expect(isDeepStrictEqual(variablesOf("parts"), variablesOf("conv"))).toBe(true);
  });

  it("can be evaluated, asked, and printed as a program", async () => {
    expect((await neurite("evaluate", run)).stdout).toMatch(/accuracy +\d+\.\d\d %/);
    const { stdout } = await neurite("predict", run, "mnist", "--row", "3");
    expect(stdout).toMatch(/\(\d+\.\d %\)(, which is right|, but it is 0)\n$/);
    expect((await neurite("summary", "mnist", "--preset", "conv")).stdout).toMatch(
      /conv2d2 .*\[batch, 8, 8, 40\] .*\n.*\nflatten1 .*640.*exponential/s,
    );
    const code = (await neurite("summary", run, "--code")).stdout;
    expect(code).toContain("{ ...train.x, shape: [countExamples(train), 28, 28, 1] }");
    expect(code).toMatch(/conv2d\(20, 5, .*\n {2}maxPool2d\(2\),\n {2}conv2d\(40, 5, /);
  });

  it("says how to save it where it was not", async () => {
    const { stdout } = await neurite(...train, "--epochs", "0");
    expect(stdout).toContain("train mnist --preset conv --out runs/mnist-conv ");
  });

  it("has a report with the filters, and the maps of every layer for a digit of each class", () => {
    const html = readFileSync(join(run, "report.html"), "utf8");
    const count = (pattern: RegExp) => html.match(pattern)?.length ?? 0;
    expect(
      count(/<img class="kernels" src="data:image\/png;base64,[^"]{100,}" alt="The 20 filters/g),
    ).toBe(1);
    expect(
      count(
        /<img class="matrix" [^>]*a row for each of 20 input channels, a column for each of 40/g,
      ),
    ).toBe(1);
    // Among the first twelve test examples there is no 3 and no 8.
    expect(count(/<details class="maps"/g)).toBe(8);
    for (const layer of ["conv2d1", "maxPool2d1", "conv2d2", "maxPool2d2"]) {
      expect(count(new RegExp(`alt="Output of layer ${layer} for test example #`, "g"))).toBe(8);
    }
    const images = html.match(/<img [^>]*>/g)!;
    expect(images.every((image) => / alt="[^"]{10,}"/.test(image))).toBe(true);
    expect(html).not.toMatch(/<script|<link|@import|src="(?!data:)|url\(/);
    expect(html.length).toBeLessThan(1_500_000);
  });
});
