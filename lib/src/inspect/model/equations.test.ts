import { describe, expect, it } from "vitest";
import type { Tensor } from "../../index.ts";
import {
  activation,
  conv2d,
  dense,
  dropout,
  flatten,
  inputLayer,
  rescaling,
} from "../../nn/index.ts";
import type { LossSpec } from "../../nn/losses/index.ts";
import { tensor } from "../../tensor/create.ts";
import { key, normal, uniform } from "../../tensor/random.ts";
import { sequential } from "../../train/index.ts";
import { backpropagationOf } from "./backpropagation.ts";
import { equationsOf } from "./equations.ts";
import { deviationOf, partialDerivativesOf } from "./partial-derivatives.ts";

const F64 = { dtype: "float64" } as const;
const numbers = (t: Tensor | null | undefined) => Array.from(t!.data);
const x = normal(key(1), [6, 4], F64);
const shares = uniform(key(2), [6, 3], F64);
const labels = tensor([0, 2, 1, 1, 0, 2], "int32");

/** 4-5-3-units, the hidden layers of one activation. */
function net(hidden: string, output: string, loss: LossSpec, units = 3) {
  const layers = [5, 3].map((n) => dense(n, { activation: hidden as "tanh", biases: "normal" }));
  const last = dense(units, { activation: output as "tanh", biases: "normal" });
  return sequential([inputLayer([4]), ...layers, last])
    .with(F64)
    .compile({ loss, optimizer: "sgd" });
}

describe("equationsOf", () => {
  it.each([
    ["sigmoid", "sigmoid", "quadratic", shares, "slope of the loss * f'"],
    ["sigmoid", "sigmoid", "crossEntropy", shares, "a - y"],
    ["tanh", "sigmoid", "binaryCrossentropy", shares, "a - y"],
    ["relu", "linear", "meanSquaredError", shares, "slope of the loss * f'"],
    ["leakyRelu", "tanh", "huber", shares, "slope of the loss * f'"],
    ["elu", "softmax", "logLikelihood", labels, "a - y"],
    ["gelu", "softmax", "sparseCategoricalCrossentropy", labels, "a - y"],
    ["softplus", "softmax", "meanSquaredError", shares, "Jacobian of softmax"],
    [
      "silu",
      "linear",
      { name: "sparseCategoricalCrossentropy", fromLogits: true },
      labels,
      "slope of the loss * f'",
    ],
  ] as const)("equals autodiff: %s, %s, %j", (hidden, output, loss, y, rule) => {
    const model = net(hidden, output, loss as LossSpec);
    const equations = equationsOf(model, x, y as never);
    const found = backpropagationOf(model, x, y as never);
    expect(deviationOf(equations, found)).toBeLessThan(1e-12);
    expect(equations.map((layer) => layer.rule)).toEqual([
      "w^T delta * f'",
      "w^T delta * f'",
      rule,
    ]);
    equations.forEach(({ name, z, a }) => {
      const other = found.layers.find((layer) => layer.name === name)!;
      expect([numbers(z), numbers(a)]).toEqual([numbers(other.z), numbers(other.a)]);
    });
  });

  it("keeps the factors of BP2 apart: (w^(l+1))^T delta^(l+1) and f'(z^l)", () => {
    const [, second, third] = equationsOf(net("tanh", "sigmoid", "quadratic"), x, shares);
    const [w, above, z] = [numbers(third!.w), numbers(third!.delta), numbers(second!.z)];
    const sent = [0, 1, 2].map((j) =>
      [0, 1, 2].reduce((sum, k) => sum + w[j * 3 + k]! * above[k]!, 0),
    );
    expect(numbers(second!.fromAbove).slice(0, 3)).toEqual(sent.map((s) => expect.closeTo(s, 14)));
    const slopes = z.map((at) => expect.closeTo(1 - Math.tanh(at) ** 2, 14));
    expect(numbers(second!.slope)).toEqual(slopes);
  });

  it("reads layers that pass on what they get, and activations of their own", () => {
    const model = sequential([
      inputLayer([2, 2]),
      rescaling(0.5, { dtype: "float64" }),
      flatten(),
      dense(3),
      activation("tanh"),
      dropout(0.5),
      dense(1, { activation: "sigmoid", bias: false }),
    ])
      .with(F64)
      .compile({ loss: "crossEntropy", optimizer: "sgd" });
    const [pictures, y] = [uniform(key(3), [6, 2, 2], F64), tensor([1, 0, 1, 1, 0, 0], "int32")];
    const equations = equationsOf(model, pictures, y);
    expect(equations.map(({ name, activation: f }) => `${name} ${f.name}`)).toEqual([
      "dense1 tanh",
      "dense2 sigmoid",
    ]);
    expect(deviationOf(equations, backpropagationOf(model, pictures, y))).toBeLessThan(1e-12);
  });

  it("refuses other models in one sentence", () => {
    const conv = sequential([inputLayer([4, 4, 1]), conv2d(1, 2), flatten(), dense(2)]);
    conv.compile({ loss: "quadratic", optimizer: "sgd" });
    const pictures = uniform(key(3), [1, 4, 4, 1]);
    expect(() => equationsOf(conv, pictures, [[0, 0]])).toThrow(
      'equationsOf: BP1 to BP4 are written for chains of dense layers, and "conv2d1" is conv2d',
    );
    expect(() => equationsOf(net("tanh", "logSoftmax", "quadratic"), x, shares)).toThrow(
      'equationsOf: expected activations element by element, or softmax, and "dense3" has logSoftmax',
    );
    const choosing = sequential([inputLayer([4]), dense(3, { activation: "maxout" }), dense(2)]);
    choosing.compile({ loss: "quadratic", optimizer: "sgd" });
    expect(() => equationsOf(choosing, uniform(key(3), [1, 4]), [[0, 0]])).toThrow(
      'written for chains of dense layers, and "dense1" is maxout',
    );
    expect(() => equationsOf({} as never, x, shares)).toThrow("expected model to be a model");
  });
});

