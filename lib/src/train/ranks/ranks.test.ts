// Ranks that train together: what one rank alone learns, to rounding, and all of them the same to the bit.

import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { createWasmEngine, type Engine, referenceEngine } from "../../engines/index.ts";
import {
  batchNormalization,
  dense,
  dropout,
  inputLayer,
  type Layer,
  lstm,
} from "../../nn/layers/index.ts";
import { cast } from "../../tensor/elementwise.ts";
import { key, uniform } from "../../tensor/random.ts";
import type { Callback } from "../callbacks/index.ts";
import type { FitOptions } from "../loop/fit.ts";
import type { History } from "../loop/history.ts";
import type { CompileModelOptions } from "../model/compile-options.ts";
import type { Model } from "../model/model.ts";
import { sequential } from "../model/sequential.ts";
import { Fingerprint } from "./agreement.ts";
import { ownRows } from "./exchange.ts";
import { ranksInOneProcess } from "./one-process.testing.ts";

/** Not a multiple of the batch: the last batches have two examples, fewer than three ranks. */
const COUNT = 26;
const x = uniform(key(1), [COUNT, 3]);
const y = uniform(key(2), [COUNT, 2]);

const LAYERS = () => [inputLayer([3]), dense(5, { activation: "tanh" }), dense(2)];

interface Setting {
  readonly compile?: Partial<CompileModelOptions>;
  readonly fit?: FitOptions;
  readonly layers?: () => readonly Layer[];
  readonly dtype?: "float32" | "float64";
  readonly engine?: Engine;
}

interface Trained {
  readonly model: Model;
  readonly history: History;
}

const wasm = createWasmEngine({ deterministic: true, threads: 1 });

function modelOf(setting: Setting): Model {
  const { compile = {}, layers = LAYERS, dtype = "float32", engine = referenceEngine } = setting;
  return sequential(layers() as [Layer])
    .with({ seed: 3, dtype, engine })
    .compile({
      loss: "meanSquaredError",
      optimizer: { name: "sgd", learningRate: 0.2, momentum: 0.5 },
      metrics: ["meanAbsoluteError", "r2"],
      ...compile,
    });
}

const optionsOf = ({ fit = {} }: Setting): FitOptions => ({
  epochs: 2,
  batchSize: 8,
  validationSplit: 0.25,
  progress: false,
  ...fit,
});

const examplesOf = ({ dtype = "float32" }: Setting) => [cast(x, dtype), cast(y, dtype)] as const;

async function alone(setting: Setting): Promise<Trained> {
  const model = modelOf(setting);
  return { model, history: await model.fit(...examplesOf(setting), optionsOf(setting)) };
}

async function together(size: number, setting: Setting): Promise<Trained[]> {
  return await Promise.all(
    ranksInOneProcess(size).map(async (exchange) => {
      const model = modelOf(setting);
      return {
        model,
        history: await model.fit(...examplesOf(setting), { ...optionsOf(setting), exchange }),
      };
    }),
  );
}

function figures({ history }: Trained): Record<string, number>[] {
  return history.epochs.map(({ seconds: _, ...row }) => ({ ...row }));
}

function expectSame(trained: readonly Trained[]): void {
  const [first, ...rest] = trained;
  for (const other of rest) {
    expect([...other.model.state.snapshot()]).toEqual([...first!.model.state.snapshot()]);
    expect(figures(other)).toEqual(figures(first!));
  }
}

/** Rounding of some steps: gradients are added up in another order. */
function expectClose(a: Trained, b: Trained, digits = 5): void {
  figures(a).forEach((row, epoch) => {
    for (const [name, value] of Object.entries(row)) {
      expect(figures(b)[epoch]![name]!, `${name} ${epoch}`).toBeCloseTo(value, digits);
    }
  });
  for (const [name, data] of a.model.state.snapshot()) {
    const other = b.model.state.snapshot().get(name)!;
    data.forEach((value, i) => {
      expect(other[i]!, `${name} ${i}`).toBeCloseTo(value, digits);
    });
  }
}

const SETTINGS: Readonly<Record<string, Setting>> = {
  "sgd with momentum": {},
  "adam, clipped by the norm of all gradients": {
    compile: { optimizer: { name: "adam", learningRate: 0.05 }, clip: { globalNorm: 0.05 } },
  },
  "a penalty, a mean of the weights and a schedule": {
    compile: {
      regularizer: { kind: "l2", lambda: 0.5, convention: "network2" },
      averageWeights: { kind: "ema", decay: 0.9 },
    },
    fit: { schedule: "cosine" },
  },
  "examples that weigh": {
    fit: { sampleWeight: Array.from({ length: COUNT }, (_, i) => 1 + (i % 3)) },
  },
  "examples of which some are masked": {
    fit: { mask: Array.from({ length: COUNT }, (_, i) => i % 4 !== 1) },
  },
  "batches that add up": { fit: { batchSize: 2, accumulate: 4 } },
  float64: { dtype: "float64" },
  "op by op": { fit: { eager: true, epochs: 1 } },
  compiled: { engine: wasm, compile: { optimizer: "adam" } },
  "L-BFGS": {
    compile: { optimizer: "lbfgs" },
    fit: { batchSize: COUNT, validationSplit: 0 },
  },
};

