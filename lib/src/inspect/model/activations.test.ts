import { describe, expect, test } from "vitest";
import { fromData, type Tensor, tensor } from "../../index.ts";
import {
  addLayer,
  connect,
  conv2d,
  dense,
  dropout,
  input,
  maxPool2d,
  network,
} from "../../nn/index.ts";
import { functionalModel, sequential } from "../../train/index.ts";
import { activationsOf } from "../index.ts";

function numbers(t: Tensor | undefined): number[] {
  return Array.from(t!.data);
}

describe("activationsOf a chain", () => {
  const model = sequential([3], dense(2, { activation: "relu" }), dropout(0.5), dense(1));
  model.layer("dense1")["w"]!.assign(
    tensor([
      [1, -1],
      [2, -2],
      [3, 1],
    ]),
  );
  model.layer("dense2")["w"]!.assign(tensor([[10], [100]]));
  const x = tensor([
    [1, 1, 1],
    [0, 1, 4],
  ]);

  test("gives every layer's output by name, with nothing dropped", () => {
    const found = activationsOf(model, x);
    expect([...found.keys()]).toEqual(["dense1", "dropout1", "dense2"]);
    expect(numbers(found.get("dense1"))).toEqual([6, 0, 14, 2]);
    expect(numbers(found.get("dropout1"))).toEqual([6, 0, 14, 2]);
    expect(numbers(found.get("dense2"))).toEqual([60, 340]);
  });

  test("ends with what predict says, and keeps no history", async () => {
    const last = activationsOf(model, x).get("dense2")!;
    expect(numbers(last)).toEqual(numbers(await model.predict(x)));
    expect(() => last.sum().backward()).toThrow(/depend/);
  });

  test("refuses what does not fit", () => {
    expect(() => activationsOf(model, tensor([[1, 2]]))).toThrow(
      /expected input of shape \[batch, 3\], received \[1, 2\]/,
    );
    expect(() => activationsOf(model, [x, x])).toThrow(
      /since the network has 1 input, received a list of 2/,
    );
    expect(() => activationsOf(model, fromData(new Float32Array(0), [0, 3]))).toThrow(
      /expected at least one example/,
    );
  });
});

test("activationsOf images: maps of each convolution and pool", () => {
  const model = sequential([4, 4, 1], conv2d(2, 3, { bias: false }), maxPool2d(2));
  const kernels = new Float32Array(18);
  kernels[0] = 1; // channel 0 takes the window's first pixel
  kernels[17] = -1; // channel 1 its last, negated
  model.layer("conv2d1")["w"]!.assign(fromData(kernels, [3, 3, 1, 2]));
  const image = Float32Array.from({ length: 16 }, (_, i) => i);
  const found = activationsOf(model, { dtype: "float32", shape: [1, 4, 4, 1], data: image });
  expect(found.get("conv2d1")!.shape).toEqual([1, 2, 2, 2]);
  expect(numbers(found.get("conv2d1"))).toEqual([0, -10, 1, -11, 4, -14, 5, -15]);
  expect(numbers(found.get("maxPool2d1"))).toEqual([5, -10]);
});

test("activationsOf a graph with branches and two inputs", () => {
  const [a, b] = [input([2]), input([2])];
  const left = connect(dense(2, { name: "left", bias: false }), a);
  const sum = connect(addLayer(), left, b);
  const model = functionalModel(network([a, b], [sum]));
  model.layer("left")["w"]!.assign(
    tensor([
      [1, 0],
      [0, 2],
    ]),
  );
  const found = activationsOf(model, [tensor([[3, 4]]), tensor([[10, 20]])]);
  expect([...found].map(([name, y]) => [name, numbers(y)])).toEqual([
    ["left", [3, 8]],
    ["add1", [13, 28]],
  ]);
  expect(() => activationsOf(model, tensor([[3, 4]]))).toThrow(
    /since the network has 2 inputs, received a Tensor/,
  );
});
