import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-damage-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const unit = { kind: "dense", units: 5, activation: "tanh" };

it("leaves out a network whose units it cannot follow, and shows the rest", async () => {
  const spec = {
    version: 1,
    data: { name: "iris" },
    model: {
      inputs: ["x"],
      nodes: [
        { id: "x", kind: "input", shape: [4], reads: [] },
        { id: "h", ...unit, reads: ["x"] },
        { id: "g", ...unit, reads: ["h"] },
        { id: "s", kind: "add", reads: ["h", "g"] },
        { id: "p", kind: "dense", units: 3, activation: "softmax", reads: ["s"] },
      ],
      outputs: ["p"],
    },
    loss: "crossEntropy",
    optimizer: "sgd",
    training: { epochs: 1, batchSize: 30 },
    seed: 0,
  };
  const [file, run] = [join(folder, "spec.json"), join(folder, "run")];
  writeFileSync(file, JSON.stringify(spec));
  await neurite("train", file, "--out", run, "-q");
  const { code, stdout } = await neurite("inspect", run, "--json");
  expect(code).toBe(0);
  const { missing, layers } = JSON.parse(stdout);
  expect(missing.damage).toMatch(/^"s", .* reads the units of "g" in a way that is not followed/);
  expect(layers).toBeDefined();
  const asked = await neurite("inspect", run, "damage");
  expect(asked).toMatchObject({ code: 1, stdout: "" });
  expect(asked.stderr).toMatch(/^neurite: damage is not for this run: /);
});