describe("partialDerivativesOf", () => {
  const equations = equationsOf(net("tanh", "sigmoid", "quadratic"), x, shares);
  const [, below, layer] = equations;
  const given = { example: 2, unit: 1, input: 0 };
  const partials = partialDerivativesOf(equations, 2, given);
  const row = (t: Tensor, width: number) => numbers(t).slice(2 * width, 3 * width);
  const times = (matrix: readonly (readonly number[])[], v: number[]) =>
    matrix.map((line) => line.reduce((sum, m, i) => sum + m * v[i]!, 0));
  const delta = row(layer!.delta, 3);

  it("gives I_i(a_j), which times delta is delta_i a_j", () => {
    const aj = row(layer!.aBelow, 3)[0]!;
    expect(partials.byWeight).toEqual([0, aj, 0]);
    expect(times([partials.byWeight], delta)[0]).toBe(delta[1]! * aj);
  });

  it("gives I, which times delta is delta", () => {
    expect(times(partials.byBias, delta)).toEqual(delta);
  });

  it("gives diag(f') W^T, which times delta is the error of the layer below", () => {
    const expected = row(below!.delta, 3).map((d) => expect.closeTo(d, 14));
    expect(times(partials.byNetInputBelow!, delta)).toEqual(expected);
    expect(times(partials.slopesBelow!, times(partials.weights, delta))).toEqual(expected);
    expect(partialDerivativesOf(equations, 0).byNetInputBelow).toBe(null);
  });

  it("has the logistic slopes of the book at z = (0, 2)", () => {
    const model = sequential([inputLayer([2]), dense(2, { activation: "sigmoid" }), dense(1)])
      .with(F64)
      .compile({ loss: "quadratic", optimizer: "sgd" });
    model.layer("dense1")["w"]!.assign(
      tensor(
        [
          [1, 0],
          [0, 1],
        ],
        "float64",
      ),
    );
    const { slopesBelow } = partialDerivativesOf(equationsOf(model, [[0, 2]], [[1]]), 1);
    expect(slopesBelow![0]).toEqual([0.25, 0]);
    expect(slopesBelow![1]![1]).toBeCloseTo(0.10499, 5);
  });

  it("refuses what is not there", () => {
    expect(() => partialDerivativesOf(equations, 3)).toThrow("layer to be from 0 to 2, received 3");
    expect(() => partialDerivativesOf(equations, 0, { unit: 5 })).toThrow("unit to be from 0 to 4");
    expect(() => partialDerivativesOf(equations, 0, { row: 5 } as never)).toThrow("no option");
  });
});
