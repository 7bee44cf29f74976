// What threads do together: which kernels they split, and before which they wait for each other.

import type { Kernel } from "../kernels/kernel.ts";
import { type AddressRange, type ArrayPlace, addressRangeOf } from "../memory/place.ts";
import { Extents } from "./extents.ts";
import {
  beforeOf,
  type ChoiceTask,
  type ControlTask,
  innerTasks,
  type KernelTask,
  kernelsOf,
  type LoopTask,
  type Task,
  type WhileTask,
} from "./tasks.ts";

/** As how many turns of a loop count, where nobody knows how many there will be. */
const TURNS = 10;

export interface Shares {
  /** Kernels that all threads work on; loops and choices that all go through. All else is thread 0's. */
  readonly split: ReadonlySet<Kernel | ControlTask>;
  /**
   * Before these all threads meet. They meet at the start of every turn of a split loop as well, and
   * where it has a condition, once more before they read the flag, and when what it holds is made.
   */
  readonly barriers: ReadonlySet<Kernel | ControlTask>;
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
  readonly split = new Set<Kernel | ControlTask>();
  readonly barriers = new Set<Kernel | ControlTask>();
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
      switch (task.kind) {
        case "kernel":
          this.#kernel(task, times);
          break;
        case "loop":
          this.#loop(task, times);
          break;
        case "while":
          this.#while(task, times);
          break;
        case "choice":
          this.#choice(task, times);
          break;
      }
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
    this.#before(task, times);
    if (task.length === 0) return;
    if (this.#isSplit(task)) {
      this.split.add(task);
      this.#clear(); // each turn begins with a barrier
      this.visit(task.body, times * task.length);
    } else this.#meet(task, accessOf(task.body), false);
  }

  #while(task: WhileTask, times: number): void {
    this.#before(task, times);
    if (this.#isSplit(task)) {
      this.split.add(task);
      this.#clear();
      this.visit(task.test, times);
      this.#clear(); // a barrier before the flag is read
      this.visit(task.first, times);
      this.#clear();
      this.visit(task.body, times * TURNS);
      // The last turn ends when all have read the flag.
      this.#clear();
      this.#split.add(readOf(task.flag));
    } else this.#meet(task, accessOf(innerTasks(task), task.flag), false);
  }

  #choice(task: ChoiceTask, times: number): void {
    if (!this.#isSplit(task)) {
      this.#meet(task, accessOf(innerTasks(task), task.flag), false);
      return;
    }
    this.split.add(task);
    this.barriers.add(task); // all threads read the flag
    const [[split, alone]] = [task.ifTrue, task.ifFalse].map((tasks) => {
      this.#clear();
      this.#split.add(readOf(task.flag));
      this.visit(tasks, times);
      return [this.#split, this.#alone] as const;
    }) as [readonly [Pending, Pending], unknown];
    this.#split.join(split);
    this.#alone.join(alone);
  }

  #before(task: ControlTask, times: number): void {
    this.visit(
      beforeOf(task).map((kernel) => ({ kind: "kernel", kernel, scratch: null })),
      times,
    );
  }

  #isSplit(task: ControlTask): boolean {
    return kernelsOf(innerTasks(task)).some(this.#canSplit);
  }

  /** Adds what comes next; with a barrier before it where it meets in memory what may be going on. */
  #meet(what: Kernel | ControlTask, access: Access, split: boolean): void {
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

  join(other: Pending): void {
    this.add({ reads: other.#reads.list, writes: other.#writes.list });
  }

  /** True where one writes what the other reads or writes. */
  conflicts({ reads, writes }: Access): boolean {
    return (
      writes.some((extent) => this.#writes.meets(extent) || this.#reads.meets(extent)) ||
      reads.some((extent) => this.#writes.meets(extent))
    );
  }
}

/** @param flag what is read besides, where there is one */
function accessOf(tasks: readonly Task[], flag?: ArrayPlace): Access {
  const parts = tasks.map((task): Access => {
    if (task.kind !== "kernel") {
      const before = beforeOf(task).map(
        (kernel) => ({ kind: "kernel", kernel, scratch: null }) as const,
      );
      const own = task.kind === "loop" ? undefined : task.flag;
      return accessOf([...before, ...innerTasks(task)], own);
    }
    const { kernel, scratch } = task;
    return {
      reads: kernel.reads.map(addressRangeOf),
      writes: [...kernel.writes, ...(scratch ? [scratch] : [])].map(addressRangeOf),
    };
  });
  if (flag) parts.push(readOf(flag));
  return {
    reads: parts.flatMap(({ reads }) => reads),
    writes: parts.flatMap(({ writes }) => writes),
  };
}

function readOf(place: ArrayPlace): Access {
  return { reads: [addressRangeOf(place)], writes: [] };
}
