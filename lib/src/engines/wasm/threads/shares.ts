// What threads do together: which kernels they split, and before which they wait for each other.

import type { Kernel } from "../kernel.ts";
import { type Extent, extentOf } from "../place.ts";
import { kernelsOf, type Step } from "../steps.ts";

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

/** The memory that something uses, and whether all threads do it. */
interface Access {
  readonly split: boolean;
  readonly reads: readonly Extent[];
  readonly writes: readonly Extent[];
}

class Walk implements Shares {
  readonly split = new Set<Kernel | LoopStep>();
  readonly barriers = new Set<Kernel | LoopStep>();
  work = 0;
  readonly #canSplit: (kernel: Kernel) => boolean;
  /** What may still be going on since all threads met last. */
  #pending: Access[] = [];

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
    this.#meet(kernel, { ...accessOf([step]), split });
  }

  #loop(step: LoopStep, times: number): void {
    this.visit(
      step.before.map((kernel) => ({ kind: "kernel", kernel, scratch: null })),
      times,
    );
    if (step.length === 0) return;
    if (kernelsOf(step.body).some(this.#canSplit)) {
      this.split.add(step);
      this.#pending = []; // each turn begins with a barrier
      this.visit(step.body, times * step.length);
    } else this.#meet(step, { ...accessOf(step.body), split: false });
  }

  /** Adds what comes next; with a barrier before it where it meets in memory what may be going on. */
  #meet(what: Kernel | LoopStep, access: Access): void {
    if (this.#pending.some((other) => (other.split || access.split) && conflict(other, access))) {
      this.barriers.add(what);
      this.#pending = [];
    }
    this.#pending.push(access);
  }
}

function accessOf(steps: readonly Step[]): Omit<Access, "split"> {
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

/** True where one writes what the other reads or writes. */
function conflict(a: Access, b: Access): boolean {
  const meet = (some: readonly Extent[], others: readonly Extent[]) =>
    some.some(({ from, to }) => others.some((other) => from < other.to && other.from < to));
  return meet(a.writes, b.writes) || meet(a.writes, b.reads) || meet(a.reads, b.writes);
}
