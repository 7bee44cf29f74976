import { expect, it } from "vitest";
import { codeOf } from "../../code/typescript/program.ts";
import { circles } from "../../data/index.ts";
import { parseRunSpec } from "../../spec/index.ts";
import { classWeightOf } from "./class-weight.ts";
import { DEFAULT_RUNS } from "./presets.ts";
import { modelOf, trainRun } from "./run.ts";

const data = { ...circles({ samples: 60, noise: 0, seed: 1 }), classNames: ["in", "out"] };

it("finds classes by the names that the data give them, or by number", () => {
  expect(classWeightOf({ out: 3 }, data)).toEqual({ 1: 3 });
  expect(classWeightOf("balanced", data)).toBe("balanced");
  const { classNames: _, ...unnamed } = data;
  expect(classWeightOf({ 1: 3 }, unnamed)).toEqual({ 1: 3 });
  expect(() => classWeightOf({ oud: 3 }, data)).toThrow(
    'spec: training.classWeights: Unknown class "oud". Did you mean "out"?',
  );
  expect(() => classWeightOf("balanced", { ...data, classes: null })).toThrow(
    "has values to learn, no classes",
  );
});

it("changes what a run learns, and stands in its program by number", async () => {
  const input = DEFAULT_RUNS["circles"]!;
  const spec = (classWeights: unknown) =>
    parseRunSpec({ ...input, training: { ...input.training, epochs: 1, classWeights } });
  const loss = async (weights: unknown) => {
    const run = spec(weights);
    const { epochs } = await trainRun(run, modelOf(run, { threads: 1 }), data);
    return epochs[0]!.loss;
  };
  expect(await loss({ in: 0.5, out: 0.5 })).not.toBe(await loss({ in: 1, out: 1 }));
  expect(codeOf(spec({ 1: 2 }))).toMatch(/classWeight: \{ "?1"?: 2 \}/);
  expect(codeOf(spec("balanced"))).toContain('classWeight: "balanced",');
  expect(() => codeOf(spec({ out: 2 }))).toThrow(
    'expected classes by their numbers, received "out"',
  );
  expect(() => spec({ out: -1 })).toThrow(
    'spec: training.classWeights: expected "balanced", or weights of 0 or more by class, received',
  );
});
