// What the Wasm engine makes of a whole training step: kernels, memory, and nothing per step.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { createWasmEngine, type Engine } from "../../engines/index.ts";
import type { WasmStorage } from "../../engines/wasm/memory/storage.ts";
import { dense, inputLayer, rescaling } from "../../nn/layers/index.ts";
import type { NdArray } from "../../ops/define.ts";
import { key, uniform } from "../../tensor/random.ts";
import type { CompileModelOptions } from "../model/compile-options.ts";
import type { Model } from "../model/model.ts";
import { sequential } from "../model/sequential.ts";

const BATCH = 10;

function makeModel(hidden: number, options: Partial<CompileModelOptions> = {}): Model {
  return sequential([
    inputLayer([784]),
    dense(hidden, { activation: "sigmoid" }),
    dense(10, { activation: "sigmoid" }),
  ])
    .with({ engine: createWasmEngine({ deterministic: true, threads: 1 }) })
    .compile({ loss: "quadratic", optimizer: { name: "sgd", learningRate: 0.5 }, ...options });
}

const array = (shape: readonly number[], seed: number): NdArray => {
  const { data } = uniform(key(seed), shape);
  return { dtype: "float32", shape, data };
};

function stepOf(model: Model) {
  const batches = { x: [array([100, 784], 1)], y: [array([100, 10], 2)], count: 100, size: BATCH };
  const { resident, step } = model.instance.residentStep(model.training, batches);
  resident.fill(batches.x, batches.y);
  resident.begin(Int32Array.from({ length: 100 }, (_, i) => i));
  return { resident, step };
}

function stage(model: Model, name: string): string {
  return stepOf(model)
    .step.stages(BATCH)
    .find((one) => one.name === name)!.text;
}

const kernelsOf = (model: Model) => stage(model, "kernels").match(/^kernel .*$/gm)!;
const arenaOf = (model: Model) => Number.parseInt(stage(model, "memory"), 10);

