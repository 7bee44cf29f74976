// What is done between gradients and weights: clips, batches added up, means of weights, decay of chosen ones.

import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { createWasmEngine } from "../../engines/index.ts";
import { referenceEngine } from "../../engines/reference/reference.ts";
import {
  batchNormalization,
  dense,
  dropout,
  inputLayer,
  type Layer,
} from "../../nn/layers/index.ts";
import type { AverageSpec } from "../../spec/parts.ts";
import { tensor } from "../../tensor/create.ts";
import { key, normal } from "../../tensor/random.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../files/checkpoint.ts";
import { loadWeights, restoreCheckpoint } from "../files/restore.ts";
import { loadModel, saveModel } from "../files/saved-model.ts";
import type { CompileModelOptions } from "../model/compile-options.ts";
import type { Model } from "../model/model.ts";
import { sequential } from "../model/sequential.ts";
import type { FitOptions } from "./fit.ts";

const x = normal(key(1), [36, 3], { dtype: "float64" });
const y = normal(key(2), [36, 2], { dtype: "float64" });

type Options = Partial<CompileModelOptions> & {
  readonly layers?: readonly Layer[];
  readonly reference?: boolean;
};

function makeModel({ layers = [], reference = false, ...options }: Options = {}): Model {
  return sequential([inputLayer([3]), dense(4, { activation: "tanh" }), ...layers, dense(2)])
    .with({
      seed: 3,
      dtype: "float64",
      engine: reference ? referenceEngine : createWasmEngine({ threads: 1 }),
    })
    .compile({ loss: "mse", optimizer: { name: "sgd", learningRate: 0.5 }, ...options });
}

const fit = (model: Model, options: FitOptions = {}) =>
  model.fit(x, y, { batchSize: 36, shuffle: false, ...options });

/** Numbers of the variables whose names begin so. */
function numbers(model: Model, prefix = "params/"): number[] {
  return [...model.state.snapshot()].flatMap(([name, data]) =>
    name.startsWith(prefix) ? Array.from(data, Number) : [],
  );
}

const largest = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
const norm = (all: readonly number[]) => Math.hypot(...all);

describe("a clip", () => {
  /** What one step of plain descent takes off the weights, which is rate * gradient. */
  async function gradient(options: Options): Promise<number[]> {
    const model = makeModel(options);
    const before = numbers(model);
    await fit(model);
    return numbers(model).map((value, i) => (before[i]! - value) / 0.5);
  }

  it("cuts elements, shortens each gradient, or all together", async () => {
    const whole = await gradient({});
    const top = Math.max(...whole.map(Math.abs));
    const value = await gradient({ clip: { value: top / 2 } });
    expect(
      largest(
        value,
        whole.map((g) => Math.max(-top / 2, Math.min(top / 2, g))),
      ),
    ).toBeLessThan(1e-12);
    const all = norm(whole);
    const shortened = await gradient({ clip: { globalNorm: all / 4 } });
    expect(
      largest(
        shortened,
        whole.map((g) => g / 4),
      ),
    ).toBeLessThan(1e-12);
    // In order: weights [3, 4] and biases [4] of the first layer, weights [4, 2] and biases [2] of the second.
    const bounds = [0, 12, 16, 24, 26];
    const each = await gradient({ clip: { norm: 0.1 } });
    bounds.slice(1).forEach((to, i) => {
      const [mine, full] = [each, whole].map((g) => g.slice(bounds[i], to));
      const length = norm(full!);
      expect(norm(mine!)).toBeCloseTo(Math.min(0.1, length), 12);
      expect(
        largest(
          mine!,
          full!.map((g) => g * Math.min(1, 0.1 / length)),
        ),
      ).toBeLessThan(1e-12);
    });
    expect(whole.filter((g) => Math.abs(g) > top / 2).length).toBeGreaterThan(1);
    expect(await gradient({ clip: { globalNorm: 1e6 } })).toEqual(whole);
  });

  it("holds the gradient of the penalty short too", async () => {
    const regularizer = { kind: "l2", lambda: 5, convention: "nndl" } as const;
    expect(norm(await gradient({ regularizer }))).toBeGreaterThan(1);
    expect(norm(await gradient({ regularizer, clip: { globalNorm: 1 } }))).toBeCloseTo(1, 12);
  });

  it.each<[unknown, string]>([
    [{}, "clip: expected one of value, norm and globalNorm"],
    [{ norm: 1, value: 1 }, 'as in { globalNorm: 1 }, received {"norm":1,"value":1}'],
    [{ norm: 0 }, "clip: expected norm to be a number above 0, received 0"],
    [{ globalnorm: 1 }, 'Did you mean "globalNorm"?'],
    [1, "clip: expected an object of options, received 1"],
  ])("%j is refused", (clip, message) => {
    expect(() => makeModel({ clip: clip as never })).toThrow(message);
  });
});

