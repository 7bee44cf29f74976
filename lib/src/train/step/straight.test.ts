// Training steps of the smallest nets as straight lines: the weights are those of kernels, to the bit.

import { expect, test } from "vitest";
import { quadrants } from "../../data/synthetic.ts";
import type { Engine } from "../../engines/engine.ts";
import { createWasmEngine } from "../../engines/wasm/index.ts";
import { straightEngine } from "../../engines/wasm/straight.testing.ts";
import { dense, inputLayer } from "../../nn/layers/index.ts";
import type { OptimizerSpec } from "../../nn/optimizers/index.ts";
import { sequential } from "../model/sequential.ts";

interface Case {
  readonly units: readonly number[];
  readonly activation: "tanh" | "relu" | "sigmoid";
  readonly optimizer: OptimizerSpec;
  readonly batchSize: number;
}

const SGD = { name: "sgd", learningRate: 0.1 } as const;
const ADAM = { name: "adam", learningRate: 0.01 } as const;

const CASES: readonly Case[] = [
  { units: [2], activation: "tanh", optimizer: SGD, batchSize: 4 },
  { units: [2], activation: "tanh", optimizer: SGD, batchSize: 10 },
  { units: [3], activation: "relu", optimizer: ADAM, batchSize: 7 },
  { units: [4, 4], activation: "sigmoid", optimizer: SGD, batchSize: 10 },
  { units: [5, 6], activation: "relu", optimizer: { ...SGD, momentum: 0.9 }, batchSize: 3 },
];

const { x, y } = quadrants({ samples: 40, noise: 0.1, seed: 1, testFraction: 0 }).train;

async function trained(engine: Engine, { units, activation, optimizer, batchSize }: Case) {
  const layers = units.map((count) => dense(count, { activation }));
  const model = sequential([inputLayer([2]), ...layers, dense(1, { activation: "sigmoid" })])
    .with({ seed: 3, engine })
    .compile({ loss: "binaryCrossentropy", optimizer, metrics: ["accuracy"] });
  const history = await model.fit(x, y, { epochs: 8, batchSize });
  const state = [...model.state.variables].map(([name, { data }]) => [name, [...data]]);
  return { losses: history.epochs.map(({ loss }) => loss), state };
}

test.each(CASES)("$units $activation, minibatch $batchSize", async (options) => {
  const expected = await trained(createWasmEngine({ threads: 1 }), options);
  for (const which of [0, 1] as const) {
    const { engine, count } = straightEngine(which);
    expect(await trained(engine, options)).toEqual(expected);
    expect(count.straight).toBeGreaterThan(0);
  }
});
