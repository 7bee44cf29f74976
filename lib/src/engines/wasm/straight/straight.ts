// A small program as one straight line of instructions: values stay in registers from kernel to kernel, and
// what it carries stays there from one time to the next.

import { encode, type ModuleBuilder } from "../code/index.ts";
import type { Compilation } from "../compiler/compile.ts";
import { importsOf } from "../compiler/imports.ts";
import { kernelsOf } from "../compiler/tasks.ts";
import type { EngineMemory } from "../memory/memory.ts";
import { addressRangeOf } from "../memory/place.ts";
import { VectorPool } from "../memory/pool.ts";
import { Race } from "../run/race.ts";
import type { RunFunction } from "../run/thread-pool.ts";
import { moduleOf } from "./emit.ts";
import { packed } from "./pack.ts";
import { type Pass, tracePass } from "./pass.ts";
import { NotStraight } from "./values.ts";

/** Work that takes about as many instructions, written out one after the other, as a cache of code holds. */
const SMALL_WORK = 2 ** 14;

/**
 * The ways to run a small program that are worth a try, its own among them.
 * @returns null for one that is large or shared among threads, or that has no other way
 */
export function raceOf(
  compilation: Compilation,
  memory: EngineMemory,
  own: RunFunction,
): Race | null {
  const work = kernelsOf(compilation.tasks).reduce((sum, kernel) => sum + kernel.work, 0);
  const isSmall = work <= SMALL_WORK && compilation.shares.work === 0;
  const others = isSmall ? straightRuns(compilation, memory) : [];
  return others.length > 0 ? new Race([own, ...others]) : null;
}

/**
 * Functions that do what the program's run() does on one thread, to the bit: with numbers written in the code, and
 * with numbers that are read from memory where they are used. None for a program that is not of that kind.
 */
export function straightRuns(compilation: Compilation, memory: EngineMemory): RunFunction[] {
  return straightModules(compilation, memory).map((module) => {
    const code = new WebAssembly.Module(encode(module));
    const instance = new WebAssembly.Instance(code, importsOf(module, memory.memory));
    return instance.exports["run"] as RunFunction;
  });
}

/** The modules of those functions. */
export function straightModules(compilation: Compilation, memory: EngineMemory): ModuleBuilder[] {
  const pass = passOf(compilation, memory);
  if (!pass) return [];
  return [null, poolOf(memory)].map((numbers) => moduleOf(pass, numbers, memory.isShared));
}

/** Numbers of all programs of an engine. */
const pools = new WeakMap<EngineMemory, VectorPool>();

function poolOf(memory: EngineMemory): VectorPool {
  const pool = pools.get(memory) ?? new VectorPool(memory);
  pools.set(memory, pool);
  return pool;
}

function passOf({ module, plan, place, scratch }: Compilation, memory: EngineMemory): Pass | null {
  const { schedule } = plan;
  const roomOf = (buffer: (typeof schedule.buffers)[number]) => addressRangeOf(place(buffer));
  const run = module.exports.find(({ name }) => name === "run")!;
  try {
    const pass = tracePass(module, run.ref, {
      scratch,
      arguments: schedule.arguments.map(roomOf),
      results: schedule.results.map(roomOf),
      all: schedule.buffers.map(roomOf),
      constant: (address, words) => [...memory.view("int32", address, words)],
    });
    return packed(pass);
  } catch (error) {
    if (error instanceof NotStraight) return null;
    throw error;
  }
}