describe.each(Object.entries(SETTINGS))("%s", (_, setting) => {
  it("is of three ranks what one learns", async () => {
    const trained = await together(3, setting);
    expectSame(trained);
    expectClose(await alone(setting), trained[0]!, setting.compile?.optimizer === "lbfgs" ? 3 : 5);
  });
});

it("one rank is nobody to exchange with", async () => {
  const [one] = await together(1, {});
  expect([...one!.model.state.snapshot()]).toEqual([...(await alone({})).model.state.snapshot()]);
});

it("shares rows evenly, and each has one rank", () => {
  for (const [count, size] of [
    [8, 3],
    [2, 3],
    [0, 2],
    [7, 7],
  ] as const) {
    const parts = Array.from({ length: size }, (_, rank) => ownRows({ rank, size }, count));
    expect(parts[0]!.from).toBe(0);
    expect(parts.at(-1)!.to).toBe(count);
    parts.forEach(({ from, to }, i) => {
      expect(to - from).toBeGreaterThanOrEqual(Math.floor(count / size));
      expect(to - from).toBeLessThanOrEqual(Math.ceil(count / size));
      if (i > 0) expect(from).toBe(parts[i - 1]!.to);
    });
  }
});

describe("what layers draw and keep", () => {
  const drops = () => [inputLayer([3]), dense(5, { activation: "tanh" }), dropout(0.5), dense(2)];

  it("dropout draws of each rank for itself: what as many accumulated parts draw", async () => {
    // 24 examples, so that all parts are of four.
    const fit = { validationSplit: 2 / 26 };
    const trained = await together(2, { layers: drops, fit });
    expectSame(trained);
    const parts = await alone({ layers: drops, fit: { ...fit, batchSize: 4, accumulate: 2 } });
    expectClose(parts, trained[0]!);
  });

  it("moving statistics of a batch normalisation are the means over the ranks", async () => {
    const layers = () => [inputLayer([3]), dense(5), batchNormalization(), dense(2)];
    // One step, so that the statistics are those of the first weights.
    const setting = { layers, fit: { epochs: 1, batchSize: 24, validationSplit: 2 / 26 } };
    const trained = await together(2, setting);
    expectSame(trained);
    const one = (await alone(setting)).model.state.snapshot();
    const both = trained[0]!.model.state.snapshot();
    const names = [...one.keys()].filter((name) => name.startsWith("state/"));
    expect(names).toHaveLength(2);
    const near = (name: string, digits: number) =>
      one
        .get(name)!
        .forEach((value, i) => void expect(both.get(name)![i]!).toBeCloseTo(value, digits));
    near(names.find((name) => /mean/i.test(name))!, 6);
    near(names.find((name) => /variance/i.test(name))!, 2); // each rank's is about its own mean
  });

  it("what goes on from batch to batch is refused", async () => {
    const layers = () => [inputLayer([4, 3]), lstm(2, { stateful: true, batchSize: 8 }), dense(2)];
    const sequences = uniform(key(3), [16, 4, 3]);
    const targets = uniform(key(4), [16, 2]);
    const [exchange] = ranksInOneProcess(2);
    const fit = modelOf({ layers }).fit(sequences, targets, { batchSize: 8, exchange: exchange! });
    await expect(fit).rejects.toThrow("received stateful ones");
  });
});

