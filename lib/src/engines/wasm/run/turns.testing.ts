// Several threads on one: between two barriers each does its part as a whole, in a given order.

import type { DataArray } from "../../../ir/dtype.ts";
import type { Graph } from "../../../ir/graph.ts";
import { sizeOf } from "../../../ir/shape.ts";
import { simplify } from "../../../transforms/simplify.ts";
import type { Wiring } from "../../engine.ts";
import { call, encode, type Global, ModuleBuilder, op } from "../code/index.ts";
import { writeRun } from "../compiler/assemble.ts";
import { type Compilation, compileGraph } from "../compiler/compile.ts";
import { importsOf } from "../compiler/imports.ts";
import { type ControlTask, innerTasks, type Task } from "../compiler/tasks.ts";
import type { CompileTarget, Kernel } from "../kernels/kernel.ts";
import type { Buffer } from "../lower/view.ts";
import type { EngineMemory } from "../memory/memory.ts";
import { type AddressRange, addressRangeOf } from "../memory/place.ts";

/** Does what one thread does between two barriers, by number; gives the number of the last one. */
type Part = (times: number, thread: number, threads: number, segment: number) => number;

/** A program whose threads take turns. */
export class TurnsProgram {
  /**
   * False where all of it is the first thread's, and where threads meet as often as values say: these
   * segments cannot be counted.
   */
  readonly isShared: boolean;
  readonly #compilation: Compilation;
  readonly #memory: EngineMemory;
  readonly #part: Part;
  /** All scratch memory, and what lies between. */
  readonly #scratch: AddressRange;

  constructor(graph: Graph, wiring: Wiring, target: CompileTarget, memory: EngineMemory) {
    this.#memory = memory;
    this.#compilation = compileGraph(simplify(graph), wiring, target, memory);
    const { tasks, shares } = this.#compilation;
    const byValue = controlsIn(tasks).some(
      (task) => task.kind === "while" || (task.kind === "choice" && shares.split.has(task)),
    );
    this.isShared = shares.work > 0 && !byValue;
    const extents = scratchOf(tasks);
    const [from, to] = [extents.map((one) => one.from), extents.map((one) => one.to)];
    this.#scratch = { from: Math.min(...from), to: Math.max(...to) };
    const module = inSegments(this.#compilation, target, memory.isShared);
    const code = new WebAssembly.Module(encode(module));
    const instance = new WebAssembly.Instance(code, importsOf(module, memory.memory));
    this.#part = instance.exports.part as Part;
  }

  /**
   * @param order the threads, in the order in which they do their parts
   * @throws Error where they do not meet equally often, or write the same scratch memory
   */
  run(args: readonly DataArray[], times: number, order: readonly number[]): DataArray[] {
    const { plan, place } = this.#compilation;
    const view = (buffer: Buffer) =>
      this.#memory.view(buffer.dtype, place(buffer).address, sizeOf(buffer.shape));
    plan.schedule.arguments.forEach((buffer, i) => {
      view(buffer).set(args[i]!);
    });
    for (let segment = 0, last = 0; segment <= last; segment++) {
      const writers = new Uint8Array(Math.max(0, this.#scratch.to - this.#scratch.from));
      const lasts = order.map((thread) =>
        this.#watch(thread, writers, () => this.#part(times, thread, order.length, segment)),
      );
      last = lasts[0]!;
      if (lasts.some((other) => other !== last)) throw new Error(`threads meet ${lasts} times`);
    }
    return plan.schedule.results.map((buffer) => view(buffer).slice());
  }

  /** Notes who changes which bytes, as 1 + thread: taking turns hides it when threads use the same scratch memory. */
  #watch<T>(thread: number, writers: Uint8Array, body: () => T): T {
    const { from, to } = this.#scratch;
    if (from >= to) return body();
    const now = this.#memory.view("uint8", from, to - from);
    const before = now.slice();
    const result = body();
    for (let i = 0; i < now.length; i++) {
      if (now[i] === before[i]) continue;
      const other = (writers[i] || thread + 1) - 1;
      if (other !== thread) throw new Error(`threads ${other} and ${thread} write the same byte`);
      writers[i] = thread + 1;
    }
    return result;
  }
}

/** The program assembled anew: its barriers count segments, its kernels run in one of them only. */
function inSegments(
  { tasks, module: old }: Compilation,
  target: CompileTarget,
  sharedMemory: boolean,
) {
  const module = new ModuleBuilder({ sharedMemory });
  // Tasks know the globals by their indices.
  for (const { global, initial } of old.globals)
    module.global(global.name, global.type as "i32", initial);
  const [now, wanted] = [module.global("now", "i32"), module.global("wanted", "i32")];
  writeRun(module, onlyIn(tasks, now, wanted), target, () => countSegments(module, now));
  const run = module.exports.find(({ name }) => name === "run")!.ref;
  const params = ["times", "thread", "threads", "segment"].map(
    (name) => ({ name, type: "i32" }) as const,
  );
  const part = module.function("part", params, "i32", (f) => {
    const [times, thread, threads, segment] = f.params;
    f.set(now, 0);
    f.set(wanted, segment!);
    f.do(call(run, times!, thread!, threads!));
    f.result = op("i32.add", now, 0);
  });
  module.export("part", part);
  return module;
}

function countSegments(module: ModuleBuilder, now: Global) {
  const params = ["thread", "threads"].map((name) => ({ name, type: "i32" }) as const);
  return module.function("barrier", params, null, (f) => f.set(now, op("i32.add", now, 1)));
}

function onlyIn(tasks: readonly Task[], now: Global, wanted: Global): Task[] {
  const guarded = (kernel: Kernel): Kernel => ({
    ...kernel,
    emit: (context, scratch) =>
      context.f.if(op("i32.eq", now, wanted), () => kernel.emit(context, scratch)),
  });
  return tasks.map((task): Task => {
    switch (task.kind) {
      case "kernel":
        return { ...task, kernel: guarded(task.kernel) };
      case "loop":
        return { ...task, before: task.before.map(guarded), body: onlyIn(task.body, now, wanted) };
      case "choice": {
        const [ifTrue, ifFalse] = [task.ifTrue, task.ifFalse].map((own) =>
          onlyIn(own, now, wanted),
        );
        return { ...task, ifTrue: ifTrue!, ifFalse: ifFalse! };
      }
      default:
        return task; // a loop with a condition: see isShared
    }
  });
}

function controlsIn(tasks: readonly Task[]): ControlTask[] {
  return tasks.flatMap((task) =>
    task.kind === "kernel" ? [] : [task, ...controlsIn(innerTasks(task))],
  );
}

function scratchOf(tasks: readonly Task[]): AddressRange[] {
  return tasks.flatMap((task) => {
    if (task.kind !== "kernel") return scratchOf(innerTasks(task));
    return task.scratch ? [addressRangeOf(task.scratch)] : [];
  });
}
