// Which epoch is the best so far, by one figure.

import {
  expectOptions,
  finite,
  type Kinds,
  notNegative,
  oneOf,
  text,
  whole,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { didYouMean } from "../../checks/nearest.ts";
import type { Direction } from "../../nn/metrics/index.ts";
import { validated } from "../../nn/metrics/names.ts";
import type { EpochLogs, TrainingControl } from "./callback.ts";
import { orNull } from "./memory.ts";

/** Which figure a callback watches, and which way is better. */
export interface MonitorOptions {
  /** The figure to watch; "valLoss" by default. */
  readonly monitor?: string;
  /**
   * Whether smaller or larger is better. Losses and the metrics of Neurite say so themselves; for any
   * other figure it is required.
   */
  readonly mode?: Direction;
  /** How much better counts as better; 0 by default. */
  readonly minDelta?: number;
}

export const MONITOR: Kinds<MonitorOptions> = {
  monitor: text,
  mode: oneOf("min", "max"),
  minDelta: notNegative,
};

/** What there is to remember of the epochs so far. */
export interface Watched {
  /** The best value; null before there was a finite one. */
  best: number | null;
  bestEpoch: number;
  /** Epochs since the best one. */
  waited: number;
}

const WATCHED: Kinds<Watched> = {
  best: orNull(finite),
  bestEpoch: whole,
  waited: whole,
};

export class FigureWatch {
  readonly figure: string;
  readonly #callback: string;
  readonly #mode: Direction | undefined;
  readonly #minDelta: number;

  constructor(callback: string, { monitor = "valLoss", mode, minDelta = 0 }: MonitorOptions) {
    this.figure = monitor;
    this.#callback = callback;
    this.#mode = mode;
    this.#minDelta = minDelta;
  }

  fresh(): Watched {
    return { best: null, bestEpoch: -1, waited: 0 };
  }

  /**
   * To be called as training begins, so that a mistake does not cost an epoch.
   * @throws ArgumentError for a figure that the run does not have, or whose direction nobody said
   */
  expectFigure({ figures }: TrainingControl): void {
    if (figures.has(this.figure)) this.#direction(figures.get(this.figure));
    else throw this.#unknown([...figures.keys()]);
  }

  /** Notes the figure of an epoch. @returns whether it is the best so far; NaN and infinities never are */
  isBest(watched: Watched, logs: EpochLogs, { figures }: TrainingControl): boolean {
    const value = logs[this.figure];
    if (value === undefined) throw this.#unknown(Object.keys(logs));
    const sign = this.#direction(figures.get(this.figure)) === "max" ? -1 : 1;
    const { best } = watched;
    const isBetter =
      Number.isFinite(value) && (best === null || sign * value < sign * best - this.#minDelta);
    watched.waited = isBetter ? 0 : watched.waited + 1;
    if (isBetter) Object.assign(watched, { best: value, bestEpoch: logs.epoch });
    return isBetter;
  }

  /** What was best, in words; epochs count from 1 here. */
  describe({ best, bestEpoch }: Watched): string {
    if (best === null) return "it was never a finite number";
    return `the best was ${Number(best.toPrecision(6))} in epoch ${bestEpoch + 1}`;
  }

  /** A copy of what was saved. @throws ArgumentError for anything else */
  load(saved: unknown): Watched {
    const names = Object.keys(WATCHED) as (keyof Watched)[];
    expectOptions(`what was saved of ${this.#callback}`, saved as Watched, WATCHED, names);
    return { ...(saved as Watched) };
  }

  #direction(own: Direction | null | undefined): Direction {
    const direction = this.#mode ?? own;
    if (direction) return direction;
    throw new ArgumentError(
      `${this.#callback}: expected mode to be "min" or "max", since "${this.figure}" does not say ` +
        "whether smaller or larger is better, received nothing",
    );
  }

  #unknown(names: readonly string[]): ArgumentError {
    const hint = names.some((name) => validated(name) === this.figure)
      ? " Give fit() a validationSplit or validationData."
      : didYouMean(this.figure, names);
    return new ArgumentError(
      `${this.#callback}: there is no figure "${this.figure}" to monitor.${hint} This run has ${names.join(", ")}.`,
    );
  }
}
