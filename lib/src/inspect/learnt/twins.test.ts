import { describe, expect, it } from "vitest";
import { conv2d, dense, flatten, inputLayer, maxPool2d } from "../../nn/layers/index.ts";
import { sequential } from "../../train/model/sequential.ts";
import { twinsOf } from "./twins.ts";

const x = Array.from({ length: 20 }, (_, i) => [Math.sin(3 * i), Math.cos(5 * i)]);
const y = x.map(([a, b]) => [a! * b! > 0 ? 1 : 0]);

function net(units: number, activation: "tanh" | "relu", dtype: "float32" | "float64" = "float64") {
  return sequential([
    inputLayer([2]),
    dense(units, { activation, biases: { name: "uniform", low: -1, high: 1 } }),
    dense(1, { activation: "sigmoid" }),
  ])
    .with({ dtype })
    .compile({ loss: "binaryCrossentropy", optimizer: "sgd" });
}

describe("twinsOf", () => {
  it("finds 3! * 2^3 = 48 equal twins of a 2-3-1 net of tanh", () => {
    const found = twinsOf(net(3, "tanh"), x, y, { layer: "dense1" });
    expect(found).toMatchObject({ units: 3, hasSigns: true, count: 48, isComplete: true });
    expect(found.digits).toBeCloseTo(Math.log10(48), 12);
    expect(found.losses).toHaveLength(48);
    expect(found.difference).toBeLessThan(1e-15);
    // They are other points all the same.
    expect(found.farthest).toBeGreaterThan(0.5);
  });

  it("finds the twin of a single unit at the other side of zero", () => {
    const model = net(1, "tanh");
    const found = twinsOf(model, x, y, { layer: "dense1" });
    expect(found).toMatchObject({ count: 2, isComplete: true });
    const { w, b } = model.layer("dense1");
    const turned = [...w!.data, ...b!.data, ...model.layer("dense2")["w"]!.data];
    expect(found.farthest).toBeCloseTo(2 * Math.hypot(...turned), 12);
    expect(found.difference).toBeLessThan(1e-15);
  });

  it("turns no signs of ReLUs, and draws of more twins than are asked for", () => {
    const few = twinsOf(net(3, "relu"), x, y, { layer: "dense1" });
    expect(few).toMatchObject({ hasSigns: false, count: 6, isComplete: true });
    expect(few.losses).toHaveLength(6);
    expect(few.difference).toBeLessThan(1e-15);
    const many = twinsOf(net(200, "tanh"), x, y, { layer: "dense1", most: 4, seed: 3 });
    expect(many).toMatchObject({ count: Number.POSITIVE_INFINITY, isComplete: false });
    expect(many.digits).toBeCloseTo(374.8969 + 60.206, 3);
    expect(many.losses).toHaveLength(4);
    expect(many.difference).toBeLessThan(1e-14);
  });

  it("changes filters about through pooling and flatten", () => {
    const model = sequential([
      inputLayer([6, 6, 1]),
      conv2d(3, 3, { activation: "tanh" }),
      maxPool2d(),
      flatten(),
      dense(2, { activation: "softmax" }),
    ])
      .with({ dtype: "float64" })
      .compile({ loss: "sparseCategoricalCrossentropy", optimizer: "sgd" });
    const pictures = {
      dtype: "float64",
      shape: [4, 6, 6, 1],
      data: Float64Array.from({ length: 144 }, (_, i) => Math.sin(i * i)),
    } as const;
    const labels = { dtype: "int32", shape: [4], data: Int32Array.from([0, 1, 1, 0]) } as const;
    const found = twinsOf(model, pictures, labels, { layer: "conv2d1" });
    // The largest of -z is not minus the largest of z: signs stay.
    expect(found).toMatchObject({ units: 3, hasSigns: false, count: 6 });
    expect(found.difference).toBeLessThan(1e-15);
    expect(found.farthest).toBeGreaterThan(0.5);
  });

  it("tells what it cannot serve in a sentence", () => {
    const model = net(3, "tanh");
    expect(() => twinsOf(model, x, y, { layer: "dense2" })).toThrow("expected a hidden layer");
    const raw = sequential([inputLayer([2]), dense(2), dense(1)]);
    expect(() => twinsOf(raw, x, y, { layer: "dense1" })).toThrow("call compile() first");
    const grouped = sequential([
      inputLayer([4, 4, 2]),
      conv2d(2, 3, { groups: 2 }),
      flatten(),
      dense(1),
    ]);
    expect(() => twinsOf(grouped, x, y, { layer: "conv2d1" })).toThrow("stay in their groups");
    expect(() => twinsOf(grouped, x, y, { layer: "flatten1" })).toThrow(
      'expected a dense or conv2d layer, received "flatten1", a flatten layer',
    );
  });
});
