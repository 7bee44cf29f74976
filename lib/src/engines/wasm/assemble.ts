// Kernels as functions of one module, and the function by which each thread runs its part of them.

import { bytesPerElement } from "../../ir/dtype.ts";
import { sizeOf } from "../../ir/shape.ts";
import {
  call,
  type FunctionBuilder,
  type FunctionRef,
  type Global,
  type Local,
  type ModuleBuilder,
  op,
  select,
} from "./code/index.ts";
import { isPortable } from "./imports.ts";
import type { Kernel, Sharing, Target } from "./kernel.ts";
import type { Place } from "./place.ts";
import type { Step } from "./steps.ts";
import { emitBarrier } from "./threads/barrier.ts";
import { type Shares, sharesOf } from "./threads/shares.ts";

const RANGE = [
  { name: "lo", type: "i32" },
  { name: "hi", type: "i32" },
] as const;
const RUN = [
  { name: "times", type: "i32" },
  { name: "thread", type: "i32" },
  { name: "threads", type: "i32" },
] as const;

/**
 * Adds the function run(times, thread, threads) to the module: all steps, one after the other, as
 * often as it is told. Thread 0 of 1 does everything; of several threads each must run it.
 * @param addBarrier adds the function by which threads meet
 */
export function assemble(
  module: ModuleBuilder,
  steps: readonly Step[],
  target: Target,
  addBarrier: typeof emitBarrier = emitBarrier,
): Shares {
  const { sharing } = target;
  const kernels = new Map<Kernel, EmittedKernel>();
  const thread = sharing ? module.global("thread", "i32") : null;
  emitKernels(module, steps, target, thread, kernels);
  const canSplit = (kernel: Kernel) =>
    sharing !== undefined &&
    kernel.units > 1 &&
    isWorthSplitting(kernel, sharing) &&
    kernels.get(kernel)?.anyThread === true;
  const shares = sharesOf(steps, canSplit);
  const barrier = sharing && shares.work > 0 ? addBarrier(module, sharing.control) : null;
  const run = module.function("run", RUN, null, (f) => {
    if (thread) f.set(thread, f.params[1]!);
    new RunWriter(f, kernels, shares, barrier).run(steps);
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

function bytesOf({ dtype, shape }: Place): number {
  return sizeOf(shape) * bytesPerElement(dtype);
}

interface EmittedKernel {
  readonly ref: FunctionRef;
  /** Every thread has the functions that it calls. */
  readonly anyThread: boolean;
}

function emitKernels(
  module: ModuleBuilder,
  steps: readonly Step[],
  target: Target,
  thread: Global | null,
  made: Map<Kernel, EmittedKernel>,
): void {
  const helpers = new Map<string, FunctionRef>();
  const shared = (name: string, make: (module: ModuleBuilder) => FunctionRef) => {
    const known = helpers.get(name) ?? make(module);
    helpers.set(name, known);
    return known;
  };
  const add = (kernel: Kernel, scratch: Place | null) => {
    if (kernel.units === 0) return;
    const { scratchBytes: bytes = 0, perThread = false } = kernel;
    const ownPart = (whole: Place): Place =>
      thread && perThread ? { ...whole, stepping: [{ counter: thread, bytes, length: 1 }] } : whole;
    const before = module.asked.length;
    const ref = module.function(`${kernel.name}_${module.functions.length}`, RANGE, null, (f) => {
      const [lo, hi] = f.params as [Local, Local];
      kernel.emit({ target, module, f, lo, hi, shared }, scratch && ownPart(scratch));
    });
    made.set(kernel, { ref, anyThread: module.asked.slice(before).every(isPortable) });
  };
  const visit = (step: Step): void => {
    if (step.kind === "kernel") {
      add(step.kernel, step.scratch);
      return;
    }
    for (const kernel of step.before) add(kernel, null);
    if (step.length > 0) step.body.forEach(visit);
  };
  steps.forEach(visit);
}

/** Writes the steps as one thread takes them. */
class RunWriter {
  readonly #f: FunctionBuilder;
  readonly #kernels: ReadonlyMap<Kernel, EmittedKernel>;
  readonly #shares: Shares;
  readonly #barrier: FunctionRef | null;
  readonly #times: Local;
  readonly #thread: Local;
  readonly #threads: Local;
  /** Inside what thread 0 does alone. */
  #alone = false;

  constructor(
    f: FunctionBuilder,
    kernels: ReadonlyMap<Kernel, EmittedKernel>,
    shares: Shares,
    barrier: FunctionRef | null,
  ) {
    this.#f = f;
    this.#kernels = kernels;
    this.#shares = shares;
    this.#barrier = barrier;
    [this.#times, this.#thread, this.#threads] = f.params as [Local, Local, Local];
  }

  run(steps: readonly Step[]): void {
    this.#f.for(0, this.#times, 1, () => {
      this.#meet();
      this.#steps(steps);
    });
  }

  #steps(steps: readonly Step[]): void {
    for (const step of steps) {
      if (step.kind === "kernel") this.#kernel(step.kernel);
      else this.#loop(step);
    }
  }

  /** Kernels of the body find their slices by the counter. */
  #loop(step: Extract<Step, { kind: "loop" }>): void {
    const f = this.#f;
    const { counter, length, reverse } = step;
    for (const kernel of step.before) this.#kernel(kernel);
    const isSplit = this.#shares.split.has(step);
    const loop = () =>
      f.for(0, length, 1, (i) => {
        f.set(counter, reverse ? op("i32.sub", length - 1, i) : i);
        if (isSplit) this.#meet();
        this.#steps(step.body);
      });
    if (this.#shares.barriers.has(step)) this.#meet();
    if (isSplit) loop();
    else this.#onFirst(loop);
  }

  #kernel(kernel: Kernel): void {
    if (kernel.units === 0) return;
    const { ref } = this.#kernels.get(kernel)!;
    if (this.#shares.barriers.has(kernel)) this.#meet();
    if (this.#shares.split.has(kernel)) this.#part(ref, kernel.units);
    else this.#onFirst(() => this.#f.do(call(ref, 0, kernel.units)));
  }

  /** The thread's units: as many as others have, or one more. */
  #part(ref: FunctionRef, units: number): void {
    const f = this.#f;
    const [thread, threads] = [this.#thread, this.#threads];
    const each = f.keep(op("i32.div_u", units, threads), "each");
    const rest = f.keep(op("i32.rem_u", units, threads), "rest");
    const isLonger = op("i32.lt_s", thread, rest);
    const before = select(isLonger, thread, rest);
    const lo = f.keep(op("i32.add", op("i32.mul", thread, each), before), "lo");
    const hi = f.keep(op("i32.add", op("i32.add", lo, each), isLonger), "hi");
    f.if(op("i32.lt_s", lo, hi), () => f.do(call(ref, lo, hi)));
  }

  #onFirst(body: () => void): void {
    if (this.#barrier === null || this.#alone) {
      body();
      return;
    }
    this.#f.if(op("i32.eqz", this.#thread), () => {
      this.#alone = true;
      body();
      this.#alone = false;
    });
  }

  #meet(): void {
    const f = this.#f;
    const barrier = this.#barrier;
    if (barrier === null) return;
    const areSeveral = op("i32.gt_s", this.#threads, 1);
    f.if(areSeveral, () => f.do(call(barrier, this.#thread, this.#threads)));
  }
}
