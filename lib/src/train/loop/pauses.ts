// Where in an epoch the steps stop for callbacks that want to look: few places, known beforehand.

import { listOf, within } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { Callback } from "../callbacks/index.ts";

export class Pauses {
  readonly #asked: ReadonlyMap<Callback, ReadonlySet<number>>;
  /** All of them, rising. */
  readonly #places: readonly number[];
  readonly #steps: number;

  /** @throws ArgumentError for a callback that names no steps of the epoch */
  constructor(callbacks: readonly Callback[], epoch: number, steps: number) {
    const asked = callbacks.flatMap((callback) => {
      if (!callback.pauses) return [];
      const places = callback.pauses(epoch, steps);
      expectPlaces(callback, places, steps);
      return [[callback, new Set(places)] as const];
    });
    this.#asked = new Map(asked);
    this.#places = asked.flatMap(([, places]) => [...places]).sort((a, b) => a - b);
    this.#steps = steps;
  }

  /** How many steps are done at the next pause, or at the end of the epoch. */
  next(done: number): number {
    return this.#places.find((place) => place > done) ?? this.#steps;
  }

  isDue(callback: Callback, done: number): boolean {
    return this.#asked.get(callback)?.has(done) ?? false;
  }
}

function expectPlaces({ name }: Callback, places: readonly number[], steps: number): void {
  if (listOf(within(1, steps)).fits(places)) return;
  throw new ArgumentError(`fit: expected "${name}" to pause after steps from 1 to ${steps}`);
}
