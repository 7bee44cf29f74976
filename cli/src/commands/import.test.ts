// neurite import: a PyTorch state_dict becomes a run that predicts; what does not fit is refused whole.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DEFAULT_RUNS } from "neurite/train";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";

const WEIGHTS = fileURLToPath(
  new URL("../../../lib/src/pytorch/golden/conv.safetensors", import.meta.url),
);
const folder = mkdtempSync(join(tmpdir(), "neurite-import-"));
const at = (name: string) => join(folder, name);

beforeAll(() => {
  const layers = [
    { kind: "input", shape: [4, 4, 1] },
    { kind: "conv2d", filters: 3, kernelSize: 3, activation: "relu" },
    { kind: "flatten" },
    { kind: "dense", units: 5, activation: "tanh" },
    { kind: "dense", units: 2 },
  ];
  const spec = {
    ...DEFAULT_RUNS["xor"]!,
    model: { layers },
    loss: "meanSquaredError",
    metrics: [],
  };
  writeFileSync(at("spec.json"), JSON.stringify(spec));
  writeFileSync(at("weights.pt"), Buffer.from("PK\x03\x04 and more"));
  writeFileSync(at("map.json"), JSON.stringify({ "00": "dense1" }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("neurite import", () => {
  it("writes a run, tells each tensor's way, and replaces no other unasked", async () => {
    const args = ["import", WEIGHTS, "--into", at("spec.json"), "--out", at("run")];
    const { code, stdout } = await neurite(...args);
    expect(code).toBe(0);
    expect(stdout).toContain("3.bias [5] -> params/dense1/b\n");
    expect(stdout).toContain("6 tensors imported");
    expect((await neurite("summary", at("run"))).stdout).toContain("conv2d1");
    expect(await neurite(...args)).toMatchObject({ code: 2 });
    expect(await neurite(...args, "--overwrite")).toMatchObject({ code: 0 });
  });

  it.each([
    [[at("spec.json"), "--into", at("spec.json")], 1, /model.json holds no modelTopology/],
    [
      [WEIGHTS, "--into", "iris"],
      1,
      /dense1: expected the tensors of a Linear: weight \[16, 4\].* nearest: 3 \(/,
    ],
    [[WEIGHTS, "--into", "irsi"], 2, /Did you mean "iris"\?/],
    [[at("none"), "--into", "iris"], 1, /no such file/],
    [
      [at("weights.pt"), "--into", "iris"],
      1,
      /weights\.pt: this is a zip file, as torch\.save\(\) writes/,
    ],
    [
      [WEIGHTS, "--into", "iris", "--map", at("spec.json")],
      1,
      /spec\.json: expected a JSON object of/,
    ],
    [[WEIGHTS, "--into", "iris", "--map", at("weights.pt")], 1, /weights\.pt: this is no JSON/],
    [[WEIGHTS, "--into", "iris", "--map", at("map.json")], 1, /Unknown module of the file .*"00"/],
    [[WEIGHTS], 2, /--into <source>' not specified/],
  ])("refuses %j, and writes nothing", async (args, exit, message) => {
    const { code, stderr } = await neurite("import", ...args, "--out", at("refused"));
    expect(stderr).toMatch(message);
    expect(code).toBe(exit);
    expect(existsSync(at("refused"))).toBe(false);
  });
});
