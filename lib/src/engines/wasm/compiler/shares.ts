// What threads do together: which kernels they split, and before which they wait for each other.

import type { Kernel } from "../kernels/kernel.ts";
import { type AddressRange, addressRangeOf } from "../memory/place.ts";
import { Extents } from "./extents.ts";
import { kernelsOf, type LoopTask, type Task } from "./tasks.ts";

type KernelTask = Extract<Task, { kind: "kernel" }>;

export interface Shares {
  /** Kernels that all threads work on; loops that all threads go round. All else is thread 0's. */
  readonly split: ReadonlySet<Kernel | LoopTask>;
  /** Before these all threads meet. They meet at the start of every turn of a split loop as well. */
  readonly barriers: ReadonlySet<Kernel | LoopTask>;
  /** The work in a run that is split, in the units of Kernel.work. */
  readonly work: number;
}

export function planShares(tasks: readonly Task[], canSplit: (kernel: Kernel) => boolean): Shares {
  const walk = new Walk(canSplit);
  walk.visit(tasks, 1);
  return walk;
}

/** The memory that something uses. */
interface Access {
  readonly reads: readonly AddressRange[];
  readonly writes: readonly AddressRange[];
}

class Walk implements Shares {
  readonly split = new Set<Kernel | LoopTask>();
  readonly barriers = new Set<Kernel | LoopTask>();
  work = 0;
  readonly #canSplit: (kernel: Kernel) => boolean;
  /** What may still be going on since all threads met last: on all of them, and on thread 0 alone. */
  #split = new Pending();
  #alone = new Pending();

  constructor(canSplit: (kernel: Kernel) => boolean) {
    this.#canSplit = canSplit;
  }

  /** @param times how often these tasks are taken in a run */
  visit(tasks: readonly Task[], times: number): void {
    for (const task of tasks) {
      if (task.kind === "kernel") this.#kernel(task, times);
      else this.#loop(task, times);
    }
  }

  #kernel(task: KernelTask, times: number): void {
    const { kernel } = task;
    if (kernel.units === 0) return;
    const split = this.#canSplit(kernel);
    if (split) {
      this.split.add(kernel);
      this.work += kernel.work * times;
    }
    this.#meet(kernel, accessOf([task]), split);
  }

  #loop(task: LoopTask, times: number): void {
    this.visit(
      task.before.map((kernel) => ({ kind: "kernel", kernel, scratch: null })),
      times,
    );
    if (task.length === 0) return;
    if (kernelsOf(task.body).some(this.#canSplit)) {
      this.split.add(task);
      this.#clear(); // each turn begins with a barrier
      this.visit(task.body, times * task.length);
    } else this.#meet(task, accessOf(task.body), false);
  }

  /** Adds what comes next; with a barrier before it where it meets in memory what may be going on. */
  #meet(what: Kernel | LoopTask, access: Access, split: boolean): void {
    if (this.#split.conflicts(access) || (split && this.#alone.conflicts(access))) {
      this.barriers.add(what);
      this.#clear();
    }
    (split ? this.#split : this.#alone).add(access);
  }

  #clear(): void {
    this.#split = new Pending();
    this.#alone = new Pending();
  }
}

/** The memory that some things use which may be going on. */
class Pending {
  readonly #reads = new Extents();
  readonly #writes = new Extents();

  add({ reads, writes }: Access): void {
    for (const extent of reads) this.#reads.add(extent);
    for (const extent of writes) this.#writes.add(extent);
  }

  /** True where one writes what the other reads or writes. */
  conflicts({ reads, writes }: Access): boolean {
    return (
      writes.some((extent) => this.#writes.meets(extent) || this.#reads.meets(extent)) ||
      reads.some((extent) => this.#writes.meets(extent))
    );
  }
}

function accessOf(tasks: readonly Task[]): Access {
  const parts = tasks.map((task) => {
    if (task.kind === "loop") {
      const before = task.before.map(
        (kernel) => ({ kind: "kernel", kernel, scratch: null }) as const,
      );
      return accessOf([...before, ...task.body]);
    }
    const { kernel, scratch } = task;
    return {
      reads: kernel.reads.map(addressRangeOf),
      writes: [...kernel.writes, ...(scratch ? [scratch] : [])].map(addressRangeOf),
    };
  });
  return {
    reads: parts.flatMap(({ reads }) => reads),
    writes: parts.flatMap(({ writes }) => writes),
  };
}
