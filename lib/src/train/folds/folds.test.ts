// Cross-validation adds nothing to what fit() and evaluate() do; ensembles of fixed models, by hand.

import { expect, it } from "vitest";
import "../../tensor/methods.ts";
import { kFold } from "../../data/folds.ts";
import { dense, inputLayer } from "../../nn/layers/index.ts";
import { tensor } from "../../tensor/create.ts";
import { sequential } from "../model/sequential.ts";
import { crossValidate } from "./cross-validate.ts";
import { ensembleMean, ensembleVote } from "./ensemble.ts";

const X = Float32Array.from({ length: 24 }, (_, i) => Math.sin(i * i));
const EXAMPLES = {
  x: { dtype: "float32" as const, shape: [12, 2], data: X },
  y: {
    dtype: "int32" as const,
    shape: [12],
    data: Int32Array.from({ length: 12 }, (_, i) => i % 2),
  },
};

const made = (fold = 0) =>
  sequential([inputLayer([2]), dense(2, { activation: "softmax" })])
    .with({ seed: fold })
    .compile({ loss: "logLikelihood", optimizer: "adam", metrics: ["accuracy"] });

it("judges each part by the model that did not see it", async () => {
  const options = { seed: 2, stratify: true, fit: { epochs: 2, batchSize: 4 } };
  const { folds, mean, deviation, models } = await crossValidate(EXAMPLES, 3, made, options);
  expect(folds.length).toBe(3);
  const parts = kFold(EXAMPLES, 3, { seed: 2, stratify: true });
  for (const [i, { train, validation }] of parts.entries()) {
    const model = made(i);
    await model.fit(train.x, train.y, options.fit);
    expect(folds[i]).toEqual(await model.evaluate(validation.x, validation.y));
    expect([...models[i]!.state.snapshot()]).toEqual([...model.state.snapshot()]);
  }
  const losses = folds.map(({ loss }) => loss);
  const center = (losses[0]! + losses[1]! + losses[2]!) / 3;
  expect(mean.loss).toBeCloseTo(center, 12);
  const squares = losses.reduce((sum, loss) => sum + (loss - center) ** 2, 0);
  expect(deviation.loss).toBeCloseTo(Math.sqrt(squares / 2), 12);
});

it("refuses what cannot be done", async () => {
  await expect(crossValidate(EXAMPLES, 13, made)).rejects.toThrow(
    "expected k from 2 to the 12 examples",
  );
  await expect(crossValidate(EXAMPLES, 2, (() => 3) as never)).rejects.toThrow(
    "to be a model, received 3",
  );
  await expect(crossValidate(EXAMPLES, 2, made, { epochs: 3 } as never)).rejects.toThrow(
    'there is no option "epochs"',
  );
});

/** A model that says the same of every example. */
function fixed(outputs: readonly number[]) {
  const model = sequential([inputLayer([1]), dense(outputs.length)]);
  model.layer("dense1")["w"]!.assign(tensor([outputs.map(() => 0)]));
  model.layer("dense1")["b"]!.assign(tensor(outputs as number[]));
  return model;
}

it("the mean and the vote of three differ where one is very sure", async () => {
  const models = [fixed([0.6, 0.4, 0]), fixed([0.6, 0.4, 0]), fixed([0, 1, 0])];
  const mean = await ensembleMean(models, [[1], [2]]);
  expect(mean.shape).toEqual([2, 3]);
  expect([...mean.data].map((x) => Number(x.toFixed(6)))).toEqual([0.4, 0.6, 0, 0.4, 0.6, 0]);
  const votes = await ensembleVote(models, [[1], [2]]);
  expect(votes.dtype).toBe("int32");
  expect([...votes.data]).toEqual([0, 0]);
});

it("a tie is broken by what was said in all", async () => {
  expect([...(await ensembleVote([fixed([0.6, 0.4]), fixed([0, 1])], [[1]])).data]).toEqual([1]);
  expect([...(await ensembleVote([fixed([0.9]), fixed([0.4])], [[1]])).data]).toEqual([1]);
  expect([...(await ensembleVote([fixed([0.6]), fixed([0.1])], [[1]])).data]).toEqual([0]);
  expect([...(await ensembleVote([fixed([0.6]), fixed([0.6]), fixed([0])], [[1]])).data]).toEqual([
    1,
  ]);
});

it("models of different outputs are no ensemble", async () => {
  await expect(ensembleMean([], [[1]])).rejects.toThrow(
    "ensembleMean: expected at least one model",
  );
  await expect(ensembleVote([fixed([1]), fixed([1, 2])], [[1]])).rejects.toThrow(
    "expected models of one output shape and element type, received float32 [1] and float32 [2]",
  );
  await expect(ensembleMean([3 as never], [[1]])).rejects.toThrow(
    "expected models to be a list of models",
  );
});
