// An elastic net beside Keras, and constraints in a step of training.

import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { activityPenalty, block, dense, inputLayer, type Layer } from "../../nn/layers/index.ts";
import type { OptimizerSpec } from "../../nn/optimizers/index.ts";
import { filled, KERAS, parametersOf, sampled } from "../golden.testing.ts";
import type { CompileModelOptions } from "../model/compile-options.ts";
import type { Model } from "../model/model.ts";
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

describe("a penalty of activities", () => {
  const held = () => [dense(3, { activation: "tanh" }), activityPenalty({ l1: 0.01, l2: 0.1 })];
  const made = (optimizer: OptimizerSpec, layers: readonly Layer[] = held()) =>
    filled(
      sequential([inputLayer([2]), ...layers, dense(1)] as Layer[])
        .with({ dtype: "float64" })
        .compile({ loss: "mse", optimizer }),
    );
  const SGD = { name: "sgd", learningRate: 0.5 } as const;
  const ONE = sampled([5, 1], 9);
  const expectKeras = (model: Model) =>
    parametersOf(model).forEach((value, i) => {
      expect(value).toBeCloseTo(KERAS["activityWeights"][i], 6); // Keras's factors are float32
    });

  it.each([{}, { eager: true }, { batchSize: 2, accumulate: 3 }])("is Keras's, %j", async (how) => {
    const model = made(SGD);
    await model.fit(X, ONE, { shuffle: false, ...how });
    expectKeras(model);
  });

  it("reaches through layers that hold others, and is left out of the loss", async () => {
    const model = made(SGD, [block(held())]);
    const { loss } = await model.evaluate(X, ONE);
    const { epochs } = await model.fit(X, ONE, { shuffle: false });
    expectKeras(model);
    expect(epochs[0]!.loss).toBeCloseTo(loss, 12);
  });

  it("says what it wants", async () => {
    expect(() => activityPenalty({ l1: -1 })).toThrow("expected l1 to be a number of 0 or more");
    expect(() => activityPenalty({})).toThrow("expected l1 or l2 above 0");
    await expect(made("lbfgs").fit(X, ONE)).rejects.toThrow(
      'no activityPenalty for the optimizer "lbfgs"',
    );
  });
});

it("what is none is refused", () => {
  const compile = (options: object) => () =>
    sequential([inputLayer([2]), dense(3)]).compile({ loss: "mse", optimizer: "sgd", ...options });
  expect(compile({ constraint: { kind: "max" } })).toThrow("expected kind");
  expect(compile({ constraint: 3 })).toThrow("constraint: expected an object");
  expect(compile({ regularizer: [{ kind: "l3" }] })).toThrow("regularizer: expected kind");
});
