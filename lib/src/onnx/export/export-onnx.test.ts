// ONNX files as they are written: nodes, names, shapes, defaults; scripts/onnx-check.mjs runs them elsewhere.

import { describe, expect, it } from "vitest";
import { variable, zeros } from "../../index.ts";
import {
  batchNormalization,
  bidirectional,
  conv2d,
  dense,
  flatten,
  gru,
  lstm,
  maxPool2d,
  simpleRnn,
} from "../../nn/index.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { type Model, sequential } from "../../train/index.ts";
import { decodeOnnx } from "../schema/file.ts";
import type { GraphProto, ModelProto, TensorProto } from "../schema/generated/onnx_pb.ts";
import { onnxCases } from "./cases.testing.ts";
import { exportOnnx } from "./export-onnx.ts";

const graphOf = (bytes: Uint8Array): GraphProto => decodeOnnx(bytes).graph!;
const opsOf = ({ node }: GraphProto): string[] => node.map(({ opType }) => opType);
const dimsOf = ({ type }: GraphProto["input"][number]): (string | number)[] => {
  const { value } = type!;
  if (value.case !== "tensorType") throw new Error("expected a tensor");
  return value.value.shape!.dim.map(({ value: dim }) =>
    dim.case === "dimParam" ? dim.value : Number(dim.value),
  );
};
const knownIn = (graph: GraphProto, name: string): TensorProto =>
  graph.initializer.find((tensor) => tensor.name === name)!;
const floatsOf = ({ rawData }: TensorProto): number[] => [
  ...new Float32Array(rawData.slice().buffer),
];
const built = (model: Model): Model => {
  model.instance;
  return model;
};

const convNet = () =>
  built(
    sequential(
      [8, 8, 1],
      conv2d(4, 3, { activation: "relu" }),
      maxPool2d(2),
      batchNormalization(),
      flatten(),
      dense(3, { activation: "softmax" }),
    ),
  );

describe("a model", () => {
  it("is the layers that readers know, with axes exchanged at the ends of a chain only", () => {
    const graph = graphOf(exportOnnx(convNet()));
    expect(opsOf(graph)).toEqual([
      "Transpose",
      "Conv",
      "Relu",
      "MaxPool",
      "BatchNormalization",
      "Transpose",
      "Reshape",
      "Gemm",
      "Softmax",
    ]);
    expect(graph.node.map(({ name }) => name)).toContain("conv2d1/Conv");
    expect(graph.node[1]!.input.slice(1)).toEqual(["conv2d1/w", "conv2d1/b"]);
  });

  it("takes batches of any size, or of one", () => {
    const open = graphOf(exportOnnx(convNet()));
    expect(dimsOf(open.input[0]!)).toEqual(["batch", 8, 8, 1]);
    expect(dimsOf(open.output[0]!)).toEqual(["batch", 3]);
    const one = graphOf(exportOnnx(convNet(), { batch: 1 }));
    expect(dimsOf(one.input[0]!)).toEqual([1, 8, 8, 1]);
    expect(dimsOf(one.output[0]!)).toEqual([1, 3]);
  });

  it("says opset, version and names; its weights keep theirs", () => {
    const model = convNet();
    const metadata = { classes: "a,b,c" };
    const options = { name: "net", inputNames: ["image"], outputNames: ["which"], metadata };
    const file: ModelProto = decodeOnnx(exportOnnx(model, options));
    expect([file.irVersion, file.opsetImport[0]!.version]).toEqual([10n, 21n]);
    expect(file.metadataProps.map(({ key, value }) => [key, value])).toEqual([
      ["classes", "a,b,c"],
    ]);
    const graph = file.graph!;
    expect([graph.name, graph.input[0]!.name, graph.output[0]!.name]).toEqual([
      "net",
      "image",
      "which",
    ]);
    const kernel = knownIn(graph, "conv2d1/w");
    expect(kernel.dims).toEqual([4n, 1n, 3n, 3n]);
    // Ours is [height, width, in, out].
    const ours = [...model.layer("conv2d1")["w"]!.data];
    expect(floatsOf(kernel).slice(0, 9)).toEqual(Array.from({ length: 9 }, (_, i) => ours[i * 4]));
    expect(floatsOf(knownIn(graph, "dense1/w"))).toEqual([...model.layer("dense1")["w"]!.data]);
  });

  it("gives the same bytes again", () => {
    const model = convNet();
    expect(exportOnnx(model)).toEqual(exportOnnx(model));
  });

  it("has recurrent layers as one node each, gates in the order of ONNX", () => {
    const layers = [
      lstm(2, { returnSequences: true, goBackwards: true }),
      gru(3, { returnSequences: true }),
      simpleRnn(2),
    ];
    const model = built(sequential([5, 3], ...(layers as [(typeof layers)[0]])));
    const graph = graphOf(exportOnnx(model));
    const ops = opsOf(graph);
    expect(ops.filter((op) => ["LSTM", "GRU", "RNN", "Scan"].includes(op))).toEqual([
      "LSTM",
      "GRU",
      "RNN",
    ]);
    // b is 0, 1, 0, 0 for i, f, c, o at first; ONNX has i, o, f, c, and as much for the state.
    const bias = [0, 0, 0, 0, 1, 1, 0, 0, ...new Array(8).fill(0)];
    expect(floatsOf(knownIn(graph, "lstm1/b"))).toEqual(bias);
    expect(knownIn(graph, "gru1/wRecurrent").dims).toEqual([1n, 9n, 3n]);
  });

  it("finds layers that others hold, and writes those as loops that ONNX has not", () => {
    const held = built(sequential([5, 3], bidirectional(lstm(2))));
    expect(opsOf(graphOf(exportOnnx(held))).filter((op) => op === "LSTM")).toHaveLength(2);
    const own = built(sequential([5, 3], lstm(2, { activation: "elu" })));
    expect(opsOf(graphOf(exportOnnx(own)))).toContain("Scan");
  });

  it("is a whole training step on request: variables go in with defaults, and come out", () => {
    const model = sequential([4], dense(2));
    model.compile({ loss: "mse", optimizer: { name: "sgd", learningRate: 0.1, momentum: 0.9 } });
    const graph = graphOf(exportOnnx(model, { step: { x: zeros([6, 4]), y: zeros([6, 2]) } }));
    const inputs = graph.input.map(({ name }) => name);
    expect(inputs.slice(0, 2)).toEqual(["input", "target"]);
    expect(inputs).toEqual(expect.arrayContaining(["dense1/w", "dense1/b", "step"]));
    const outputs = graph.output.map(({ name }) => name);
    expect(outputs.slice(0, 2)).toEqual(["loss", "dense1"]);
    for (const name of inputs.slice(2)) {
      expect(outputs).toContain(`${name}/next`);
      expect(knownIn(graph, name)).toBeDefined();
    }
  });
});

