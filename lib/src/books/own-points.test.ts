// Experiments at points that are not the book's: every parameter acts, and nothing is judged there.

import { describe, expect, it } from "vitest";
import { loadIris } from "../data/node/iris.ts";
import { EXPERIMENTS, type ExperimentName, experimentNames } from "./experiments.ts";
import type { Sources } from "./shared/experiment.ts";
import type { ExperimentPoint } from "./shared/parameters.ts";

const SOURCES: Sources = {
  mnist: () => Promise.reject(new Error("no digits")),
  iris: () => loadIris({ seed: 1 }),
};

/** For each experiment what makes it short, and another value for each parameter. */
const POINTS: Partial<
  Record<ExperimentName, readonly [short: ExperimentPoint, others: ExperimentPoint]>
> = {
  gates: [{ reach: 2 }, { reach: 1 }],
  xor: [{ steps: 20 }, { hidden: [4], seed: 2, rate: 0.5, steps: 10 }],
  "bp-equations": [{}, { sizes: [3, 2], examples: 4, seed: 5, eta: 1e-3, rate: 0.1, lambda: 0.3 }],
  "xor-minima": [{ starts: 3 }, { lambda: 1e-3, starts: 6, seed: 1 }],
  mazur: [
    { steps: 3 },
    {
      rate: 0.1,
      steps: 4,
      biases: true,
      inputs: [0.1, 0.2],
      targets: [0.2, 0.8],
      weights: [1, 2, 3, 4, 5, 6, 7, 8],
      biasValues: [0, 0],
    },
  ],
  saturation: [{ epochs: 5 }, { near: [1, 1], far: [3, 3], rate: 1, slowRate: 0.1, epochs: 6 }],
  softmax: [{}, { picture: [1, 2, 3], widget: [0, 1, 0, 0] }],
  bumps: [{ pieces: 3 }, { pieces: 4, steepness: 100 }],
  graph48: [{}, { x: 2, w: 1, b: -1 }],
  micrograd: [{}, { a: 1, b: 3 }],
  surface49: [{}, { range: [-3, 4], point: [1, -1] }],
  algorithm41: [
    { epochs: 5 },
    { hidden: 3, rate: 1, lambda: 0.01, patience: 3, epochs: 100, noise: 0.1, seed: 2 },
  ],
  "linear-collapse": [{ steps: 20 }, { hidden: [4], rate: 1, steps: 40 }],
  iris: [
    { epochs: 40, rate: 1 },
    { hidden: 1, rate: 0.01, batchSize: 120, epochs: 1, seed: 2 },
  ],
  "bias-shift": [{}, { shift: 0.2, goal: 0.5, rate: 1 }],
};

const actuals = async (
  name: ExperimentName,
  point: ExperimentPoint,
): Promise<readonly string[]> => {
  const claims = await EXPERIMENTS[name].claims(SOURCES, point);
  return claims.map((one) => `${one.name} ${one.actual}`);
};

it("has points of all that need no digits but vanishing", () => {
  const digits: readonly string[] = ["four-outputs", "batch-sizes", "vanishing"];
  const others = experimentNames().filter((name) => !digits.includes(name));
  expect(Object.keys(POINTS).sort()).toEqual(others.sort());
});

it.each([
  ["bumps", { pieces: 51 }, "a whole number from 1 to 50"],
  ["bumps", { steepness: 0 }, "a number above 0"],
  ["surface49", { range: [5, -5] }, "two numbers, the lower first"],
  ["surface49", { range: [-5] }, "two numbers, the lower first"],
  ["surface49", { range: [1, 2, 3] }, "two numbers, the lower first"],
  ["surface49", { range: "-5,5" }, "two numbers, the lower first"],
  ["surface49", { point: [0] }, "a list of 2 finite numbers"],
] as const)("refuses of %s the point %o", async (name, point, why) => {
  const claims = async () => await EXPERIMENTS[name].claims(SOURCES, point as ExperimentPoint);
  await expect(claims()).rejects.toThrow(`to be ${why}, received`);
});

describe.each(Object.entries(POINTS))("%s", (key, [short, others]) => {
  const name = key as ExperimentName;
  it("has these parameters and no others", () => {
    expect(Object.keys(EXPERIMENTS[name].parameters).sort()).toEqual(Object.keys(others).sort());
  });
  it("gives other numbers with another value of each", async () => {
    const before = await actuals(name, short);
    for (const [parameter, value] of Object.entries(others)) {
      expect(await actuals(name, { ...short, [parameter]: value }), parameter).not.toEqual(before);
    }
  });
  it("judges nothing there", async () => {
    const claims = await EXPERIMENTS[name].claims(SOURCES, { ...short, ...others });
    expect(claims.map(({ holds }) => holds)).toEqual(claims.map(() => null));
  });
  it("refuses what is no parameter of it", async () => {
    const claims = async () => await EXPERIMENTS[name].claims(SOURCES, { bogus: 1 });
    await expect(claims()).rejects.toThrow('there is no option "bogus"');
  });
});

it("is a title, a source and a time for each", () => {
  for (const name of experimentNames()) {
    const { title, source, seconds } = EXPERIMENTS[name];
    expect(title).not.toContain("chapter");
    expect(source).toMatch(/^(NNDL|Nielsen|Mazur|Karpathy)/);
    expect(seconds).toBeGreaterThan(0);
  }
});
