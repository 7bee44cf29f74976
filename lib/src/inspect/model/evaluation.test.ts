import { expect, test, vi } from "vitest";
import { tensor } from "../../index.ts";
import { dense } from "../../nn/index.ts";
import { sequential } from "../../train/index.ts";
import { evaluationOf, predictionsOf } from "../index.ts";

/** More than one batch of judging, which has 256. */
const ROWS = 300;

function fitted() {
  const model = sequential([2], dense(3, { activation: "tanh" }), dense(1));
  const loss = { name: "binaryCrossentropy", fromLogits: true } as const;
  model.compile({ optimizer: "sgd", loss, metrics: ["accuracy"] });
  const x = tensor(Array.from({ length: ROWS }, (_, i) => [Math.sin(i), Math.cos(3 * i)]));
  const y = tensor(Array.from({ length: ROWS }, (_, i) => [i % 3 === 0 ? 1 : 0]));
  return { model, x, y };
}

test("gives what evaluate and predictionsOf give, of one pass", async () => {
  const { model, x, y } = fitted();
  const lossOf = vi.spyOn(model.training, "lossOf");
  const predict = vi.spyOn(model, "predict");
  const { evaluation, predictions } = await evaluationOf(model, x, y);
  expect(lossOf).toHaveBeenCalledTimes(Math.ceil(ROWS / 256));
  expect(predict).not.toHaveBeenCalled();
  expect(evaluation).toEqual(await model.evaluate(x, y));
  const alone = await predictionsOf(model, x);
  expect(predictions).toMatchObject({ count: ROWS, outputs: 1 });
  // As shares, of a model that gives logits.
  Array.from(alone.values).forEach((share, i) => {
    expect(predictions.values[i]).toBeCloseTo(share, 6);
  });
});

test("refuses what is no model of one input and one output, or is not compiled", async () => {
  const { x, y } = fitted();
  await expect(evaluationOf({} as never, x, y)).rejects.toThrow(
    "evaluationOf: expected model to be a model",
  );
  const raw = sequential([2], dense(1));
  await expect(evaluationOf(raw as never, x, y)).rejects.toThrow(/compile/);
});
