// The learning rate of every step, where a schedule sets it.

import { show } from "../../checks/arguments.ts";
import { NumberError } from "../../checks/errors.ts";
import type { Schedule } from "../../nn/schedules/index.ts";

/** How many rates are handed to the engine at once. */
export const MOST_RATES = 1024;

/** The rates of one epoch after the other. Each step is asked for once, however often it is run. */
export class Rates {
  readonly #schedule: Schedule;
  readonly #stepsPerEpoch: number;
  #epoch = 0;
  #known: number[] = [];

  constructor(schedule: Schedule, stepsPerEpoch: number) {
    this.#schedule = schedule;
    this.#stepsPerEpoch = stepsPerEpoch;
  }

  begin(epoch: number): void {
    this.#epoch = epoch;
    this.#known = [];
  }

  /**
   * The rates of at most `most` steps from `step` of this epoch, at least one. They end before a step
   * for which the schedule gives no rate, so that the steps before it can be taken.
   * @throws NumberError where the first step has none
   */
  from(step: number, most: number): readonly number[] {
    const end = Math.min(step + Math.min(most, MOST_RATES), this.#stepsPerEpoch);
    while (this.#known.length < end) {
      const next = this.#known.length;
      const rate: unknown = this.#schedule.at(
        this.#epoch,
        this.#epoch * this.#stepsPerEpoch + next,
        this.#stepsPerEpoch,
      );
      if (!isRate(rate)) {
        if (next > step) break;
        throw new NumberError(
          `fit: expected the schedule to give a finite learning rate of 0 or more, received ` +
            `${show(rate)} in epoch ${this.#epoch + 1}, step ${next + 1}`,
        );
      }
      this.#known.push(rate);
    }
    return this.#known.slice(step, end);
  }
}

export function isRate(rate: unknown): rate is number {
  return typeof rate === "number" && rate >= 0 && rate < Infinity;
}