describe("a step of 784-30-10", () => {
  it("is a few kernels: five products with all elementwise work in them", () => {
    const kernels = kernelsOf(makeModel(30)).map((line) => line.match(/: (\w+)/)![1]!);
    const count = (name: string) => kernels.filter((kernel) => kernel === name).length;
    expect(count("matmul")).toBe(5);
    expect(count("gather")).toBe(3); // the order, the images, the targets
    expect(kernels.length).toBeLessThanOrEqual(19);
  });

  it("updates weights where they are, in the kernel that computes their gradient", () => {
    const text = stage(makeModel(30), "kernels");
    const updates = text.match(
      /^ {2}variable\d+: float32\[(784, 30|30, 10|30|10)\] = sub\(variable/gm,
    );
    expect(updates?.length).toBe(4);
    expect(text).not.toMatch(/array\d+: float32\[784, 30\]/);
  });

  it("needs an arena for little more than the batch", () => {
    const batch = BATCH * 784 * 4;
    expect(arenaOf(makeModel(30))).toBeLessThan(batch + 8192);
  });

  it.each(["adam", "rmsProp", "nadam", "radam", "lion", "adadelta"] as const)(
    "keeps the slots of %s in place too",
    (optimizer) => {
      const model = makeModel(30, { optimizer });
      expect(arenaOf(model)).toBeLessThan(BATCH * 784 * 4 + 8192);
      expect(kernelsOf(model).length).toBeLessThanOrEqual(21);
      const text = stage(model, "kernels");
      // No weight, moment or gradient is anywhere but in its own memory, and nothing is copied there.
      expect(text).not.toMatch(/array\d+: float32\[784, 30\]/);
      expect(text).not.toMatch(/variable\d+: float32\S* = (array|variable)\d+$/m);
    },
  );
});

describe("images of bytes", () => {
  const images = (count: number): NdArray => ({
    dtype: "uint8",
    shape: [count, 784],
    data: Uint8Array.from({ length: count * 784 }, (_, i) => (i * 7) % 256),
  });

  function bytesModel() {
    return sequential([inputLayer([784]), rescaling(1 / 255), dense(10)])
      .with({ engine: createWasmEngine({ deterministic: true }) })
      .compile({ loss: "meanSquaredError", optimizer: "sgd" });
  }

  it("stay bytes in engine memory", () => {
    const model = bytesModel();
    const count = 1000;
    const batches = { x: [images(count)], y: [array([count, 10], 2)], count, size: BATCH };
    const { memory } = [...model.state.variables.values()][0]!.storage as WasmStorage;
    const before = memory.used;
    const { resident, step } = model.instance.residentStep(model.training, batches);
    resident.fill(batches.x, batches.y);
    resident.begin(Int32Array.from({ length: count }, (_, i) => i));
    const text = step.stages(BATCH).find(({ name }) => name === "kernels")!.text;
    expect(text).toMatch(/array\d+: uint8\[10, 784\] = gather\(/);
    const [pixels, targets, arena] = [count * 784, count * 10 * 4, 2 ** 16];
    const weights = 4 * (784 * 10 + 10); // placed in engine memory when a program first uses them
    expect(memory.used - before).toBeLessThan(pixels + targets + weights + arena + 10_000);
  });

  it("give what the same numbers as floats give", async () => {
    const bytes = images(40);
    const y = array([40, 10], 2);
    const weights = async (x: NdArray) => {
      const model = bytesModel();
      await model.fit(x, y, { epochs: 2, batchSize: BATCH });
      return [...model.state.snapshot()];
    };
    const floats = { ...bytes, dtype: "float32", data: Float32Array.from(bytes.data) } as const;
    expect(await weights(bytes)).toEqual(await weights(floats));
  });
});

it("fit compiles by itself; eager: true runs op by op, to the same bits", async () => {
  const x = array([40, 784], 1);
  const y = array([40, 10], 2);
  const trained = async (eager: boolean) => {
    const engine = createWasmEngine({ deterministic: true });
    let runs = 0;
    const counting: Engine = {
      ...engine,
      direct(op, operands, params, types) {
        runs++;
        return engine.direct?.(op, operands, params, types) ?? null;
      },
      compile(graph, wiring) {
        const program = engine.compile(graph, wiring);
        return {
          graph: program.graph,
          run(args, times) {
            runs++;
            return program.run(args, times);
          },
        };
      },
    };
    const model = sequential([inputLayer([784]), dense(4, { activation: "tanh" }), dense(10)])
      .with({ engine: counting })
      .compile({ loss: "meanSquaredError", optimizer: "sgd" });
    runs = 0;
    await model.fit(x, y, { epochs: 5, batchSize: BATCH, eager });
    return { runs, weights: [...model.state.snapshot()] };
  };
  const [compiled, eager] = [await trained(false), await trained(true)];
  const steps = 5 * 4;
  expect(eager.runs).toBeGreaterThan(20 * steps);
  expect(compiled.runs).toBeLessThan(3 * steps);
  expect(compiled.weights).toEqual(eager.weights);
});

it("allocates nothing in thousands of steps, neither in engine memory nor outside", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const model = makeModel(30);
  const { resident, step } = stepOf(model);
  const order = Int32Array.from({ length: 100 }, (_, i) => i);
  const epochs = (times: number) => {
    for (let i = 0; i < times; i++) {
      resident.begin(order);
      step.repeat(10, BATCH);
    }
  };
  const { memory } = [...model.state.variables.values()][0]!.storage as WasmStorage;
  const state = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return { engine: memory.used, outside: heapUsed + arrayBuffers };
  };
  epochs(20);
  const before = state();
  epochs(300);
  const after = state();
  expect(after.engine).toBe(before.engine);
  expect(after.outside - before.outside).toBeLessThan(200_000); // less than 70 bytes a step
});
