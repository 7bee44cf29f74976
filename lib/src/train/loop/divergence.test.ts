// Weights that become infinite end the run as an error that says where, however steps are run.

import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { engineNamed } from "../../engines/index.ts";
import { dense, inputLayer } from "../../nn/layers/index.ts";
import { tensor } from "../../tensor/create.ts";
import type { EpochLogs } from "../callbacks/index.ts";
import type { CompileModelOptions } from "../model/compile-options.ts";
import type { Model } from "../model/model.ts";
import { sequential } from "../model/sequential.ts";
import type { FitOptions } from "./fit.ts";

const x = tensor([[1], [2], [3], [4]]);
const y = tensor([[2], [4], [6], [8]]);

function makeModel(
  options: Partial<CompileModelOptions> = {},
  engine = engineNamed("wasm"),
): Model {
  return sequential([inputLayer([1]), dense(1)])
    .with({ seed: 1, engine })
    .compile({ loss: "mse", optimizer: { name: "sgd", learningRate: 0.01 }, ...options });
}

const messageOf = async (run: Promise<unknown>): Promise<string> =>
  await run.then(
    () => "it ended well",
    (error: Error) => `${error.name}: ${error.message}`,
  );

const WAYS: readonly [string, FitOptions][] = [
  ["in compiled steps", {}],
  ["op by op", { eager: true }],
  ["watched", { callbacks: [{ name: "watch", onStepEnd() {} }] }],
];

describe.each(WAYS)("%s", (_, options) => {
  it.each(["wasm", "reference"] as const)("the only step is looked at, on %s", async (engine) => {
    const model = makeModel(
      { optimizer: { name: "sgd", learningRate: 1e39 } },
      engineNamed(engine),
    );
    const before = [...model.state.snapshot()];
    const rows: EpochLogs[] = [];
    const keep = { name: "keep", onEpochEnd: (logs: EpochLogs) => void rows.push(logs) };
    const callbacks = [...(options.callbacks ?? []), keep];
    expect(await messageOf(model.fit(x, y, { ...options, callbacks }))).toMatch(
      /^NumberError: training stopped: "dense1\/w" is no longer finite in epoch 1, step 1: op \d+ \(.*\) gave an infinity first\. Try a smaller learning rate\.$/,
    );
    expect(rows).toEqual([]); // nobody saves it
    expect([...model.state.snapshot()]).toEqual(before);
  });

  it("the step that broke a weight is named, not the one whose loss shows it", async () => {
    for (const bad of [2, 5, 7]) {
      const schedule = (_epoch: number, step: number) => (step === bad ? 3e38 : 1e-3);
      const run = makeModel().fit(x, y, { ...options, epochs: 2, batchSize: 1, schedule });
      const place = `in epoch ${bad < 4 ? 1 : 2}, step ${(bad % 4) + 1}: op`;
      expect(await messageOf(run)).toContain(`"dense1/w" is no longer finite ${place}`);
    }
  });

  it("the step that broke a weight is found though no loss ever shows it", async () => {
    for (const bad of [0, 2, 5, 7]) {
      // A unit that gives 0 for any input from then on, and so no gradient either.
      const model = sequential([inputLayer([1]), dense(1, { activation: "relu" })]).compile({
        loss: "mse",
        optimizer: "sgd",
      });
      model.layer("dense1")["w"]!.assign(tensor([[2]]));
      const eight = tensor([[2], [2], [2], [2], [2], [2], [2], [2]]);
      const schedule = (_epoch: number, step: number) => (step === bad ? 3e38 : 0);
      const run = model.fit(eight, eight.mul(0), { ...options, batchSize: 1, schedule });
      const place = `in epoch 1, step ${bad + 1}: op`;
      expect(await messageOf(run)).toContain(`"dense1/w" is no longer finite ${place}`);
    }
  });

  it("what an optimizer remembers is looked at too", async () => {
    const big = tensor([[1e15], [1e15], [1e15], [1e15]]);
    const run = makeModel({ optimizer: "rmsProp" }).fit(big, y, options);
    expect(await messageOf(run)).toMatch(
      /NumberError: training stopped: ".*dense1\/w" is no longer finite in epoch 1, step 1/,
    );
  });
});

it.each(["onStepEnd", "onProgress"] as const)(
  "a rate that %s sets is set again",
  async (moment) => {
    const schedule = (step: number) => (step === 5 ? 3e38 : 1e-3);
    const set = {
      name: "set",
      [moment]({ step }: { step: number }, control: { learningRate: number }) {
        control.learningRate = schedule(step + 1);
      },
    };
    const eight = tensor([[1], [2], [3], [4], [5], [6], [7], [8]]);
    const watch = { name: "watch", onStepEnd() {} };
    const run = makeModel().fit(eight, eight, { batchSize: 1, callbacks: [watch, set] });
    expect(await messageOf(run)).toContain('"dense1/w" is no longer finite in epoch 1, step 6: op');
  },
);

it("what callbacks do to a variable is named without a step of training", async () => {
  const model = makeModel();
  const spoil = {
    name: "spoil",
    onStepEnd: () => model.layer("dense1")["w"]!.assign(tensor([[Infinity]])),
  };
  expect(await messageOf(model.fit(x, y, { callbacks: [spoil] }))).toBe(
    'NumberError: training stopped: "dense1/w" is no longer finite in epoch 1, by step 1.',
  );
});

describe("data that are not finite", () => {
  const places = async (rows: unknown, targets: unknown) =>
    await messageOf(makeModel().fit(rows as never, targets as never));

  it("are named by row and column before training", async () => {
    expect(await places(tensor([[1], [2], [Number.NaN], [4]]), y)).toBe(
      "NumberError: fit: input 0 holds NaN, in row 2, column 0 of x (counted from 0)",
    );
    expect(await places(x, tensor([[1], [-Infinity], [3], [4]]))).toBe(
      "NumberError: fit: input 1 holds an infinity, in row 1, column 0 of y (counted from 0)",
    );
    expect(await places(x, tensor([1, 2, 3, Number.NaN]))).toContain("in row 3 of y");
  });

  it("are found in validation too, by split or by hand", async () => {
    const bad = tensor([[1], [2], [3], [Number.NaN]]);
    expect(await messageOf(makeModel().fit(x, y, { validationData: [bad, y] }))).toBe(
      "NumberError: fit: validationData: input 0 holds NaN, in row 3, column 0 of x (counted from 0)",
    );
    expect(await messageOf(makeModel().fit(x, bad, { validationSplit: 0.25 }))).toContain("row 3");
  });

  it("are places within rows of more axes", async () => {
    const model = sequential([inputLayer([2, 2, 2]), dense(1)]).compile({
      loss: "mse",
      optimizer: "sgd",
    });
    const data = new Float32Array(16);
    data[13] = Number.NaN;
    const images = { dtype: "float32", shape: [2, 2, 2, 2], data } as const;
    expect(await messageOf(model.fit(images, tensor([1, 2])))).toContain(
      "row 1, at [1, 0, 1] there",
    );
  });
});
