// The first step, and the op in it, that made a NaN or an infinity: found by bisection on a timeline.

import { expectArgument, instance } from "../../checks/arguments.ts";
import { NumberError, type NumberSource } from "../../checks/errors.ts";
import { firstBroken } from "../../train/step/broken.ts";
import { Timeline } from "./timeline.ts";

/** Where numbers first ceased to be finite. */
export interface FirstFault {
  /** Steps that were done before it: the step itself counts from 0. */
  readonly step: number;
  /** The same within epochs, both from 0. */
  readonly epoch: number;
  readonly stepOfEpoch: number;
  /** The loss, or a variable by its name. */
  readonly what: string;
  /** The op that made it out of finite numbers; null where no single op can be named. */
  readonly source: NumberSource | null;
  /** The same in words; null where source is. */
  readonly finding: string | null;
  /** Given with the examples: no rate helps then. */
  readonly isGiven: boolean;
}

/**
 * Searches the steps that a timeline has run for the first that gave a loss or a variable that is not
 * finite. What is broken stays so, so that about log2(steps) of them are looked at; the timeline is left
 * before that step, or, where there is none, where it was.
 * @returns null where all numbers are finite
 */
export async function firstFaultOf(timeline: Timeline): Promise<FirstFault | null> {
  expectArgument("firstFaultOf", "timeline", timeline, instance("a timeline", Timeline));
  const { step: here, furthest } = timeline;
  const { state } = timeline.model;
  await timeline.seek(0);
  const before = state.snapshot();
  const brokenAfter = async (steps: number): Promise<string | null> => {
    await timeline.seek(steps);
    const isLossBad = timeline.badStep !== null && timeline.badStep < steps;
    return firstBroken(state, before) ?? (isLossBad ? "the loss" : null);
  };
  if ((await brokenAfter(furthest)) === null) {
    await timeline.seek(here);
    return null;
  }
  let [whole, broken] = [0, furthest];
  while (broken - whole > 1) {
    const middle = (whole + broken) >> 1;
    if ((await brokenAfter(middle)) === null) whole = middle;
    else broken = middle;
  }
  const what = (await brokenAfter(broken))!;
  await timeline.seek(whole);
  const place = {
    step: whole,
    epoch: Math.floor(whole / timeline.stepsPerEpoch),
    stepOfEpoch: whole % timeline.stepsPerEpoch,
    what,
  };
  try {
    timeline.inspectNext();
    return { ...place, source: null, finding: null, isGiven: false };
  } catch (error) {
    if (!(error instanceof NumberError)) throw error;
    const { source = null, finding = null, isGiven } = error;
    return { ...place, source, finding, isGiven };
  }
}
