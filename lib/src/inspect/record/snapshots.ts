// The states that a timeline keeps: few of them, evenly apart however long it grows.

import type { Snapshot } from "../../train/callbacks/index.ts";

interface KeptState {
  readonly step: number;
  readonly snapshot: Snapshot;
  /** It cannot be computed again from an earlier one. */
  readonly isFixed: boolean;
}

/**
 * States by step. Whenever there are too many, every second goes, and from then on they are taken twice
 * as far apart: memory stays bounded, and an earlier step is never further away than the time between two.
 */
export class Snapshots {
  readonly #most: number;
  #kept: KeptState[] = [];
  #spacing = 1;

  constructor(most: number) {
    this.#most = most;
  }

  /** The steps that are kept, in order. */
  get steps(): readonly number[] {
    return this.#kept.map(({ step }) => step);
  }

  /** The first step after this one whose state is wanted. */
  nextAfter(step: number): number {
    return (Math.floor(step / this.#spacing) + 1) * this.#spacing;
  }

  /** Keeps the state after `step` steps, where it is wanted and not there yet. */
  offer(step: number, take: () => Snapshot): void {
    const last = this.#kept.at(-1);
    if (step % this.#spacing !== 0 || (last && last.step >= step)) return;
    this.#kept.push({ step, snapshot: take(), isFixed: false });
    while (this.#kept.length > this.#most && this.#thin());
  }

  /** Keeps a state for good, and forgets all that came after that step, or at it. */
  fix(step: number, snapshot: Snapshot): void {
    this.#kept = this.#kept.filter((kept) => kept.step < step);
    this.#kept.push({ step, snapshot, isFixed: true });
  }

  /** The last state at or before a step. */
  before(step: number): { readonly step: number; readonly snapshot: Snapshot } {
    return this.#kept.findLast((kept) => kept.step <= step)!;
  }

  /** Doubles the spacing. @returns false where nothing more can go */
  #thin(): boolean {
    if (this.#kept.every(({ isFixed }) => isFixed)) return false;
    this.#spacing *= 2;
    this.#kept = this.#kept.filter(({ step, isFixed }) => isFixed || step % this.#spacing === 0);
    return true;
  }
}
