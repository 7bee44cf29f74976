import { expect, test } from "vitest";
import { tensor } from "../index.ts";
import { batchNormalization, dense } from "../nn/index.ts";
import { loadWeights, saveModel, sequential } from "./index.ts";

const x = tensor(Array.from({ length: 12 }, (_, i) => [Math.sin(i), Math.cos(2 * i)]));
const y = tensor(Array.from({ length: 12 }, (_, i) => [Math.sin(3 * i)]));

function makeModel(averageWeights?: { kind: "swa" }, learningRate = 0.2) {
  const model = sequential([2], dense(3), batchNormalization({ momentum: 0 }), dense(1));
  const optimizer = { name: "sgd", learningRate } as const;
  model.compile({ loss: "mse", optimizer, ...(averageWeights && { averageWeights }) });
  return model;
}
const statistics = (model: ReturnType<typeof makeModel>) =>
  [...model.instance.layerState.variables].map(([name, { data }]) => [name, [...data]] as const);

test("running statistics stay those of the weights as trained", async () => {
  const [averaged, plain] = [makeModel({ kind: "swa" }), makeModel()];
  for (const model of [averaged, plain]) await model.fit(x, y, { epochs: 5, batchSize: 12 });
  expect(statistics(averaged)).toEqual(statistics(plain));
  expect(averaged.instance.average!.variables.size).toBe(plain.instance.params.variables.size);
});

test("an epoch at the rate 0 measures them anew for the averaged weights, and changes no weight", async () => {
  const averaged = makeModel({ kind: "swa" });
  await averaged.fit(x, y, { epochs: 5, batchSize: 12 });
  const before = statistics(averaged);
  const measured = makeModel(undefined, 0);
  loadWeights(measured, saveModel(averaged));
  expect(statistics(measured)).toEqual(before);
  const weights = (model: typeof measured) =>
    [...model.instance.params.variables].map(([name, { data }]) => [name, [...data]]);
  const loaded = weights(measured);
  await measured.fit(x, y, { epochs: 1, batchSize: 12 });
  expect(weights(measured)).toEqual(loaded);
  // Of all examples at once, with a momentum of 0: the mean of what goes into the layer.
  const { w, b } = measured.layer("dense1");
  const z = x.matmul(w!.read()).add(b!.read());
  const [[, mean]] = statistics(measured) as [readonly [string, number[]]];
  z.mean(0).data.forEach((value, i) => expect(mean[i]).toBeCloseTo(value, 5));
  const [[, old]] = before as [readonly [string, number[]]];
  expect(mean).not.toEqual(old);
});
