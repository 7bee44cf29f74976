// How many steps are due: training goes at the learner's pace, not at the machine's.

import type { Pace } from "../../protocol/index.ts";

/** Counts what is due at a pace since it began. */
export class Pacer {
  readonly #pace: Pace;
  readonly #stepsPerUnit: number;
  readonly #began: number;
  #done = 0;
  #frames = 0;

  constructor(pace: Pace, stepsPerEpoch: number, now: number) {
    this.#pace = pace;
    this.#stepsPerUnit = pace !== "fast" && pace.unit === "epoch" ? stepsPerEpoch : 1;
    this.#began = now;
    this.#frames = 1;
  }

  /** Steps that may be run now. */
  due(now: number): number {
    if (this.#pace === "fast") return Number.POSITIVE_INFINITY;
    const { per, n } = this.#pace;
    const units = per === "second" ? ((now - this.#began) / 1000) * n : this.#frames * n;
    return Math.max(Math.floor(units * this.#stepsPerUnit) - this.#done, 0);
  }

  ran(steps: number): void {
    this.#done += steps;
  }

  /** A frame was shown. What a slow machine could not do in time is let go. */
  shown(now: number): void {
    if (this.#pace !== "fast" && this.#pace.per === "frame") {
      if (this.due(now) === 0) this.#frames += 1;
    }
  }
}
