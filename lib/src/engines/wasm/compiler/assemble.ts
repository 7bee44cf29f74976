// Kernels as functions of one module, and the function by which each thread runs its part of them.

import { bytesPerElement } from "../../../ir/dtype.ts";
import { sizeOf } from "../../../ir/shape.ts";
import type { FunctionRef, Global, Local, ModuleBuilder } from "../code/index.ts";
import type { CompileTarget, Kernel, Sharing } from "../kernels/kernel.ts";
import type { ArrayPlace } from "../memory/place.ts";
import { emitBarrier } from "./barrier.ts";
import { type EmittedKernel, RunWriter, THREAD } from "./driver.ts";
import { isPortable } from "./imports.ts";
import { planShares, type Shares } from "./shares.ts";
import { beforeOf, innerTasks, type Task } from "./tasks.ts";

const RANGE = [
  { name: "lo", type: "i32" },
  { name: "hi", type: "i32" },
] as const;
const RUN = [{ name: "times", type: "i32" }, ...THREAD] as const;

/**
 * Adds the function run(times, thread, threads) to the module: all tasks, one after the other, as
 * often as it is told. Thread 0 of 1 does everything; of several threads each must run it.
 * @param addBarrier adds the function by which threads meet
 */
export function writeRun(
  module: ModuleBuilder,
  tasks: readonly Task[],
  target: CompileTarget,
  addBarrier: typeof emitBarrier = emitBarrier,
): Shares {
  const { sharing } = target;
  const kernels = new Map<Kernel, EmittedKernel>();
  const thread = sharing ? module.global("thread", "i32") : null;
  emitKernels(module, tasks, target, thread, kernels);
  const canSplit = (kernel: Kernel) =>
    sharing !== undefined &&
    kernel.units > 1 &&
    isWorthSplitting(kernel, sharing) &&
    kernels.get(kernel)?.anyThread === true;
  const shares = planShares(tasks, canSplit);
  const barrier = sharing && shares.work > 0 ? addBarrier(module, sharing.control) : null;
  const run = module.function("run", RUN, null, (f) => {
    if (thread) f.set(thread, f.params[1]!);
    new RunWriter(module, f, kernels, shares, barrier).run(tasks);
  });
  module.export("run", run);
  return shares;
}

/** Arrays that do not stay in the cache of one processor. */
const LARGE_BYTES = 2 ** 20;

/** What another thread wrote last must be fetched from its processor's cache, and that takes time. */
function isWorthSplitting({ work, reads, writes }: Kernel, sharing: Sharing): boolean {
  const sizes = new Map([...reads, ...writes].map((place) => [place.address, bytesOf(place)]));
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const fetched = bytes < LARGE_BYTES ? bytes : 0;
  return work >= Math.max(sharing.leastWork, sharing.leastWorkPerByte * fetched);
}

function bytesOf({ dtype, shape }: ArrayPlace): number {
  return sizeOf(shape) * bytesPerElement(dtype);
}

function emitKernels(
  module: ModuleBuilder,
  tasks: readonly Task[],
  target: CompileTarget,
  thread: Global | null,
  made: Map<Kernel, EmittedKernel>,
): void {
  const helpers = new Map<string, FunctionRef>();
  const shared = (name: string, make: (module: ModuleBuilder) => FunctionRef) => {
    const known = helpers.get(name) ?? make(module);
    helpers.set(name, known);
    return known;
  };
  const add = (kernel: Kernel, scratch: ArrayPlace | null) => {
    if (kernel.units === 0) return;
    const { scratchBytes: bytes = 0, perThread = false } = kernel;
    const ownPart = (whole: ArrayPlace): ArrayPlace =>
      thread && perThread ? { ...whole, stepping: [{ counter: thread, bytes, length: 1 }] } : whole;
    const before = module.asked.length;
    const ref = module.function(`${kernel.name}_${module.functions.length}`, RANGE, null, (f) => {
      const [lo, hi] = f.params as [Local, Local];
      kernel.emit({ target, module, f, lo, hi, shared }, scratch && ownPart(scratch));
    });
    made.set(kernel, { ref, anyThread: module.asked.slice(before).every(isPortable) });
  };
  const visit = (task: Task): void => {
    if (task.kind === "kernel") {
      add(task.kernel, task.scratch);
      return;
    }
    for (const kernel of beforeOf(task)) add(kernel, null);
    if (task.kind !== "loop" || task.length > 0) innerTasks(task).forEach(visit);
  };
  tasks.forEach(visit);
}
