// What a learning-rate schedule is.

import type { Kind } from "../../checks/arguments.ts";
import { Tensor } from "../../runtime/values/tensor.ts";

/** The learning rate at any time. */
export interface Schedule {
  /**
   * Asked before every step of training. A rate is finite, and 0 or more.
   * @param epoch from 0
   * @param step updates that this run has done before this one, over all its epochs
   * @param stepsPerEpoch updates in an epoch; training tells it
   */
  readonly at: (epoch: number, step: number, stepsPerEpoch?: number) => number;
}

/** The time in epochs and their fraction, where it is known how many steps an epoch has. */
export function timeAt(epoch: number, step: number, stepsPerEpoch?: number): number {
  return stepsPerEpoch === undefined ? epoch : step / stepsPerEpoch;
}

/** Arrays and tensors have a method `at` too, and are none. */
export const isSchedule: Kind<never> = {
  says: "a schedule, an object with a function at(epoch, step)",
  fits: (x) =>
    typeof x === "object" &&
    x !== null &&
    !(Array.isArray(x) || ArrayBuffer.isView(x) || x instanceof Tensor || x instanceof String) &&
    typeof (x as Record<string, unknown>)["at"] === "function",
};

/** What scheduleOf() takes. */
export const scheduleSpec: Kind<never> = {
  says: "a rate, a name, { name, … }, a function (epoch, step) => rate, or { at }",
  fits: (spec) =>
    ["number", "string", "function"].includes(typeof spec) ||
    isSchedule.fits(spec) ||
    (typeof spec === "object" && spec !== null && "name" in spec),
};