describe("accumulated batches", () => {
  const optimizers = ["sgd", "adam"] as const;
  it.each(optimizers)(
    "teach %s what one large batch teaches, also where the last is smaller",
    async (optimizer) => {
      for (const [batchSize, accumulate] of [
        [4, 3],
        [5, 2], // 10 rows, and 6 at the end: 5 and 1
        [1, 36],
        [36, 2],
      ] as const) {
        const [parts, whole] = [makeModel({ optimizer }), makeModel({ optimizer })];
        const options = { epochs: 3, shuffle: true };
        const a = await fit(parts, { ...options, batchSize, accumulate });
        const b = await fit(whole, { ...options, batchSize: batchSize * accumulate });
        expect(largest(numbers(parts), numbers(whole))).toBeLessThan(1e-12);
        expect(a.epochs.map(({ loss }) => loss.toFixed(10))).toEqual(
          b.epochs.map(({ loss }) => loss.toFixed(10)),
        );
        expect(parts.instance.step.item()).toBe(whole.instance.step.item());
      }
    },
  );

  it("are computed alike on both engines and op by op, with statistics and noise of layers", async () => {
    const layers = [batchNormalization(), dropout(0.3)];
    const trained = async (options: Options, more: FitOptions = {}) => {
      const model = makeModel({ layers, ...options });
      await fit(model, { epochs: 2, batchSize: 5, accumulate: 3, ...more });
      return [...numbers(model), ...numbers(model, "state/")];
    };
    const compiled = await trained({});
    expect(largest(compiled, await trained({}, { eager: true }))).toBeLessThan(1e-12);
    expect(largest(compiled, await trained({ reference: true }))).toBeLessThan(1e-12);
  });

  it("draw noise of their own", async () => {
    const layers = [dropout(0.5)];
    const same = tensor(
      Array.from({ length: 8 }, () => [1, 2, 3]),
      "float64",
    );
    const zero = tensor(
      Array.from({ length: 8 }, () => [0, 0]),
      "float64",
    );
    const trained = async (options: FitOptions) => {
      const model = makeModel({ layers });
      await model.fit(same, zero, options);
      return numbers(model);
    };
    const parts = await trained({ batchSize: 1, accumulate: 8 });
    expect(largest(parts, await trained({ batchSize: 1, accumulate: 1 }))).toBeGreaterThan(1e-6);
  });

  it("take the memory of one", () => {
    const arena = (part: number | undefined) => {
      const model = sequential([inputLayer([64]), dense(256, { activation: "tanh" }), dense(1)])
        .with({ engine: createWasmEngine({ threads: 1 }) })
        .compile({ loss: "mse", optimizer: "sgd" });
      const [bx, by] = [normal(key(1), [512, 64]), normal(key(2), [512, 1])];
      const batches = { x: [bx], y: [by], count: 512, size: 512, part };
      const { step } = model.instance.residentStep(model.training, batches);
      const memory = step.stages(512).find(({ name }) => name === "memory")!.text;
      return Number.parseInt(memory, 10);
    };
    expect(arena(16)).toBeLessThan(arena(undefined) / 2);
  });

  it("have no mask, by which parts would weigh", async () => {
    const mask = Array.from({ length: 36 }, (_, i) => i % 2 === 0);
    await expect(
      fit(makeModel(), { mask: mask as never, batchSize: 9, accumulate: 2 }),
    ).rejects.toThrow("fit: expected mask or accumulate, received both");
  });

  it("are a whole number", async () => {
    await expect(fit(makeModel(), { accumulate: 0 })).rejects.toThrow(
      "fit: expected accumulate to be a whole number above 0, received 0",
    );
  });
});

