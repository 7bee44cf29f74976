// neurite summary and predict on ONNX files: what they print, and what they refuse.

import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeOnnx, type OnnxFields } from "neurite/onnx";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";

let folder = "";
const at = (name: string) => join(folder, name);

const port = (name: string, wide: number) => {
  const dim = [
    { value: { case: "dimParam" as const, value: "batch" } },
    { value: { case: "dimValue" as const, value: BigInt(wide) } },
  ];
  return {
    name,
    type: { value: { case: "tensorType" as const, value: { elemType: 1, shape: { dim } } } },
  };
};

const weight = { name: "w", dims: [2n, 1n], dataType: 1 };
const model = (w: object): Uint8Array =>
  encodeOnnx({
    irVersion: 10n,
    producerName: "hand",
    opsetImport: [{ domain: "", version: 21n }],
    graph: {
      name: "line",
      node: [{ opType: "MatMul", input: ["x", "w"], output: ["y"] }],
      initializer: [w],
      input: [port("x", 2)],
      output: [port("y", 1)],
    },
  } as OnnxFields);
const away = (location: string) => ({
  ...weight,
  dataLocation: 1,
  externalData: [{ key: "location", value: location }],
});

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "onnx-"));
  const weights = new Uint8Array(Float32Array.of(3, 4).buffer);
  writeFileSync(at("line.onnx"), model({ ...weight, floatData: [3, 4] }));
  writeFileSync(at("away.onnx"), model(away("w.bin")));
  writeFileSync(at("link.onnx"), model(away("link.bin")));
  writeFileSync(at("up.onnx"), model(away("../w.bin")));
  writeFileSync(at("w.bin"), weights);
  writeFileSync(at("bad.onnx"), "no model");
  writeFileSync(
    at("x.json"),
    JSON.stringify({
      x: [
        [1, 2],
        [0, 1],
      ],
    }),
  );
  symlinkSync("/etc/hostname", at("link.bin"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("summary", () => {
  it("tells inputs, outputs, ops and weights", async () => {
    const { stdout, code } = await neurite("summary", at("line.onnx"));
    expect(code).toBe(0);
    expect(stdout).toContain("line, made by hand, opset 21");
    expect(stdout).toContain("in   x  float32 [batch, 2]");
    expect(stdout).toContain("out  y  float32 [batch, 1]");
    expect(stdout).toMatch(/ops {2}MatMul\n\n2 numbers in 1 weights\n {2}w {2}\[2, 1\]/);
  });

  it("shows the graph", async () => {
    expect((await neurite("summary", at("line.onnx"), "--graph")).stdout).toContain("matmul");
    expect((await neurite("summary", at("line.onnx"), "--code")).stderr).toContain(
      "only --graph and --dot",
    );
  });
});

describe("predict", () => {
  it.each([
    ["numbers", ["1,2"], { y: [[11]] }],
    ["several examples of numbers", ["1 2 0 1"], { y: [[11], [4]] }],
    ["an input by its name", ["x=[[1, 2], [0, 1]]"], { y: [[11], [4]] }],
  ])("takes %s", async (_, sources, outputs) => {
    const { stdout } = await neurite("predict", at("line.onnx"), ...sources, "--json");
    expect(JSON.parse(stdout)).toEqual({ event: "prediction", outputs });
  });

  it("takes a JSON file, and weights in a file beside the model", async () => {
    const { stdout } = await neurite("predict", at("away.onnx"), at("x.json"));
    expect(stdout).toContain("y  float32 [2, 1]");
    expect(stdout).toContain("11");
  });

  it.each([
    ["line.onnx", ["1,2,3"], "3 numbers do not fill x  float32 [batch, 2]"],
    ["line.onnx", ["z=1"], 'there is no input "z"'],
    ["line.onnx", ["a,b"], "are no numbers"],
    ["line.onnx", ["x=[1"], "expected JSON"],
    ["bad.onnx", ["1,2"], "ONNX"],
    ["up.onnx", ["1,2"], "within the model's folder"],
    ["link.onnx", ["1,2"], "lies outside the folder"],
    ["none.onnx", ["1,2"], "none.onnx"],
  ])("refuses %s %j", async (name, sources, says) => {
    const { code, stderr } = await neurite("predict", at(name), ...sources);
    expect(code).not.toBe(0);
    expect(stderr).toContain(says);
  });
});