describe("a function", () => {
  it("compiled or not, with the variables that it reads", () => {
    const w = variable([1, 2, 3], { name: "w" });
    const f = (x: Tensor) => x.mul(w).sum(-1);
    const args: [Tensor] = [zeros([2, 3])];
    expect(exportOnnx(compile(f), { args })).toEqual(exportOnnx(f, { args }));
    const graph = graphOf(exportOnnx(f, { args, batch: "dynamic" }));
    expect(opsOf(graph)).toEqual(["Mul", "ReduceSum"]);
    expect(floatsOf(knownIn(graph, "w"))).toEqual([1, 2, 3]);
    expect(dimsOf(graph.output[0]!)).toEqual(["batch"]);
  });

  it("may use the number of examples", () => {
    const f = (x: Tensor) => x.add(zeros([x.shape[0]!, 2])).reshape([2, -1]);
    const graph = graphOf(exportOnnx(f, { args: [zeros([4, 2])], batch: "dynamic" }));
    expect(dimsOf(graph.output[0]!)).toEqual([2, "batch"]);
  });
});

describe("refuses in a sentence", () => {
  const args: [Tensor] = [zeros([4, 2])];
  it.each<[what: string, run: () => unknown, says: RegExp]>([
    ["no model", () => exportOnnx("net" as never), /expected a model, or a function/],
    ["no arguments", () => exportOnnx((() => 1) as never), /expected \{ args \}/],
    ["another option", () => exportOnnx(convNet(), { batchSize: 2 } as never), /"batchSize"/],
    ["a wrong batch", () => exportOnnx(convNet(), { batch: 0 }), /batch to be a whole number/],
    [
      "too many names",
      () => exportOnnx(convNet(), { inputNames: ["a", "b"] }),
      /inputNames: expected 1 names, received 2/,
    ],
    [
      "a step without a loss",
      () => exportOnnx(convNet(), { step: { x: args[0]!, y: args[0]! } }),
      /call compile/,
    ],
    ["a function of nothing", () => exportOnnx(() => {}, { args: [] }), /returned no tensor/],
    [
      "what depends on the batch",
      () => exportOnnx((x: Tensor) => x.mean(0), { args, batch: "dynamic" }),
      /depends on the number of examples .*a constant in it differs/,
    ],
  ])("%s", (_, run, says) => {
    expect(run).toThrow(says);
  });
});

it("every op on all its samples is a graph in which each name is given once, before it is read", async () => {
  let files = 0;
  const refusals = new Set<string>();
  for await (const made of onnxCases((name) => !/^(model|step)/.test(name))) {
    if ("refusal" in made) {
      refusals.add(made.refusal);
      continue;
    }
    files += 1;
    const graph = graphOf(made.bytes);
    expectSound(graph, new Set(), made.name);
    expect(graph.output.map(({ name }) => name)).toEqual(made.outputs.map(({ name }) => name));
  }
  expect(files).toBeGreaterThan(500);
  expect([...refusals].sort()).toEqual([
    "exportOnnx: ONNX has no convolution of int32: cast to a float before it",
    "exportOnnx: ONNX has no convolution of uint8: cast to a float before it",
  ]);
});

function expectSound(graph: GraphProto, around: ReadonlySet<string>, what: string): void {
  const given = new Set(around);
  const give = (name: string): void => {
    expect(given.has(name), `${what}: ${name} given twice`).toBe(false);
    given.add(name);
  };
  const inputs = new Set(graph.input.map(({ name }) => name));
  for (const name of inputs) give(name);
  for (const { name } of graph.initializer) if (!inputs.has(name)) give(name);
  for (const node of graph.node) {
    for (const name of node.input) {
      if (name !== "") expect(given.has(name), `${what}: ${node.name} reads ${name}`).toBe(true);
    }
    for (const { g } of node.attribute) if (g) expectSound(g, given, what);
    for (const name of node.output) if (name !== "") give(name);
  }
  for (const { name } of graph.output) expect(given.has(name), `${what}: no ${name}`).toBe(true);
}
