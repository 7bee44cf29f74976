// Random training programs: each is compiled, and learns what the reference engine learns.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../tensor/methods.ts";
import type { Engine } from "../engines/engine.ts";
import { createWasmEngine } from "../engines/index.ts";
import { referenceEngine } from "../engines/reference/reference.ts";
import { pairedEngine } from "../engines/wasm/paired.testing.ts";
import {
  concatenateLayer,
  dense,
  dropout,
  gru,
  inputLayer,
  type Layer,
  lstm,
  simpleRnn,
} from "../nn/layers/index.ts";
import { network } from "../nn/network/functional.ts";
import { connect, input } from "../nn/network/place.ts";
import type { OptimizerSpec } from "../nn/optimizers/index.ts";
import type { Regularizer } from "../nn/regularizers/index.ts";
import type { NdArray } from "../ops/define.ts";
import { key, normal, uniform } from "../tensor/random.ts";
import type { Model } from "./model/model.ts";
import { functionalModel, sequential } from "./model/sequential.ts";
import { modelOn, type Recipe, randomTraining } from "./random-training.testing.ts";

/** More of them, with other seeds: npm run fuzz */
const RUNS = Number(process.env["FUZZ_RUNS"] ?? 25);
const SEED = Number(process.env["FUZZ_SEED"] ?? 20261101);
/** Small networks show as much and take less; where there is time, larger ones too. */
const LAYERS = process.env["FUZZ_RUNS"] ? 5 : 3;

const engine = createWasmEngine({ threads: 1 });
const paired = pairedEngine({ threads: 1 });

function examples(model: Model, count: number): [x: NdArray, y: NdArray] {
  const { dtype } = model.instance;
  const [x, y] = [model.network.inputShapes[0]!, model.network.outputShapes[0]!];
  const drawn = [
    normal(key(1), [count, ...x], { dtype }),
    uniform(key(2), [count, ...y], { dtype }),
  ];
  return drawn.map(({ shape, data }) => ({ dtype, shape, data })) as [NdArray, NdArray];
}

interface Learned {
  /** Of each of two epochs. */
  readonly losses: readonly number[];
  readonly variables: readonly number[];
}

/** Two epochs of a whole batch and a part of one. */
async function train(model: Model, batchSize: number, accumulate = 1): Promise<Learned> {
  const [x, y] = examples(model, batchSize + Math.ceil(batchSize / 3));
  const { epochs } = await model.fit(x, y, {
    epochs: 2,
    batchSize: Math.ceil(batchSize / accumulate),
    accumulate,
  });
  const variables = [...model.state.snapshot().values()].flatMap((data) =>
    Array.from(data, Number),
  );
  return { losses: epochs.map(({ loss }) => loss!), variables };
}

function expectSame(received: Learned, expected: Learned, tolerance: number): void {
  const all = ({ losses, variables }: Learned) => [...losses, ...variables];
  const wanted = all(expected);
  const far = all(received).flatMap((number, i) => {
    const room = tolerance * Math.max(1, Math.abs(wanted[i]!));
    return Math.abs(number - wanted[i]!) <= room ? [] : [{ i, number, wanted: wanted[i] }];
  });
  expect(far).toEqual([]);
}

async function check(recipe: Recipe): Promise<void> {
  const { batch, accumulate } = recipe;
  const received = await train(modelOn(engine, recipe), batch, accumulate);
  // Half of them: most of the time goes to compiling for each engine.
  if (recipe.seed % 2 === 0) {
    expect(await train(modelOn(paired, recipe), batch, accumulate)).toEqual(received);
  }
  const expected = await train(modelOn(referenceEngine, recipe), batch, accumulate);
  if (recipe.dtype === "float64") expectSame(received, expected, 1e-9);
  else {
    // Optimizers that divide by the size of a gradient make much of a rounding where that is small.
    const [first] = expected.losses;
    expectSame({ ...received, variables: [] }, { ...expected, variables: [] }, 0.02 * (1 + first!));
    expect(received.variables.every(Number.isFinite)).toBe(true);
  }
}

test("random networks, optimizers and penalties", { timeout: 600_000 }, async () => {
  await fc.assert(fc.asyncProperty(randomTraining(LAYERS), check), { numRuns: RUNS, seed: SEED });
});

const penalty = (kind: "l1" | "l2"): Regularizer => ({ kind, lambda: 0.01, convention: "keras" });
const stacked = (cell: typeof gru | typeof lstm | typeof simpleRnn, [a, b]: [number, number]) => [
  inputLayer([3, 2]),
  cell(a, { returnSequences: true }) as Layer,
  cell(b) as Layer,
  dense(8, { activation: "tanh" }),
];

type Made = (on: Engine) => Model;
const made =
  (layers: readonly Layer[], regularizer?: Regularizer, optimizer: OptimizerSpec = "sgd"): Made =>
  (on) =>
    sequential(layers)
      .with({ engine: on })
      .compile({ loss: "meanSquaredError", optimizer, ...(regularizer && { regularizer }) });

/** A sequence read forwards and backwards, twice over. */
function bidirectional(on: Engine): Model {
  const start = input([4, 3]);
  const both = (cell: typeof gru, from: typeof start, returnSequences: boolean) =>
    connect(
      concatenateLayer(),
      connect(cell(6, { returnSequences }) as Layer, from),
      connect(cell(6, { returnSequences, goBackwards: true }) as Layer, from),
    );
  const top = connect(dense(2), both(lstm as typeof gru, both(gru, start, true), false));
  return functionalModel(network([start], [top]), { engine: on }).compile({
    loss: "meanSquaredError",
    optimizer: "adam",
    regularizer: penalty("l2"),
  });
}

const NETS: Readonly<Record<string, Made>> = {
  "two simple recurrent layers": made(stacked(simpleRnn, [16, 8])),
  "two gated layers": made(stacked(gru, [16, 8])),
  "two lstm layers": made(stacked(lstm, [16, 8])),
  "two simple recurrent layers and l1": made(stacked(simpleRnn, [32, 16]), penalty("l1")),
  "two lstm layers, l1 and dropout": made(
    stacked(lstm, [16, 8]).toSpliced(2, 0, dropout(0.2)),
    penalty("l1"),
    "adam",
  ),
  "two lstm layers, l2 and dropout": made(
    stacked(lstm, [8, 16]).toSpliced(2, 0, dropout(0.2)),
    penalty("l2"),
    "rmsProp",
  ),
  "both ways": bidirectional,
};

describe.each(Object.keys(NETS))("%s", (name) => {
  // And what is left over: 1 example, and 11.
  test.each([2, 32])("batches of %i", async (batchSize) => {
    const received = await train(NETS[name]!(engine), batchSize);
    const expected = await train(NETS[name]!(referenceEngine), batchSize);
    expectSame({ ...received, variables: [] }, { ...expected, variables: [] }, 1e-4);
    expect(received.losses[1]).not.toBe(received.losses[0]);
  });
});
