// An ONNX model as a layer: frozen, trained on, and saved with the layers around it.

import "../../tensor/methods.ts";
import { describe, expect, it } from "vitest";
import { tensor } from "../../index.ts";
import { connect, dense, input, network } from "../../nn/index.ts";
import {
  figureOf,
  functionalModel,
  loadWeights,
  type Model,
  saveModel,
  sequential,
} from "../../train/index.ts";
import { exportOnnx } from "../export/export-onnx.ts";
import { importOnnx } from "./import.ts";
import { onnxLayer } from "./layer.ts";
import { initializer, modelOf, node, port } from "./models.testing.ts";

/** tanh(norm(x) w + b), with names as exporters write them. */
const body = () =>
  importOnnx(
    modelOf({
      node: [
        node("BatchNormalization", ["x", "gain", "shift", "mean", "var"], ["n"]),
        node("Gemm", ["n", "enc/w", "enc/w.b"], ["h"]),
        node("Tanh", ["h"], ["y"]),
      ],
      initializer: [
        ...["gain", "var"].map((name) => initializer(name, [2], [1, 4])),
        ...["shift", "mean"].map((name) => initializer(name, [2], [0.5, -0.5])),
        initializer("enc/w", [2, 3], [1, -2, 3, 0.4, 0.5, -0.6]),
        initializer("enc/w.b", [3], [0.1, 0.2, 0.3]),
      ],
      input: [port("x", ["batch", 2])],
      output: [port("y", ["batch", 3])],
    }),
  );
const X = tensor([
  [0.1, 0.7],
  [-1, 0.3],
  [0.4, -0.9],
  [0, 1],
]);
const Y = tensor([[1], [0], [1], [0]]);

const withHead = (trainable?: boolean): Model => {
  const own = sequential(
    [2],
    onnxLayer(body(), { name: "body", ...(trainable !== undefined && { trainable }) }),
    dense(1, { activation: "sigmoid" }),
  );
  own.compile({ loss: "binaryCrossentropy", optimizer: { name: "adam", learningRate: 0.05 } });
  return own;
};
const weightsIn = (own: Model, part: string) =>
  Object.fromEntries(
    [...own.state.variables].flatMap(([name, { data }]) =>
      name.includes(`${part}/body/`) ? [[name.split("/body/")[1]!, [...data]]] : [],
    ),
  );

it("gives what the file gives, and names its weights as the file does", async () => {
  const own = sequential([2], onnxLayer(body()));
  expect((await own.predict(X)).data).toEqual(body().run({ x: X })["y"]!.data);
  expect(own.network.outputShapes).toEqual([[3]]);
  expect(own.summary()).toMatch(/onnx1 .*3.* 13/);
});

it("trains its weights with the head, or keeps them, and its averages always", async () => {
  for (const trainable of [true, false]) {
    const own = withHead(trainable);
    const before = [weightsIn(own, "params"), weightsIn(own, "state")];
    expect(Object.keys(before[0]!).sort()).toEqual(["enc/w", "enc/w.b", "gain", "shift"]);
    expect(Object.keys(before[1]!).sort()).toEqual(["mean", "var"]);
    const losses = figureOf(await own.fit(X, Y, { epochs: 20, batchSize: 4 }), "loss");
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
    const after = [weightsIn(own, "params"), weightsIn(own, "state")];
    expect(after[1]).toEqual(before[1]);
    if (trainable) expect(after[0]).not.toEqual(before[0]);
    else expect(after[0]).toEqual(before[0]);
  }
});

it("is saved with the layers around it, and written whole as an ONNX file", async () => {
  const own = withHead();
  await own.fit(X, Y, { epochs: 3, batchSize: 2 });
  const expected = (await own.predict(X)).data;
  const again = withHead();
  loadWeights(again, saveModel(own));
  expect((await again.predict(X)).data).toEqual(expected);
  const file = importOnnx(exportOnnx(own));
  const [written] = Object.values(file.run({ [file.inputs[0]!.name]: X }));
  written!.data.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
  expect(Object.keys(file.weights)).toContain("body/enc/w");
});

describe("a model of several inputs, in whole numbers", () => {
  const words = () =>
    importOnnx(
      modelOf({
        node: [
          node("Gather", ["table", "ids"], ["rows"]),
          node("Mul", ["rows", "mask"], ["y"]),
          node("Neg", ["y"], ["z"]),
        ],
        initializer: [initializer("table", [3, 2], [1, 2, 3, 4, 5, 6])],
        input: [port("ids", ["batch", "steps"], 7), port("mask", ["batch", "steps", 1])],
        output: [port("y", ["batch", "steps", 2]), port("z", ["batch", "steps", 2])],
      }),
    );

  it("reads them by connect()", async () => {
    const [ids, mask] = [input([2]), input([2, 1])];
    const layer = onnxLayer(words(), { output: "z" });
    const own = functionalModel(network([ids, mask], [connect(layer, ids, mask)]));
    const [y] = await own.predictAll([
      tensor([[2, 0]]).cast("float32"),
      tensor([[[1], [0]]]).cast("float32"),
    ]);
    expect(y!.toArray()).toEqual([
      [
        [-5, -6],
        [-0, -0],
      ],
    ]);
  });

  it("refuses what does not fit, in a sentence", () => {
    expect(() => onnxLayer(words())).toThrow(/2 outputs \(y, z\): choose one/);
    expect(() => onnxLayer(words(), { output: "x" })).toThrow(/Unknown output "x"/);
    expect(() => onnxLayer({} as never)).toThrow(/expected a model, as importOnnx\(\) gives it/);
    expect(() => connect(onnxLayer(body()), input([3]))).toThrow(
      /input "x" is \[batch, 2\], received/,
    );
    expect(() => onnxLayer(body(), { outputs: "y" } as never)).toThrow(/Did you mean "output"/);
  });
});

it("refuses models whose batch is no longer in front, and networks of another type", () => {
  const turned = importOnnx(
    modelOf({
      node: [node("Transpose", ["x"], ["y"])],
      input: [port("x", ["batch", 3])],
      output: [port("y", null)],
    }),
  );
  expect(() => connect(onnxLayer(turned), input([3]))).toThrow(/keep the batch in front, received/);
  const x = input([2]);
  const net = network([x], [connect(onnxLayer(body()), x)]);
  expect(() => functionalModel(net, { dtype: "float64" }).state).toThrow(/the network is float64/);
});