describe("averaged weights", () => {
  /** The weights after every update, as they are trained. */
  async function path(averageWeights: AverageSpec, steps = 7) {
    const model = makeModel({ averageWeights });
    const rows: number[][] = [];
    await fit(model, {
      epochs: steps,
      callbacks: [{ name: "path", onStepEnd: () => void rows.push(numbers(model)) }],
    });
    return { model, rows };
  }
  const mean = (rows: readonly number[][]) =>
    rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length);

  it("are the mean of those that count (swa)", async () => {
    const all = await path({ kind: "swa" });
    expect(largest(numbers(all.model, "average/"), mean(all.rows))).toBeLessThan(1e-14);
    const some = await path({ kind: "swa", start: 2, every: 2 });
    const [, b, , d, , f] = some.rows;
    expect(largest(numbers(some.model, "average/"), mean([b!, d!, f!]))).toBeLessThan(1e-14);
    const none = await path({ kind: "swa", start: 100 });
    expect(numbers(none.model, "average/")).toEqual(none.rows.at(-1));
  });

  it("forget by the decay (ema), as PyTorch's AveragedModel does", async () => {
    const { model, rows } = await path({ kind: "ema", decay: 0.8, start: 3 });
    let expected = rows[2]!;
    for (const row of rows.slice(3)) expected = expected.map((a, i) => 0.8 * a + 0.2 * row[i]!);
    expect(largest(numbers(model, "average/"), expected)).toBeLessThan(1e-14);
  });

  it("leave the training as it is", async () => {
    const { rows } = await path({ kind: "ema" });
    const plain = makeModel();
    await fit(plain, { epochs: 7 });
    expect(rows.at(-1)).toEqual(numbers(plain));
  });

  it("evaluate, validate, predict and are saved, unless the trained ones are meant", async () => {
    const model = makeModel({ averageWeights: { kind: "swa" } });
    const { epochs } = await fit(model, { epochs: 4, validationData: [x, y] });
    const plain = makeModel();
    await fit(plain, { epochs: 4 });
    const trained = await plain.evaluate(x, y);
    expect(await model.evaluate(x, y, { weights: "trained" })).toEqual(trained);
    const judged = await model.evaluate(x, y);
    expect(judged.loss).not.toBe(trained.loss);
    expect(epochs.at(-1)!["valLoss"]).toBe(judged.loss);
    const averaged = makeModel();
    loadWeights(averaged, saveModel(model));
    expect(await averaged.evaluate(x, y)).toEqual(judged);
    expect([...(await model.predict(x)).data]).toEqual([...(await averaged.predict(x)).data]);
    expect([...(await model.predict(x, { weights: "trained" })).data]).toEqual([
      ...(await plain.predict(x)).data,
    ]);
    expect([...(await loadModel(saveModel(model)).predict(x)).data]).toEqual([
      ...(await model.predict(x)).data,
    ]);
    loadWeights(averaged, saveModel(model, { weights: "trained" }));
    expect(await averaged.evaluate(x, y)).toEqual(trained);
    // A checkpoint holds both; what takes its weights alone takes those that it predicted by.
    const bytes = encodeCheckpoint(model, { epochs: [] });
    loadWeights(averaged, bytes);
    expect(await averaged.evaluate(x, y)).toEqual(judged);
    const other = makeModel({ optimizer: "adam" });
    expect(restoreCheckpoint(other, decodeCheckpoint(bytes))).toBe("weights");
    expect(await other.evaluate(x, y)).toEqual(judged);
  });

  it("go on to the bit where a checkpoint stopped, with clip and accumulated batches", async () => {
    const options: Options = {
      optimizer: { name: "nadam", learningRate: 0.1 },
      averageWeights: { kind: "swa", start: 3, every: 2 },
      clip: { globalNorm: 0.3 },
    };
    const how: FitOptions = {
      batchSize: 5,
      accumulate: 2,
      schedule: { name: "cosine", epochs: 4, warmupSteps: 6 },
    };
    const [whole, half, resumed] = [makeModel(options), makeModel(options), makeModel(options)];
    await fit(whole, { ...how, epochs: 4 });
    const { epochs } = await fit(half, { ...how, epochs: 2 });
    const checkpoint = decodeCheckpoint(encodeCheckpoint(half, { epochs }));
    expect(restoreCheckpoint(resumed, checkpoint)).toBe("whole");
    await fit(resumed, { ...how, epochs: 4, resume: checkpoint.epochs });
    expect([...resumed.state.snapshot()]).toEqual([...whole.state.snapshot()]);
  });

  it("are gone with the plan that kept them", async () => {
    const { model } = await path({ kind: "ema" });
    model.compile({ loss: "mse", optimizer: "sgd" });
    expect(numbers(model, "average/")).toEqual([]);
    expect((await model.evaluate(x, y)).loss).toBe(
      (await model.evaluate(x, y, { weights: "trained" })).loss,
    );
  });

  it.each<[unknown, string]>([
    [{}, 'averageWeights: expected kind, "ema" or "swa", received nothing'],
    [{ kind: "mean" }, 'averageWeights: expected kind to be "ema" or "swa", received "mean"'],
    [{ kind: "ema", decay: 2 }, "decay to be a number from 0 to 1, received 2"],
    [{ kind: "swa", decay: 0.9 }, 'expected no decay for "swa"'],
    [{ kind: "swa", begin: 3 }, 'there is no option "begin"'],
    ["ema", 'expected an object of options, received "ema"'],
  ])("%j is refused", (averageWeights, message) => {
    expect(() => makeModel({ averageWeights: averageWeights as never })).toThrow(message);
  });

  it("or trained ones, and no others, are judged", async () => {
    await expect(makeModel().evaluate(x, y, { weights: "mean" as never })).rejects.toThrow(
      'evaluate: expected weights to be "average" or "trained", received "mean"',
    );
  });
});

