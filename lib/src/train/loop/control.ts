// What callbacks may do with the training they watch, and what they may know of it.

import { show } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { Direction } from "../../nn/metrics/index.ts";
import { validated } from "../../nn/metrics/names.ts";
import type { Schedule } from "../../nn/schedules/index.ts";
import type { State } from "../../runtime/state/state.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import type { TrainingControl } from "../callbacks/index.ts";
import { lossName } from "../step/figures.ts";
import type { PreparedTraining } from "../step/instance.ts";
import { isRate } from "../step/rates.ts";

export interface ControlOptions {
  readonly schedule: Schedule | null;
  readonly isResumed: boolean;
  readonly isValidated: boolean;
}

/** The control of one call of fit(). */
export function makeControl(
  state: State,
  training: PreparedTraining,
  { schedule, isResumed, isValidated }: ControlOptions,
  stop: (reason: string) => void,
): TrainingControl {
  const { learningRate } = training;
  return {
    get learningRate() {
      return learningRate.item();
    },
    set learningRate(rate: number) {
      if (schedule) {
        throw new ArgumentError(
          "fit: a callback cannot set the learning rate while a schedule sets it at every step",
        );
      }
      if (!isRate(rate)) {
        const wanted = "a callback to set a finite learning rate of 0 or more";
        throw new ArgumentError(`fit: expected ${wanted}, received ${show(rate)}`);
      }
      learningRate.assign(scalar(rate, "float64"));
    },
    isScheduled: schedule !== null,
    isResumed,
    figures: figuresOf(training, isValidated),
    stop,
    snapshot: () => state.snapshot(),
    restore: (snapshot) => state.restore(snapshot),
  };
}

/** The figures that every epoch will have, by name, and which way each gets better. */
function figuresOf(
  { metrics, outputNames }: PreparedTraining,
  isValidated: boolean,
): Map<string, Direction | null> {
  const own: [string, Direction | null][] = [
    ["loss", "min"],
    ...(outputNames.length > 1 ? outputNames : []).map((name): [string, Direction | null] => [
      lossName(name),
      "min",
    ]),
    ...metrics.map(({ name, direction }): [string, Direction | null] => [name, direction ?? null]),
  ];
  const others: [string, Direction | null][] = own.map(([name, way]) => [validated(name), way]);
  return new Map([
    ...own,
    ...(isValidated ? others : []),
    ["learningRate", null],
    ["seconds", null],
  ]);
}
