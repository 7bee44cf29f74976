// neurite summary of a specification whose layers hold layers, some of them frozen.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-nested-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file with a run on the moons whose first layers are these. */
function specOf(name: string, ...layers: readonly object[]): string {
  const path = join(folder, name);
  const last = { kind: "dense", units: 2, activation: "softmax" };
  const spec = {
    version: 1,
    data: { name: "moons" },
    model: { layers: [{ kind: "input", shape: [2] }, ...layers, last] },
    loss: "sparseCategoricalCrossentropy",
    optimizer: "adam",
    training: { epochs: 1, batchSize: 10 },
  };
  writeFileSync(path, JSON.stringify(spec));
  return path;
}

const inner = { kind: "dense", units: 4, trainable: false };
const residual = { kind: "residual", layers: [inner, { kind: "dense", units: 2 }] };

it("shows what is frozen, and the calls that make them", async () => {
  const path = specOf("good.json", residual);
  const { stdout } = await neurite("summary", path);
  expect(stdout).toContain("22, 12 frozen");
  expect(stdout).toContain("28 parameters, 16 trainable and 12 frozen");
  const code = await neurite("summary", path, "--code");
  expect(code.stdout).toContain("  residual([dense(4, { trainable: false }), dense(2)]),\n");
  expect((await neurite("train", path, "--out", join(folder, "run"), "-q")).code).toBe(0);
});

it("names the path to a layer that is wrong", async () => {
  const wrong = { kind: "block", layers: [residual, { ...inner, unit: 3 }] };
  const { code, stderr } = await neurite("summary", specOf("bad.json", wrong));
  expect(code).not.toBe(0);
  expect(stderr).toContain(
    'spec: model.layers.1: in "layers.1": dense: there is no option "unit". Did you mean "units"?',
  );
});