describe("endings", () => {
  const stopper = (when: (epoch: number, step: number) => boolean): Callback => ({
    name: "stopper",
    onStepEnd({ epoch, step }, control) {
      if (when(epoch, step)) control.stop("enough");
    },
  });

  it("a callback of all ranks stops where it stops one", async () => {
    const fit = { callbacks: [stopper((epoch, step) => epoch === 1 && step === 0)] };
    const trained = await together(3, { fit });
    expectSame(trained);
    const one = await alone({ fit });
    expect(trained[0]!.history.stopped).toBe("enough");
    expect(trained[0]!.model.instance.step.item()).toBe(one.model.instance.step.item());
    expectClose(one, trained[0]!);
  });

  it.each(["within an epoch", "at its end"])("one rank that stops %s stops all", async (where) => {
    const exchanges = ranksInOneProcess(2);
    const histories = await Promise.all(
      exchanges.map(async (exchange, rank) => {
        const last = where === "at its end" ? 2 : 0;
        const callbacks =
          rank === 1 ? [stopper((epoch, step) => epoch === 1 && step === last)] : [];
        const model = modelOf({});
        const history = await model.fit(x, y, { ...optionsOf({}), callbacks, exchange });
        return { history, model };
      }),
    );
    expect(histories.map(({ history }) => history.stopped)).toEqual([
      "another rank stopped",
      "enough",
    ]);
    expect(histories[0]!.history.epochs).toHaveLength(2);
    expectSame(histories);
  });

  it("a loss that is no longer finite ends all ranks alike", async () => {
    const setting = { compile: { optimizer: { name: "sgd", learningRate: 1e30 } } } as const;
    const ended = await Promise.allSettled(
      ranksInOneProcess(2).map((exchange) =>
        modelOf(setting).fit(x, y, { ...optionsOf(setting), exchange }),
      ),
    );
    const reasons = ended.map((one) => (one.status === "rejected" ? String(one.reason) : "none"));
    expect(reasons[0]).toMatch(/is no longer finite in epoch 1, by step [23]\./);
    expect(reasons[1]).toBe(reasons[0]);
  });
});

describe("ranks that differ", () => {
  const trainAll = (settings: readonly (Setting & { readonly seed?: number })[]) => {
    const exchanges = ranksInOneProcess(settings.length);
    return Promise.allSettled(
      settings.map((setting, rank) =>
        modelOf(setting).fit(x, y, { ...optionsOf(setting), exchange: exchanges[rank]! }),
      ),
    );
  };
  const said = (ended: readonly PromiseSettledResult<unknown>[]) =>
    ended.map((one) => (one.status === "rejected" ? (one.reason as Error).message : "fine"));

  it("are told which, and in what", async () => {
    const messages = said(await trainAll([{}, {}, { fit: { shuffle: false } }]));
    expect(messages[0]).toMatch(/^fit: rank 2 has other options than rank 0 at the start:/);
    expect(new Set(messages).size).toBe(1);
  });

  it("by what a callback of one did to the weights", async () => {
    const nudge: Callback = {
      name: "nudge",
      onEpochEnd({ epoch }, control) {
        if (epoch === 1) control.learningRate = 0.1;
      },
    };
    const [message] = said(await trainAll([{}, { fit: { callbacks: [nudge] } }]));
    expect(message).toMatch(/^fit: rank 1 has other weights than rank 0 after epoch 2:/);
  });

  it("refuses what is no exchange", async () => {
    const exchange = { rank: 2, size: 2, sum: async () => {} };
    await expect(modelOf({}).fit(x, y, { exchange })).rejects.toThrow(
      "fit: expected exchange to be an exchange, as { rank, size, sum(arrays) }",
    );
  });
});

it("takes the same bytes for the same wherever they lie, and other ones for others", () => {
  const print = (bytes: Uint8Array) => new Fingerprint().add(bytes).value;
  const bytes = Uint8Array.from({ length: 23 }, (_, i) => i * 11);
  const moved = new Uint8Array(40);
  moved.set(bytes, 5);
  expect(print(moved.subarray(5, 28))).toBe(print(bytes));
  const prints = Array.from({ length: 23 }, (_, i) =>
    print(bytes.map((byte, at) => byte ^ (at === i ? 128 : 0))),
  );
  expect(new Set([...prints, print(bytes)]).size).toBe(24);
});

it("hands the engine's own memory out, all gradients as one array", async () => {
  const lengths: (readonly number[])[] = [];
  const seen: unknown[] = [];
  const exchanges = ranksInOneProcess(2, (one) => lengths.push(one)).map((exchange) => ({
    ...exchange,
    sum: (arrays: Parameters<typeof exchange.sum>[0]) => {
      seen.push(arrays[0]!.buffer);
      return exchange.sum(arrays);
    },
  }));
  await Promise.all(
    exchanges.map((exchange) =>
      modelOf({ engine: wasm }).fit(x, y, { epochs: 1, batchSize: 8, exchange }),
    ),
  );
  const steps = lengths.filter((one) => one.length > 1);
  expect(steps).toHaveLength(4);
  // [3, 5] + [5] + [5, 2] + [2], each with the room behind it that vectors may read.
  expect(steps[0]![0]).toBeGreaterThanOrEqual(32);
  expect(steps[0]![0]).toBeLessThan(32 + 4 * 32);
  expect(seen.filter((buffer) => buffer instanceof SharedArrayBuffer).length).toBe(8);
});
