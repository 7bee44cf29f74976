// The sections "errors", "flow" and "units", of a small run and of an image run.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-inside-"));
const [moons, digits, plain] = ["moons", "digits", "plain"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];

beforeAll(async () => {
  const train = async (...args: string[]) => {
    expect(await neurite("train", ...args, "-q")).toMatchObject({ code: 0 });
  };
  await train("moons", "--hidden", "4", "--epochs", "3", "--flow", "20", "--out", moons);
  await train("xor", "--epochs", "1", "--flow", "0", "--out", plain);
  const spec = {
    version: 1,
    data: { name: "mnist", train: 40, test: 10 },
    model: {
      layers: [
        { kind: "input", shape: [28, 28, 1] },
        { kind: "rescaling", scale: 1 / 255 },
        { kind: "conv2d", filters: 2, kernelSize: 5, activation: "relu" },
        { kind: "maxPool2d", poolSize: 4 },
        { kind: "flatten" },
        { kind: "dense", units: 10, activation: "softmax" },
      ],
    },
    loss: "logLikelihood",
    optimizer: "sgd",
    training: { epochs: 1, batchSize: 10 },
  };
  const path = join(folder, "conv.json");
  writeFileSync(path, JSON.stringify(spec));
  await train(path, "--out", digits);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("tells z, a, delta and gradients of every unit, and the equations beside autodiff", async () => {
  const { stdout } = await neurite("inspect", moons, "errors", "--row", "3", "--json");
  const { errors } = JSON.parse(stdout);
  const [, hidden, output] = errors.layers;
  expect(hidden.activation.name).toBe("tanh");
  expect(hidden.z.data).toHaveLength(4);
  expect(Math.tanh(hidden.z.data[2])).toBeCloseTo(hidden.a.data[2], 5);
  // dC/db of one example is delta
  expect(output.gradients.b.data).toEqual(output.delta.data);
  expect(errors.equations.map(({ rule }: { rule: string }) => rule)).toEqual([
    "w^T delta * f'",
    "a - y",
  ]);
  expect(errors.deviation).toBeLessThan(1e-5);
});

it("says where the equations are not written, and shows the rest", async () => {
  const { code, stdout } = await neurite("inspect", digits, "errors");
  expect(code).toBe(0);
  expect(stdout).toMatch(/The four equations are not written out: .*"conv2d1" is conv2d\./);
  expect(stdout).toMatch(/8 of 1152 units, those with the largest errors/);
});

it("tells what train has measured of the gradients", async () => {
  const { stdout } = await neurite("inspect", moons, "flow", "--json");
  const { rows } = JSON.parse(stdout).flow;
  expect(rows.map(({ step }: { step: number }) => step)).toEqual([0, 20, 40, 60]);
  expect(rows[1].layers[0]).toMatchObject({ name: "dense1", activation: "tanh", dead: 0 });
  expect(rows[1].layers[0].updateRatio).toBeGreaterThan(0);
  const { code, stderr } = await neurite("inspect", plain, "flow");
  expect([code, stderr]).toEqual([
    1,
    "neurite: flow is not for this run: it keeps no gradient flow, as it was trained with --flow 0 or by an older version\n",
  ]);
});

it("counts z, a, weights and gradients of every layer", async () => {
  const { stdout } = await neurite("inspect", digits, "units", "--json");
  const { examples, statistics, histograms } = JSON.parse(stdout).units;
  expect(examples).toBe(10);
  expect(statistics.map(({ name }: { name: string }) => name)).toEqual(["conv2d1", "dense1"]);
  expect(statistics[0].zeros).toBeGreaterThan(0.1);
  const total = (counts: number[]) => counts.reduce((a, b) => a + b, 0);
  expect(total(histograms[0].of["net inputs z"].counts)).toBe(10 * 24 * 24 * 2);
  expect(total(histograms[0].of["dC/dw"].counts)).toBe(50);
});

it("draws all of it in a page without scripts", async () => {
  const { code } = await neurite("inspect", moons, "errors", "flow", "units");
  expect(code).toBe(0);
  const page = readFileSync(join(moons, "inspect.html"), "utf8");
  expect(page.match(/<circle [^>]*stroke="var\(--faint\)"/g)).toHaveLength(2 + 4 + 1);
  expect(page).toContain("Length of the gradient, |dC/dw|");
  expect(page).toContain("dense1: net inputs z");
  expect(page).not.toMatch(/<script|NaN/);
});
