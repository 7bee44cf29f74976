import { describe, expect, it } from "vitest";
import { fromData, type Tensor, tensor } from "../../index.ts";
import {
  activation,
  addLayer,
  connect,
  conv2d,
  dense,
  dropout,
  flatten,
  gru,
  input,
  inputLayer,
  lstm,
  maxout,
  maxPool2d,
  network,
  prelu,
  simpleRnn,
} from "../../nn/index.ts";
import { key, normal, uniform } from "../../tensor/random.ts";
import { functionalModel, type Model, sequential } from "../../train/index.ts";
import { backpropagationOf } from "./backpropagation.ts";

const F64 = { dtype: "float64" } as const;
const numbers = (t: Tensor | null | undefined) => Array.from(t!.data);
const layerOf = (found: ReturnType<typeof backpropagationOf>, name: string) =>
  found.layers.find((layer) => layer.name === name)!;

describe("backpropagationOf Mazur's network", () => {
  const model = sequential([
    inputLayer([2]),
    dense(2, { activation: "sigmoid" }),
    dense(2, { activation: "sigmoid" }),
  ])
    .with(F64)
    .compile({ loss: "quadratic", optimizer: "sgd" });
  const set = (name: string, w: number[][], b: number) => {
    model.layer(name)["w"]!.assign(tensor(w, F64.dtype));
    model.layer(name)["b"]!.assign(tensor([b, b], F64.dtype));
  };
  set(
    "dense1",
    [
      [0.15, 0.25],
      [0.2, 0.3],
    ],
    0.35,
  );
  set(
    "dense2",
    [
      [0.4, 0.5],
      [0.45, 0.55],
    ],
    0.6,
  );
  const found = backpropagationOf(model, [[0.05, 0.1]], [[0.01, 0.99]]);
  const [hidden, output] = [layerOf(found, "dense1"), layerOf(found, "dense2")];

  it("gives the book's net inputs, activations and cost", () => {
    expect(found.cost).toBeCloseTo(0.2983711088, 9);
    expect(numbers(hidden.z)).toEqual([0.3775, 0.3925].map((z) => expect.closeTo(z, 12)));
    expect(numbers(output.z).map((z) => z.toFixed(10))).toEqual(["1.1059059671", "1.2249214041"]);
    expect(numbers(hidden.a).map((a) => a.toFixed(10))).toEqual(["0.5932699921", "0.5968843783"]);
    expect(output.activation!.name).toBe("sigmoid");
  });

  it("gives the book's deltas and gradients", () => {
    const shown = (t: Tensor | null | undefined) => numbers(t).map((x) => x.toFixed(10));
    expect(shown(output.delta)).toEqual(["0.1384985616", "-0.0380982365"]);
    expect(shown(hidden.delta)).toEqual(["0.0087713547", "0.0099542547"]);
    expect(shown(output.gradients.get("w"))).toEqual([
      "0.0821670406", // w5
      "-0.0226025405", // w7
      "0.0826676278", // w6
      "-0.0227402422", // w8
    ]);
    expect(shown(hidden.gradients.get("b"))).toEqual(shown(hidden.delta));
  });

  it("gives each example the delta of its own loss, and the gradient of the mean", () => {
    const two = backpropagationOf(
      model,
      [
        [0.05, 0.1],
        [0.05, 0.1],
      ],
      [
        [0.01, 0.99],
        [0.01, 0.99],
      ],
    );
    const deltas = numbers(layerOf(two, "dense2").delta);
    expect(deltas.slice(0, 2)).toEqual(numbers(output.delta));
    expect(deltas.slice(2)).toEqual(numbers(output.delta));
    expect(numbers(layerOf(two, "dense1").gradients.get("b"))).toEqual(
      numbers(hidden.gradients.get("b")).map((x) => expect.closeTo(x, 15)),
    );
  });
});

/** dC/dp by evaluate() alone: central differences, parameter by parameter. */
async function differences(model: Model, path: string, x: never, y: never): Promise<number[]> {
  const variable = model.instance.params.variables.get(path)!;
  const start = Float64Array.from(variable.data);
  const h = 1e-5;
  const costAt = async (i: number, step: number) => {
    const moved = start.with(i, start[i]! + step);
    variable.assign(fromData(moved, variable.shape as number[], "float64"));
    return (await model.evaluate(x, y)).loss;
  };
  const found: number[] = [];
  for (let i = 0; i < start.length; i++) {
    found.push(((await costAt(i, h)) - (await costAt(i, -h))) / (2 * h));
  }
  variable.assign(fromData(start, variable.shape as number[], "float64"));
  return found;
}

/** The sum of delta over all axes but the last, mean over the examples: dC/db, where z = ... + b. */
function summed({ delta }: { readonly delta: Tensor | null }): number[] {
  const units = delta!.shape.at(-1)!;
  const sums = new Array<number>(units).fill(0);
  numbers(delta).forEach((x, i) => {
    sums[i % units]! += x / delta!.shape[0]!;
  });
  return sums;
}

const close = (xs: readonly number[], places: number) => xs.map((x) => expect.closeTo(x, places));
const draw = (shape: number[]) => normal(key(5), shape, F64);

