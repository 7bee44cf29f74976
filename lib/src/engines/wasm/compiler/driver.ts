// The function by which each thread runs its part of a program, kernel after kernel.

import {
  call,
  type Expr,
  type FunctionBuilder,
  type FunctionRef,
  type Local,
  load,
  type ModuleBuilder,
  op,
  select,
} from "../code/index.ts";
import type { Kernel } from "../kernels/kernel.ts";
import { type ArrayPlace, addressOf } from "../memory/place.ts";
import type { Shares } from "./shares.ts";
import type { ChoiceTask, ControlTask, LoopTask, Task, WhileTask } from "./tasks.ts";

/** Which thread runs, of how many. */
export const THREAD = [
  { name: "thread", type: "i32" },
  { name: "threads", type: "i32" },
] as const;

/** The most tasks that one function runs: engines limit the locals and the bytes of a function. */
export const MOST_TASKS = 500;

export interface EmittedKernel {
  readonly ref: FunctionRef;
  /** Every thread has the functions that it calls. */
  readonly anyThread: boolean;
}

/** Writes the tasks as one thread takes them. */
export class RunWriter {
  readonly #module: ModuleBuilder;
  #f: FunctionBuilder;
  readonly #kernels: ReadonlyMap<Kernel, EmittedKernel>;
  readonly #shares: Shares;
  readonly #barrier: FunctionRef | null;
  readonly #times: Local;
  #thread: Local;
  #threads: Local;
  /** Inside what thread 0 does alone. */
  #alone = false;

  constructor(
    module: ModuleBuilder,
    f: FunctionBuilder,
    kernels: ReadonlyMap<Kernel, EmittedKernel>,
    shares: Shares,
    barrier: FunctionRef | null,
  ) {
    this.#module = module;
    this.#f = f;
    this.#kernels = kernels;
    this.#shares = shares;
    this.#barrier = barrier;
    [this.#times, this.#thread, this.#threads] = f.params as [Local, Local, Local];
  }

  run(tasks: readonly Task[]): void {
    this.#f.for(0, this.#times, 1, () => {
      this.#meet();
      this.#tasks(tasks);
    });
  }

  #tasks(tasks: readonly Task[]): void {
    if (tasks.length > MOST_TASKS) {
      for (let at = 0; at < tasks.length; at += MOST_TASKS) {
        this.#inFunction(tasks.slice(at, at + MOST_TASKS));
      }
      return;
    }
    for (const task of tasks) {
      switch (task.kind) {
        case "kernel":
          this.#kernel(task.kernel);
          break;
        case "loop":
          this.#loop(task);
          break;
        case "while":
          this.#while(task);
          break;
        case "choice":
          this.#choice(task);
          break;
      }
    }
  }

  /** Writes tasks in a function of their own, and a call of it. */
  #inFunction(tasks: readonly Task[]): void {
    const [outer, thread, threads] = [this.#f, this.#thread, this.#threads];
    const ref = this.#module.function(
      `steps_${this.#module.functions.length}`,
      THREAD,
      null,
      (f) => {
        this.#f = f;
        [this.#thread, this.#threads] = f.params as [Local, Local];
        this.#tasks(tasks);
      },
    );
    [this.#f, this.#thread, this.#threads] = [outer, thread, threads];
    outer.do(call(ref, thread, threads));
  }

  /** Kernels of the body find their slices by the counter. */
  #loop(task: LoopTask): void {
    const f = this.#f;
    const { counter, length, reverse } = task;
    for (const kernel of task.before) this.#kernel(kernel);
    const isSplit = this.#shares.split.has(task);
    this.#together(task, () =>
      f.for(0, length, 1, (i) => {
        f.set(counter, reverse ? op("i32.sub", length - 1, i) : i);
        if (isSplit) this.#meet();
        this.#tasks(task.body);
      }),
    );
  }

  /**
   * All threads read the flag after the test has written it, and before the next one does. What the loop
   * holds is there before any of them goes on.
   */
  #while(task: WhileTask): void {
    const f = this.#f;
    for (const kernel of task.before) this.#kernel(kernel);
    const isSplit = this.#shares.split.has(task);
    this.#together(task, () => {
      const isFirst = task.first.length > 0 ? f.keep(1, "isFirst") : null;
      f.doWhile(() => {
        if (isSplit) this.#meet();
        this.#tasks(task.test);
        if (isSplit) this.#meet();
        const goesOn = f.keep(flagAt(task.flag), "goesOn");
        f.if(goesOn, () => {
          if (isFirst) {
            f.if(isFirst, () => {
              this.#tasks(task.first);
              if (isSplit) this.#meet();
              f.set(isFirst, 0);
            });
          }
          this.#tasks(task.body);
        });
        return goesOn;
      });
    });
  }

  #choice(task: ChoiceTask): void {
    this.#together(task, () =>
      this.#f.if(
        flagAt(task.flag),
        () => this.#tasks(task.ifTrue),
        () => this.#tasks(task.ifFalse),
      ),
    );
  }

  /** What all threads go through where there is something in it to split, else thread 0. */
  #together(task: ControlTask, body: () => void): void {
    if (this.#shares.barriers.has(task)) this.#meet();
    if (this.#shares.split.has(task)) body();
    else this.#onFirst(body);
  }

  #kernel(kernel: Kernel): void {
    if (kernel.units === 0) return;
    const { ref } = this.#kernels.get(kernel)!;
    if (this.#shares.barriers.has(kernel)) this.#meet();
    const run = () => {
      if (this.#shares.split.has(kernel)) this.#part(ref, kernel.units);
      else this.#onFirst(() => this.#f.do(call(ref, 0, kernel.units)));
    };
    const { once, kept } = kernel;
    if (once && kept) this.#f.if(op("i32.eqz", load("i32.load", 0, kept.flag)), run);
    else run();
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

/** A boolean in memory, as an i32. */
function flagAt(place: ArrayPlace): Expr {
  const { base, offset } = addressOf(place);
  return load("i32.load8_u", base, offset);
}
