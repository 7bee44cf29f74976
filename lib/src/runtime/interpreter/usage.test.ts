// What nobody uses any more is given back: engine memory, programs, and what other threads hold.

import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, test } from "vitest";
import { createWasmEngine, type Engine, referenceEngine } from "../../engines/index.ts";
import { SPLIT_ALL } from "../../engines/wasm/run/threads.testing.ts";
import { compile, engine, ones, setEngine, type Tensor, Variable, zeros } from "../../index.ts";
import { makeGraph, Value } from "../../ir/graph.ts";
import { graphBuilder } from "../../ops/builder.ts";

const o = graphBuilder();

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const usual = engine();
afterEach(() => setEngine(usual));

/** Collects garbage, and lets registries of what was collected do their work. */
async function settle(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    collect();
    await setImmediate();
  }
}

/** Bytes in use once `make` has run, and once all that it made is garbage. */
async function bytesOf(engine: Engine, make: () => unknown): Promise<[held: number, left: number]> {
  setEngine(engine);
  const bytes = () => engine.usage!().bytes;
  const before = bytes();
  let made = make() as object | null;
  expect(made).not.toBeNull();
  const held = bytes() - before;
  made = null;
  await settle();
  return [held, bytes() - before];
}

const MIB = 2 ** 20;

describe("engine memory is given back", () => {
  test("by variables", async () => {
    const wasm = createWasmEngine({ threads: 1 });
    const x = new Value({ dtype: "float32", shape: [MIB / 4] });
    const graph = makeGraph([x], [o.slice(x, { start: [0], end: [1], step: [1] })]);
    // A variable has its place in engine memory from the first program on that reads it.
    const make = () =>
      Array.from({ length: 50 }, () => {
        const variable = new Variable(zeros([MIB / 4]));
        wasm.compile(graph, { reads: [variable.storage], writes: [] });
        return variable;
      });
    await bytesOf(wasm, make); // arenas and programs that stay
    const [held, left] = await bytesOf(wasm, make);
    expect(held).toBeGreaterThanOrEqual(50 * MIB);
    expect(left).toBeLessThan(MIB);
  });

  test("by the constants of programs", async () => {
    const wasm = createWasmEngine({ threads: 1 });
    const shape = [MIB / 4];
    const make = () =>
      Array.from({ length: 10 }, (_, i) => {
        const x = new Value({ dtype: "float32", shape });
        const data = Float32Array.from({ length: MIB / 4 }, (_, j) => i + j);
        const table = o.constant({ data, dtype: "float32", shape });
        return wasm.compile(makeGraph([x], [o.mul(x, table)]));
      });
    await bytesOf(wasm, make); // an arena that stays
    const [held, left] = await bytesOf(wasm, make);
    expect(held).toBeGreaterThanOrEqual(10 * MIB);
    expect(left).toBeLessThan(MIB);
  });
});

test("programs that nobody has any more leave the other threads", async () => {
  const wasm = createWasmEngine({ threads: 2, leastWork: SPLIT_ALL });
  setEngine(wasm);
  const held = () => wasm.usage!().threadPrograms;
  const makeAndRun = () => {
    const programs = Array.from({ length: 20 }, (_, i) => compile((x: Tensor) => x.add(i).exp()));
    for (const f of programs) f(zeros([5000]));
    return programs;
  };
  let programs: unknown = makeAndRun();
  await wasm.ready!();
  expect(programs).toHaveLength(20);
  const most = held();
  expect(most).toBeGreaterThanOrEqual(20);
  programs = null;
  await settle();
  await wasm.ready!();
  expect(held()).toBeLessThanOrEqual(most - 19);
});

test("eager mode keeps a bounded number of programs", async () => {
  const made: WeakRef<object>[] = [];
  const { direct: _, ...compiling } = referenceEngine;
  setEngine({
    ...compiling,
    compile(graph, wiring) {
      const program = referenceEngine.compile(graph, wiring);
      made.push(new WeakRef(program));
      return program;
    },
  });
  const MANY = 4000;
  for (let length = 1; length <= MANY; length++) zeros([length]).neg();
  await settle();
  expect(made.length).toBeGreaterThanOrEqual(MANY);
  const alive = made.filter((program) => program.deref() !== undefined).length;
  expect(alive).toBeGreaterThan(100);
  expect(alive).toBeLessThan(MANY / 2);
});

test("arrays of five hundred lengths in turn need no programs of their own", () => {
  const wasm = createWasmEngine({ threads: 1 });
  let compiled = 0;
  setEngine({
    ...wasm,
    compile(graph, wiring) {
      compiled += 1;
      return wasm.compile(graph, wiring);
    },
  });
  for (let length = 1; length <= 500; length++) {
    const x = ones([length]);
    const total = x.exp().sub(x.softmax().mul(length)).sum();
    expect(total.item()).toBeCloseTo(length * (Math.E - 1), 1);
    ones([3, length])
      .matmul(ones([length, 2]))
      .transpose()
      .reshape([6]);
  }
  expect(compiled).toBe(0);
});
