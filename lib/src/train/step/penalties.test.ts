// An elastic net beside Keras, and constraints in a step of training.

import { expect, it } from "vitest";
import "../../tensor/methods.ts";
import { dense, inputLayer } from "../../nn/layers/index.ts";
import { filled, KERAS, parametersOf, sampled } from "../golden.testing.ts";
import type { CompileModelOptions } from "../model/compile-options.ts";
import { sequential } from "../model/sequential.ts";

const X = sampled([5, 2], 0);
const Y = sampled([5, 3], 6);

async function trained(options: Partial<CompileModelOptions>, eager = false) {
  const model = sequential([inputLayer([2]), dense(3)]).with({ dtype: "float64" });
  filled(model.compile({ loss: "mse", optimizer: { name: "sgd", learningRate: 0.5 }, ...options }));
  await model.fit(X, Y, { shuffle: false, eager });
  return model;
}

it.each([false, true])("L1 and L2 together are Keras's L1L2, eager %s", async (eager) => {
  const model = await trained(
    {
      regularizer: [
        { kind: "l1", lambda: 0.01, convention: "keras" },
        { kind: "l2", lambda: 0.1, convention: "keras" },
      ],
    },
    eager,
  );
  parametersOf(model).forEach((value, i) => {
    expect(value).toBeCloseTo(KERAS["elasticWeights"][i], 6); // Keras's lambdas are float32
  });
});

it.each([false, true])(
  "a constraint holds the weights and leaves the biases, eager %s",
  async (eager) => {
    const free = await trained({}, eager);
    const held = await trained({ constraint: { kind: "nonNegative" } }, eager);
    const [w, b] = [free, held].map((model) => model.layer("dense1")) as [
      ReturnType<typeof free.layer>,
      ReturnType<typeof free.layer>,
    ];
    expect([...w["w"]!.data].some((value) => value < 0)).toBe(true);
    expect([...b["w"]!.data]).toEqual([...w["w"]!.data].map((value) => Math.max(value, 0)));
    expect([...b["b"]!.data]).toEqual([...w["b"]!.data]);
  },
);

it("what is none is refused", () => {
  const compile = (options: object) => () =>
    sequential([inputLayer([2]), dense(3)]).compile({ loss: "mse", optimizer: "sgd", ...options });
  expect(compile({ constraint: { kind: "max" } })).toThrow("expected kind");
  expect(compile({ constraint: 3 })).toThrow("constraint: expected an object");
  expect(compile({ regularizer: [{ kind: "l3" }] })).toThrow("regularizer: expected kind");
});
