// Functions that do the same to the bit, one as quick as the other on some processor or runtime: all are run in
// turn on what is to be done anyway, and the quickest is kept.

import type { RunFunction } from "./thread-pool.ts";

/** How often each has its turn: the runtime's compiler must be done with it before the last of them. */
const ROUNDS = 32;
/** A turn lasts until its time can be told, in milliseconds. */
const TURN_MS = 0.5;

export class Race {
  readonly #entrants: { readonly run: RunFunction; best: number }[];
  readonly #now: () => number;
  #turn = 0;
  #ms = 0;
  #times = 0;

  /** @param now milliseconds */
  constructor(runs: readonly RunFunction[], now: () => number = () => performance.now()) {
    this.#entrants = runs.map((run) => ({ run, best: Infinity }));
    this.#now = now;
  }

  /** Runs whichever has its turn. @returns the winner, where this was the last turn */
  run(times: number): RunFunction | null {
    const entrant = this.#entrants[this.#turn % this.#entrants.length]!;
    const began = this.#now();
    entrant.run(times, 0, 1);
    this.#ms += this.#now() - began;
    this.#times += times;
    if (this.#ms < TURN_MS) return null;
    entrant.best = Math.min(entrant.best, this.#ms / this.#times);
    this.#ms = 0;
    this.#times = 0;
    this.#turn += 1;
    if (this.#turn < ROUNDS * this.#entrants.length) return null;
    return this.#entrants.reduce((a, b) => (b.best < a.best ? b : a)).run;
  }
}
