// What threads do together: which kernels they split, and before which they wait for each other.

import type { Kernel } from "../kernels/kernel.ts";
import { type Extent, extentOf } from "../memory/place.ts";
import { Extents } from "./extents.ts";
import { kernelsOf, type Step } from "./steps.ts";

type KernelStep = Extract<Step, { kind: "kernel" }>;
type LoopStep = Extract<Step, { kind: "loop" }>;

export interface Shares {
  /** Kernels that all threads work on; loops that all threads go round. All else is thread 0's. */
  readonly split: ReadonlySet<Kernel | LoopStep>;
  /** Before these all threads meet. They meet at the start of every turn of a split loop as well. */
  readonly barriers: ReadonlySet<Kernel | LoopStep>;
  /** The work in a run that is split, in the units of Kernel.work. */
  readonly work: number;
}

export function sharesOf(steps: readonly Step[], canSplit: (kernel: Kernel) => boolean): Shares {
  const walk = new Walk(canSplit);
  walk.visit(steps, 1);
  return walk;
}

/** The memory that something uses. */
interface Access {
  readonly reads: readonly Extent[];
  readonly writes: readonly Extent[];
}

class Walk implements Shares {
  readonly split = new Set<Kernel | LoopStep>();
  readonly barriers = new Set<Kernel | LoopStep>();
  work = 0;
  readonly #canSplit: (kernel: Kernel) => boolean;
  /** What may still be going on since all threads met last: on all of them, and on thread 0 alone. */
  #split = new Pending();
  #alone = new Pending();

  constructor(canSplit: (kernel: Kernel) => boolean) {
    this.#canSplit = canSplit;
  }

  /** @param times how often these steps are taken in a run */
  visit(steps: readonly Step[], times: number): void {
    for (const step of steps) {
      if (step.kind === "kernel") this.#kernel(step, times);
      else this.#loop(step, times);
    }
  }

  #kernel(step: KernelStep, times: number): void {
    const { kernel } = step;
    if (kernel.units === 0) return;
    const split = this.#canSplit(kernel);
    if (split) {
      this.split.add(kernel);
      this.work += kernel.work * times;
    }
    this.#meet(kernel, accessOf([step]), split);
  }

  #loop(step: LoopStep, times: number): void {
    this.visit(
      step.before.map((kernel) => ({ kind: "kernel", kernel, scratch: null })),
      times,
    );
    if (step.length === 0) return;
    if (kernelsOf(step.body).some(this.#canSplit)) {
      this.split.add(step);
      this.#clear(); // each turn begins with a barrier
      this.visit(step.body, times * step.length);
    } else this.#meet(step, accessOf(step.body), false);
  }

  /** Adds what comes next; with a barrier before it where it meets in memory what may be going on. */
  #meet(what: Kernel | LoopStep, access: Access, split: boolean): void {
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

function accessOf(steps: readonly Step[]): Access {
  const parts = steps.map((step) => {
    if (step.kind === "loop") {
      const before = step.before.map(
        (kernel) => ({ kind: "kernel", kernel, scratch: null }) as const,
      );
      return accessOf([...before, ...step.body]);
    }
    const { kernel, scratch } = step;
    return {
      reads: kernel.reads.map(extentOf),
      writes: [...kernel.writes, ...(scratch ? [scratch] : [])].map(extentOf),
    };
  });
  return {
    reads: parts.flatMap(({ reads }) => reads),
    writes: parts.flatMap(({ writes }) => writes),
  };
}
