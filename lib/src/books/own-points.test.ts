// Experiments at points that are not the book's: every parameter acts, and nothing is judged there.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadIris } from "../data/node/iris.ts";
import { loadKarateClub } from "../data/node/karate.ts";
import { referenceEngine } from "../engines/reference/reference.ts";
import { engine, setEngine } from "../runtime/interpreter/current.ts";
import { EXPERIMENTS, type ExperimentName, experimentNames } from "./experiments.ts";
import { NIELSEN_POINTS } from "./nielsen/own-points.testing.ts";
import { NNDL_POINTS } from "./nndl/own-points.testing.ts";
import type { Claim } from "./shared/claim.ts";
import type { OwnPoint } from "./shared/own-point.testing.ts";
import type { ExperimentPoint } from "./shared/parameters.ts";
import type { Sources } from "./shared/run.ts";

/**
 * Those that take many steps, which pay for being compiled. The others are run as they are written, by the reference
 * engine: to compile them would take most of the time of so few steps.
 */
const COMPILED = new Set([
  "activation-race",
  "algorithm41",
  "bias-shift",
  "iris",
  "moons",
  "surface49",
  "xor-minima",
  "xor-starts",
]);

const SOURCES: Sources = {
  mnist: () => Promise.reject(new Error("no digits")),
  iris: () => loadIris({ seed: 1 }),
  karate: loadKarateClub,
};

const POINTS: Readonly<Record<string, OwnPoint>> = {
  ...NIELSEN_POINTS,
  ...NNDL_POINTS,
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
  micrograd: [{}, { a: 1, b: 3 }],
};

const claimsOf = async (name: ExperimentName, point: ExperimentPoint): Promise<readonly Claim[]> =>
  (await (await EXPERIMENTS[name].load()).run(SOURCES, point)).claims;

const numbersOf = (claims: readonly Claim[]): readonly string[] =>
  claims.map((one) => `${one.name} ${one.actual}`);

it("has an entry for each", () => {
  expect(Object.keys(POINTS).sort()).toEqual(experimentNames().sort());
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
  const claims = async () => await claimsOf(name, point as ExperimentPoint);
  await expect(claims()).rejects.toThrow(`to be ${why}, received`);
});

const TRIED = Object.entries(POINTS).flatMap(([name, point]) =>
  point === "not here" ? [] : [{ name: name as ExperimentName, point }],
);

describe.each(TRIED)("$name", ({ name, point: [short, others] }) => {
  const usual = engine();
  beforeAll(() => {
    if (!COMPILED.has(name)) setEngine(referenceEngine);
  });
  afterAll(() => setEngine(usual));

  it("has these parameters and no others", async () => {
    const { parameters } = await EXPERIMENTS[name].load();
    expect(Object.keys(parameters).sort()).toEqual(Object.keys(others).sort());
  });
  it("gives other numbers with another value of each, and judges none of them", async () => {
    const before = numbersOf(await claimsOf(name, short));
    for (const [parameter, value] of Object.entries(others)) {
      const claims = await claimsOf(name, { ...short, [parameter]: value });
      expect(numbersOf(claims), parameter).not.toEqual(before);
      expect(new Set(claims.map(({ holds }) => holds)), parameter).toEqual(new Set([null]));
    }
  });
  it("refuses what is no parameter of it", async () => {
    const claims = async () => await claimsOf(name, { bogus: 1 });
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
