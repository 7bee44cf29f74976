// What happens where a thread fails, dies, does not answer or cannot start: an error in words, no waiting.

import { afterEach, describe, expect, test, vi } from "vitest";
import { type Graph, makeGraph, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import type { Program } from "../../engine.ts";
import { call, encode, ModuleBuilder } from "../code/index.ts";
import { emitBarrier } from "../compiler/barrier.ts";
import { createWasmEngine } from "../index.ts";
import { EngineMemory, newMemory } from "../memory/memory.ts";
import { countThreads } from "./count.ts";
import { ThreadPool } from "./thread-pool.ts";
import { compiled, SPLIT_ALL } from "./threads.testing.ts";

const o = graphBuilder();

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("an index out of range", () => {
  const ROWS = 40;
  const [x, places] = [
    new Value({ dtype: "float32", shape: [3, 8] }),
    new Value({ dtype: "int32", shape: [ROWS] }),
  ];
  // What follows needs a barrier, which the thread that failed never comes to.
  const graph: Graph = makeGraph(
    [x, places],
    [o.cumsum(o.gather(x, places), { axis: 0, reverse: false })],
  );
  const data = Float32Array.from({ length: 24 }, (_, i) => i);
  const good = new Int32Array(ROWS);

  test.each([1, 2, 3, 4])(
    "is the error of one thread on %i, wherever it stands",
    async (threads) => {
      const program = await compiled(createWasmEngine({ threads, leastWork: SPLIT_ALL }), graph);
      const expected = program.run([data, good]);
      for (const at of [0, 13, 26, ROWS - 1]) {
        const bad = good.with(at, 7);
        const run = () => program.run([data, bad], 3);
        expect(run).toThrow("gather: index 7 is out of range for an axis of 3");
        expect(program.run([data, good], 2)).toEqual(expected);
      }
    },
  );

  test("is the first one where there are several", async () => {
    const engine = createWasmEngine({ threads: 4, leastWork: SPLIT_ALL });
    const program = await compiled(engine, graph);
    const bad = good
      .with(ROWS - 1, 9)
      .with(ROWS - 15, 8)
      .with(ROWS - 25, 7);
    for (let i = 0; i < 20; i++) expect(() => program.run([data, bad])).toThrow("index 7 is out");
  });
});

/** A pool with a program that calls one function on another thread than the first, then meets it. */
async function poolWith(path: string, answerMs: number) {
  const memory = new EngineMemory(newMemory());
  const pool = new ThreadPool(memory, { threads: 2, answerMs });
  const module = new ModuleBuilder({ sharedMemory: true });
  const act = module.import("act", [], null);
  const barrier = emitBarrier(module, pool.control);
  const params = ["times", "thread", "threads"].map((name) => ({ name, type: "i32" }) as const);
  const ref = module.function("run", params, null, (f) => {
    const [times, thread, threads] = f.params;
    f.for(0, times!, 1, () => {
      f.if(thread!, () => f.do(call(act)));
      f.do(call(barrier, thread!, threads!));
    });
  });
  module.export("run", ref);
  const compiledModule = new WebAssembly.Module(encode(module));
  const env = { memory: memory.memory, act() {} };
  const { exports } = new WebAssembly.Instance(compiledModule, { env });
  const program = pool.load(compiledModule, { act: path });
  await pool.ready();
  const run = exports["run"] as (times: number, thread: number, threads: number) => void;
  return { pool, run: (times = 1) => pool.run(program, times, run) };
}

describe("a thread", () => {
  test("that ends in the middle of a run", async () => {
    const { pool, run } = await poolWith("process.exit", 20_000);
    expect(() => run()).toThrow("wasm: thread 1 of 2 ended: exit code 0");
    expect(() => pool.isReady).toThrow("wasm: thread 1 of 2 ended");
    await expect(pool.ready()).rejects.toThrow("wasm: thread 1 of 2 ended");
  });

  test("that throws anything", async () => {
    const { pool, run } = await poolWith("structuredClone", 20_000);
    const words = /^wasm: thread 1 of 2: TypeError/;
    expect(() => run()).toThrow(words);
    expect(() => run(5)).toThrow(words); // the pool is as good as before
    expect(pool.isReady).toBe(true);
  });

  test("that does not answer", async () => {
    const { pool, run } = await poolWith("process.reallyExit", 300);
    const words = "wasm: another of 2 threads did not answer for 0.3 s";
    expect(() => run()).toThrow(words);
    expect(() => pool.isReady).toThrow(words);
  });

  test("that does not start", async () => {
    const memory = new EngineMemory(newMemory());
    const pool = new ThreadPool(memory, { threads: 2, startMs: 0 });
    pool.load(new WebAssembly.Module(encode(new ModuleBuilder({ sharedMemory: true }))), {});
    const words = "wasm: the threads did not start within 0 s; try again with 1 thread";
    await expect(pool.ready()).rejects.toThrow(words);
  });

  test("does its part where nothing is wrong", async () => {
    const { run } = await poolWith("Date.now", 20_000);
    for (let i = 0; i < 200; i++) run(50);
  });
});

test("a thread that is killed between two runs fails the next one", async () => {
  const engine = createWasmEngine({ threads: 2, leastWork: SPLIT_ALL });
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const post = vi.spyOn(Worker.prototype, "postMessage");
  const x = new Value({ dtype: "float32", shape: [5000] });
  const program: Program = await compiled(engine, makeGraph([x], [o.exp(x)]));
  const worker = post.mock.contexts[0] as InstanceType<typeof Worker>;
  const input = new Float32Array(5000);
  program.run([input]);
  await worker.terminate();
  expect(() => program.run([input])).toThrow("wasm: thread 1 of 2 ended: exit code 1");
  await expect(engine.ready?.()).rejects.toThrow("wasm: thread 1 of 2 ended");
});

test("a thread that cannot start is an error of whoever waits for it", async () => {
  class Worker {
    constructor() {
      throw new Error("no more threads");
    }
  }
  const none = { Worker };
  const real = process.getBuiltinModule;
  const stub = (name: string) => (name === "node:worker_threads" ? none : real(name));
  vi.spyOn(process, "getBuiltinModule").mockImplementation(stub as typeof real);
  const engine = createWasmEngine({ threads: 3, leastWork: SPLIT_ALL });
  const x = new Value({ dtype: "float32", shape: [5000] });
  expect(() => engine.compile(makeGraph([x], [o.exp(x)]))).toThrow(
    "wasm: thread 1 of 3 ended: no more threads",
  );
});

describe("the number of threads", () => {
  test("is one without shared memory, with the same numbers", () => {
    const x = new Value({ dtype: "float32", shape: [5000] });
    const graph = makeGraph([x], [o.sin(x), o.sum(x, { axes: [0] })]);
    const input = Float32Array.from({ length: 5000 }, (_, i) => i / 100);
    const expected = createWasmEngine({ threads: 2 }).compile(graph).run([input]);
    vi.stubGlobal("SharedArrayBuffer", undefined);
    const engine = createWasmEngine({ threads: 2, leastWork: SPLIT_ALL });
    expect(engine.threads).toBe(1);
    expect(engine.compile(graph).run([input])).toEqual(expected);
  });

  test("is one on the main thread of a page, and as asked elsewhere", () => {
    expect(countThreads(5, true)).toBe(5);
    expect(countThreads("auto", true)).toBeGreaterThan(0);
    expect(countThreads("auto", false)).toBe(1);
    vi.stubGlobal("process", undefined);
    vi.stubGlobal("navigator", { hardwareConcurrency: 6 });
    expect(countThreads("auto", true)).toBe(1);
    expect(countThreads(5, true)).toBe(1);
    vi.stubGlobal("DedicatedWorkerGlobalScope", class {});
    expect(countThreads("auto", true)).toBe(6);
    vi.stubGlobal("navigator", { hardwareConcurrency: 32 });
    expect(countThreads("auto", true)).toBe(8);
  });

  test.each([0, -1, 1.5, 65, Number.NaN])("is refused where it is %d", (threads) => {
    expect(() => createWasmEngine({ threads })).toThrow(
      `threads: expected "auto" or a whole number from 1 to 64, received ${threads}`,
    );
  });
});
