// Training on several threads, and with paired vectors, gives the weights of one and of single ones, to
// the bit.

import { describe, expect, test } from "vitest";
import { NeuriteError } from "../../checks/errors.ts";
import { createWasmEngine, type Engine } from "../../engines/index.ts";
import { pairedEngine } from "../../engines/wasm/paired.testing.ts";
import {
  conv2d,
  dense,
  dropout,
  flatten,
  inputLayer,
  lstm,
  maxPool2d,
} from "../../nn/layers/index.ts";
import { key, normal, splitKey } from "../../tensor/random.ts";
import { sequential } from "../model/sequential.ts";

const MODELS = {
  "a dense net": () => [inputLayer([20]), dense(40, { activation: "relu" }), dense(3)],
  dropout: () => [inputLayer([20]), dense(40, { activation: "tanh" }), dropout(0.3), dense(3)],
  "a convolutional net": () => [
    inputLayer([8, 8, 2]),
    conv2d(5, 3, { activation: "relu", padding: "same" }),
    maxPool2d(2),
    conv2d(6, 2, { activation: "tanh" }),
    flatten(),
    dense(3),
  ],
  "an LSTM": () => [inputLayer([7, 6]), lstm(12), dense(3)],
};

describe.each(Object.entries(MODELS))("%s", (_, layers) => {
  test("has the weights of one thread", async () => {
    const leastWork = { kernel: 0, byte: 0, run: 0 };
    const weights = async (engine: Engine) => {
      const model = sequential(layers()).with({ seed: 1, engine });
      model.compile({ loss: "mse", optimizer: "adam" });
      const [keyX, keyY] = splitKey(key(2));
      const rows = 70; // the last batch of 16 has 6
      const x = normal(keyX, [rows, ...model.network.inputShapes[0]!]);
      const y = normal(keyY, [rows, 3]);
      const history = await model.fit(x, y, { epochs: 3, batchSize: 16 });
      return [history.epochs.map(({ loss }) => loss), [...model.state.snapshot()]];
    };
    const expected = await weights(createWasmEngine({ threads: 1, leastWork }));
    const others = [
      ...[2, 3].map((threads) => createWasmEngine({ threads, leastWork })),
      pairedEngine({ threads: 3, leastWork }), // on one thread: training-fuzz.test.ts
    ];
    for (const other of others) expect(await weights(other)).toEqual(expected);
  });
});

test("a thread that cannot start fails the training in its own words", async () => {
  const engine = createWasmEngine({ threads: 1 });
  const failing = { ...engine, ready: () => Promise.reject(new NeuriteError("thread 1 of 2")) };
  const model = sequential(MODELS["a dense net"]()).with({ engine: failing });
  model.compile({ loss: "mse", optimizer: "sgd" });
  const x = normal(key(1), [4, 20]);
  await expect(model.fit(x, normal(key(2), [4, 3]))).rejects.toThrow("thread 1 of 2");
});
