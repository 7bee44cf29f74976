// neurite export end to end: each format is read again and gives the model's numbers.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { decodeOnnx } from "neurite/onnx";
import { loadModel, type Model } from "neurite/train";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";
import { readRun } from "../runs/run-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-export-"));
const at = (name: string) => join(folder, name);
const ROW = [5.1, 3.5, 1.4, 0.2];
let model: Model;

beforeAll(async () => {
  await neurite("train", "iris", "--epochs", "3", "--hidden", "4", "--out", at("iris"), "-q");
  model = loadModel(readFileSync(join(at("iris"), "weights.safetensors")));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const outputs = async (of: Model) => [...(await of.predict([ROW])).data];

describe("neurite export", () => {
  it("writes a module that predicts as the model does, with its types", async () => {
    const out = at("iris.mjs");
    const { code, stdout } = await neurite("export", at("iris"), "--format", "js", "--out", out);
    expect(code).toBe(0);
    expect(stdout).toContain(out);
    expect(readFileSync(at("iris.d.mts"), "utf8")).toContain("declare function predict");
    const module = await import(/* @vite-ignore */ pathToFileURL(out).href);
    expect(module.classes).toEqual(["setosa", "versicolor", "virginica"]);
    const [found] = module.predict([ROW]);
    (await outputs(model)).forEach((value, i) => {
      expect(found[i]).toBeCloseTo(value, 6);
    });
  });

  it("writes an ONNX file of the same layers, with the names of classes", async () => {
    const out = at("iris.onnx");
    const { code, stdout } = await neurite("export", at("iris"), "--format", "onnx", "--out", out);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining(out) });
    const { graph, metadataProps } = decodeOnnx(readFileSync(out));
    expect(graph!.node.filter(({ opType }) => opType === "Gemm")).toHaveLength(2);
    const weights = graph!.initializer.find(({ name }) => name === "dense1/w")!;
    const stored = model.state.variables.get("params/dense1/w")!.data as Float32Array;
    expect(weights.rawData).toEqual(new Uint8Array(stored.slice().buffer));
    expect(metadataProps[0]).toMatchObject({
      key: "classes",
      value: '["setosa","versicolor","virginica"]',
    });
  });

  it("writes layers and weights as safetensors, which loadModel reads", async () => {
    const out = at("iris.safetensors");
    await neurite("export", at("iris"), "--format", "safetensors", "--out", out);
    expect(await outputs(loadModel(readFileSync(out)))).toEqual(await outputs(model));
  });

  it("writes weights under PyTorch's names, which import takes back", async () => {
    const out = at("torch.safetensors");
    const args = ["export", at("iris"), "--format", "state-dict", "--out", out] as const;
    const { stdout } = await neurite(...args);
    expect(stdout).toContain("dense1.weight [4, 4] <- params/dense1/w");
    writeFileSync(at("spec.json"), JSON.stringify((await readRun(at("iris"))).spec));
    await neurite("import", out, "--into", at("spec.json"), "--out", at("again"));
    const again = loadModel(readFileSync(join(at("again"), "weights.safetensors")));
    expect(await outputs(again)).toEqual(await outputs(model));
  });

  it("writes the same as JSON", async () => {
    const out = at("iris.json");
    await neurite("export", at("iris"), "--format", "json", "--out", out);
    const { network, weights } = JSON.parse(readFileSync(out, "utf8"));
    expect(network.layers[0].kind).toBe("input");
    const stored = [...model.state.variables.get("params/dense1/w")!.data];
    expect(weights["params/dense1/w"]).toEqual({ dtype: "float32", shape: [4, 4], data: stored });
  });

  it.each([
    [["--format", "jss", "--out", at("x")], 2, /Unknown format "jss". Did you mean "js"\?/],
    [["--out", at("x")], 2, /--format <name>' not specified/],
    [["--format", "js", "--out", at("x.ts")], 2, /ends in \.js or \.mjs/],
    [["--format", "json", "--out", join(folder, "no", "x.json")], 1, /no such file or folder/],
  ])("refuses %j", async (flags, exit, message) => {
    const { code, stderr } = await neurite("export", at("iris"), ...flags);
    expect(stderr).toMatch(message);
    expect(code).toBe(exit);
    expect(existsSync(at("x"))).toBe(false);
  });

  it("replaces no file unasked, and tells sizes as JSON", async () => {
    const out = at("twice.json");
    const args = ["export", at("iris"), "--format", "json", "--out", out];
    await neurite(...args);
    expect(await neurite(...args)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("replace it with --overwrite"),
    });
    const { stdout } = await neurite(...args, "--overwrite", "--json");
    expect(JSON.parse(stdout)).toEqual({
      event: "export",
      format: "json",
      files: [{ path: out, bytes: readFileSync(out).length }],
    });
  });

  it("says that a folder holds no run", async () => {
    const said = await neurite("export", at("nowhere"), "--format", "js");
    expect(said).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("there is no run here"),
    });
  });
});
