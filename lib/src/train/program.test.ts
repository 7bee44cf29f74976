// What the Wasm engine makes of a whole training step: kernels, memory, and nothing per step.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { createWasmEngine } from "../engines/index.ts";
import type { WasmSlot } from "../engines/wasm/slot.ts";
import { dense, inputLayer } from "../nn/layers/index.ts";
import type { NdArray } from "../ops/define.ts";
import { key, uniform } from "../tensor/random.ts";
import type { CompileModelOptions, Model } from "./model.ts";
import { sequential } from "./sequential.ts";

const BATCH = 10;

function makeModel(hidden: number, options: Partial<CompileModelOptions> = {}): Model {
  return sequential([
    inputLayer([784]),
    dense(hidden, { activation: "sigmoid" }),
    dense(10, { activation: "sigmoid" }),
  ])
    .with({ engine: createWasmEngine({ deterministic: true }) })
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
    const updates = text.match(/^ {2}slot\d+: float32\[(784, 30|30, 10|30|10)\] = sub\(slot/gm);
    expect(updates?.length).toBe(4);
    expect(text).not.toMatch(/array\d+: float32\[784, 30\]/);
  });

  it("needs an arena for little more than the batch", () => {
    const batch = BATCH * 784 * 4;
    expect(arenaOf(makeModel(30))).toBeLessThan(batch + 8192);
  });

  it("keeps Adam's moments in place too", () => {
    const model = makeModel(30, { optimizer: "adam" });
    expect(arenaOf(model)).toBeLessThan(BATCH * 784 * 4 + 8192);
    expect(kernelsOf(model).length).toBeLessThanOrEqual(21);
  });
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
  const { memory } = [...model.state.variables.values()][0]!.slot as WasmSlot;
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
