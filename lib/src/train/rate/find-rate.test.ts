// The range test of learning rates: what it finds, and that the model ends as it began.

import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { dense, dropout, inputLayer } from "../../nn/layers/index.ts";
import type { OptimizerSpec } from "../../nn/optimizers/index.ts";
import { tensor } from "../../tensor/create.ts";
import { matmul } from "../../tensor/linear.ts";
import { key, normal } from "../../tensor/random.ts";
import { sequential } from "../model/sequential.ts";
import { findRate } from "./find-rate.ts";

const x = normal(key(1), [200, 4]);
const y = matmul(x, tensor([[1], [-2], [3], [0.5]]));

function makeModel(optimizer: OptimizerSpec = "sgd") {
  return sequential([inputLayer([4]), dropout(0.1), dense(1)])
    .with({ seed: 1 })
    .compile({ loss: "mse", optimizer, averageWeights: { kind: "ema" } });
}

describe("findRate", () => {
  it("finds rates that learn, and no more of those that diverge", async () => {
    const { rates, losses, smoothed, suggestion, lowest } = await findRate(makeModel(), x, y);
    expect(rates[0]).toBe(1e-6);
    expect(rates[1]! / rates[0]!).toBeCloseTo(1e7 ** (1 / 99), 10);
    expect(rates.length).toBeLessThan(100);
    expect([losses.length, smoothed.length]).toEqual([rates.length, rates.length]);
    // The loss is a parabola of curvature 2, so that descent diverges above a rate of 1 and crawls below 0.001.
    expect(suggestion).toBeGreaterThan(0.003);
    expect(suggestion).toBeLessThan(lowest!);
    expect(lowest).toBeLessThan(2);
    const model = sequential([inputLayer([4]), dense(1)]).compile({
      loss: "mse",
      optimizer: { name: "sgd", learningRate: suggestion! },
    });
    const { epochs } = await model.fit(x, y, { epochs: 20 });
    expect(epochs.at(-1)!.loss).toBeLessThan(epochs[0]!.loss / 100);
  });

  it("smooths as a mean that forgets, without the bias of its start", async () => {
    const { losses, smoothed } = await findRate(makeModel(), x, y, { steps: 10, smoothing: 0.5 });
    expect(smoothed[0]).toBeCloseTo(losses[0]!, 12);
    expect(smoothed[1]).toBeCloseTo((losses[0]! + 2 * losses[1]!) / 3, 6);
  });

  it.each(["sgd", "adam"] as const)("leaves weights, slots, rate and step of %s", async (name) => {
    const model = makeModel(name);
    await model.fit(x, y, { epochs: 2 });
    const before = [...model.state.snapshot()];
    const found = await findRate(model, x, y, { to: 1e30, steps: 40 });
    expect(found.rates.length).toBeLessThan(40); // it diverged, perhaps to a NaN
    expect([...model.state.snapshot()]).toEqual(before);
    expect(await findRate(model, x, y, { to: 1e30, steps: 40 })).toEqual(found);
  });

  it("says nothing where nothing falls", async () => {
    const found = await findRate(makeModel(), x, y, { from: 1e5, to: 1e6, steps: 10 });
    expect([found.suggestion, found.lowest]).toEqual([null, null]);
  });

  it("refuses what means nothing", async () => {
    const find = (options: object) => findRate(makeModel(), x, y, options);
    await expect(find({ from: 1, to: 0.1 })).rejects.toThrow(
      "findRate: expected to above from, which is 1, received 0.1",
    );
    await expect(find({ steps: 5 })).rejects.toThrow(
      "steps to be a whole number from 10 to 100000",
    );
    await expect(find({ form: 1 })).rejects.toThrow('Did you mean "from"?');
    await expect(findRate(3 as never, x, y)).rejects.toThrow("expected model to be a model");
    const bare = sequential([inputLayer([4]), dense(1)]);
    await expect(findRate(bare, x, y)).rejects.toThrow("call compile() first");
    await expect(findRate(makeModel(), x, [1, 2, 3])).rejects.toThrow("fit: ");
  });
});