describe("decay of chosen parameters", () => {
  /** Which variables end elsewhere than without decay. */
  async function decayed(optimizer: object): Promise<string[]> {
    const after = async (more: object) => {
      const made = { ...optimizer, ...more } as CompileModelOptions["optimizer"];
      const model = makeModel({ optimizer: made, layers: [batchNormalization()] });
      // Biases begin at 0, where nothing can decay.
      for (const variable of model.instance.params.variables.values()) {
        variable.assign(normal(key(7), variable.shape, { dtype: "float64" }));
      }
      await fit(model);
      return model.instance.params.variables;
    };
    const [some, none] = [await after({}), await after({ weightDecay: 0 })];
    return [...some].flatMap(([path, { data }]) =>
      data.some((value, i) => value !== none.get(path)!.data[i]) ? [path] : [],
    );
  }

  it.each(["adamW", "lion"] as const)("of %s", async (name) => {
    const of = (decayOn: unknown) =>
      decayed({ name, learningRate: 0.1, weightDecay: 0.5, decayOn });
    const everything = await of("all");
    expect(everything.length).toBe(6);
    expect(await of("weights")).toEqual(["dense1/w", "dense2/w"]);
    expect(await of(["dense2/w"])).toEqual(["dense2/w"]);
    expect((await of(["dense1"])).every((path) => path.startsWith("dense1/"))).toBe(true);
    expect(await of((path: string) => path === "dense1/w")).toEqual(["dense1/w"]);
    await expect(of(["dense3"])).rejects.toThrow('Did you mean "dense1"?');
    await expect(of("bias")).rejects.toThrow(/decayOn to be "all", "weights", a list of names/);
  });
});