describe("backpropagationOf other models", () => {
  const loss = "logLikelihood";
  const compiled = (model: Model) => model.compile({ loss, optimizer: "sgd" });

  it("sees convolutions and pools", async () => {
    const model = compiled(
      sequential([
        inputLayer([6, 6, 1]),
        conv2d(3, 3, { activation: "tanh", biases: "normal" }),
        maxPool2d(2),
        flatten(),
        dropout(0.5),
        dense(2),
        activation("softmax"),
      ]).with(F64),
    );
    const x = uniform(key(1), [4, 6, 6, 1], F64);
    const y = tensor([0, 1, 1, 0], "int32");
    const found = backpropagationOf(model, x, y);
    const conv = layerOf(found, "conv2d1");
    expect(conv.z!.shape).toEqual([4, 4, 4, 3]);
    expect(numbers(conv.gradients.get("b"))).toEqual(close(summed(conv), 12));
    const measured = await differences(model, "conv2d1/w", x as never, y as never);
    expect(numbers(conv.gradients.get("w"))).toEqual(close(measured, 8));
    expect(layerOf(found, "maxPool2d1")).toMatchObject({ z: null, delta: null, activation: null });
    // delta of the softmax is a - y, whether the loss is computed of logits or not
    const last = layerOf(found, "activation1");
    expect(numbers(last.delta)[0]).toBeCloseTo(numbers(last.a)[0]! - 1, 12);
    expect(numbers(layerOf(found, "dense1").delta)).toEqual(close(numbers(last.delta), 12));
    expect(found.cost).toBeCloseTo((await model.evaluate(x, y)).loss, 12);
  });

  it.each([
    ["simpleRnn", simpleRnn(3)],
    ["lstm", lstm(3)],
    ["gru", gru(3)],
  ])("sees every step of a %s", async (name, layer) => {
    const model = compiled(
      sequential([inputLayer([4, 2]), layer, dense(2, { activation: "softmax" })]).with(F64),
    );
    const x = draw([3, 4, 2]);
    const y = tensor([0, 1, 0], "int32");
    const found = layerOf(backpropagationOf(model, x, y), `${name}1`);
    expect(found.z!.shape.slice(0, 2)).toEqual([3, 4]);
    expect(found.delta!.shape).toEqual(found.z!.shape);
    expect(numbers(found.gradients.get("b"))).toEqual(close(summed(found), 12));
    const measured = await differences(model, `${name}1/b`, x as never, y as never);
    expect(numbers(found.gradients.get("b"))).toEqual(close(measured, 8));
  });

  it("says which layers give no function of z alone", () => {
    const model = compiled(
      sequential([inputLayer([2]), maxout(2), prelu(), dense(2, { activation: "softmax" })]).with(
        F64,
      ),
    );
    const found = backpropagationOf(model, draw([3, 2]), tensor([0, 1, 0], "int32"));
    expect(layerOf(found, "maxout1")).toMatchObject({ activation: null });
    expect(layerOf(found, "maxout1").z!.shape).toEqual([3, 4]);
    expect(numbers(layerOf(found, "maxout1").gradients.get("b"))).toEqual(
      close(summed(layerOf(found, "maxout1")), 12),
    );
    expect(layerOf(found, "prelu1").activation).toBe(null);
  });

  it("takes the delta of a branch by that branch alone", () => {
    const start = input([2]);
    const straight = connect(dense(2, { name: "first" }), start);
    const bent = connect(activation("tanh", { name: "bend" }), straight);
    const sum = connect(addLayer(), straight, bent);
    const model = functionalModel(network([start], [sum]), F64);
    model.compile({ loss: "quadratic", optimizer: "sgd" });
    const found = backpropagationOf(model, draw([1, 2]), [[0, 0]]);
    const [z, out] = [numbers(layerOf(found, "first").z), numbers(layerOf(found, "add1").a)];
    const slopes = z.map((at) => 1 - Math.tanh(at) ** 2);
    expect(numbers(layerOf(found, "bend").delta)).toEqual(
      close(
        out.map((e, i) => e * slopes[i]!),
        14,
      ),
    );
    expect(numbers(layerOf(found, "first").delta)).toEqual(
      close(
        out.map((e, i) => e * (1 + slopes[i]!)),
        14,
      ),
    );
  });

  it("changes nothing of the model, and refuses what does not fit", () => {
    const model = compiled(
      sequential([inputLayer([2]), dense(2, { activation: "softmax" })]).with(F64),
    );
    const before = numbers(model.layer("dense1")["w"]!.read());
    backpropagationOf(model, draw([3, 2]), tensor([0, 1, 0], "int32"));
    expect(numbers(model.layer("dense1")["w"]!.read())).toEqual(before);
    expect(model.instance.step.item()).toBe(0);
    expect(() => backpropagationOf(model, draw([3, 3]), [0, 1, 0])).toThrow(/shape \[batch, 2\]/);
    expect(() => backpropagationOf(model, draw([3, 2]), [0, 1])).toThrow("backpropagationOf");
    expect(() => backpropagationOf({} as never, [], [])).toThrow("expected model to be a model");
    const bare = sequential([inputLayer([2]), dense(2)]);
    expect(() => backpropagationOf(bare, [[1, 2]], [0])).toThrow("call compile() first");
  });
});
