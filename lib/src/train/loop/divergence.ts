// Finding the step that made a loss or a variable infinite or NaN, and saying what it was.

import { NumberError } from "../../checks/errors.ts";
import type { State } from "../../runtime/state/state.ts";
import type { Snapshot } from "../callbacks/index.ts";
import { firstBroken } from "../step/broken.ts";

/** What is known once an epoch can be run again. */
export interface Diverged {
  readonly epoch: number;
  /** Steps that were run before the fault was seen, and the one whose loss was not finite, if any. */
  readonly done: number;
  readonly badLoss: number | null;
  /** The variable that was seen not to be finite after all steps, if any. */
  readonly seen: string | null;
  readonly state: State;
  /** The state at the start of the epoch. */
  readonly before: Snapshot;
  /** Puts the state back to where it was after `steps` steps of the epoch. */
  replay(steps: number): void;
  /** Runs one step op by op. @throws NumberError that names the op that went wrong */
  inspect(step: number): void;
}

/** Which step went wrong, as far as the loop has seen it. */
export type Fault = Pick<Diverged, "epoch" | "done" | "badLoss" | "seen">;

/**
 * Throws what went wrong and where, with the state as it was before that step. A loss is often the last
 * to show it: where a variable was broken before, the step that broke it is the one to name.
 */
export function explainDivergence(fault: Diverged): never {
  const { badLoss, done, epoch } = fault;
  const whole = badLoss ?? done;
  const brokenAfter = (steps: number) => {
    fault.replay(steps);
    return firstBroken(fault.state, fault.before);
  };
  const broken = brokenAfter(whole);
  if (broken === null && badLoss === null) {
    // What callbacks did is not done again.
    throw new NumberError(
      `training stopped: "${fault.seen}" is no longer finite in epoch ${epoch + 1}, by step ${done}.`,
      { place: { what: `"${fault.seen}"`, epoch } },
    );
  }
  const step =
    broken === null ? whole : firstBreakingStep(whole, (steps) => brokenAfter(steps) !== null);
  const what = broken === null ? "the loss" : `"${broken}"`;
  const place = { what, epoch, stepOfEpoch: step };
  const said = `training stopped: ${what} is no longer finite in epoch ${epoch + 1}, step ${step + 1}`;
  fault.replay(step);
  try {
    fault.inspect(step);
  } catch (error) {
    if (!(error instanceof NumberError)) throw error;
    // Where the data are to blame, no rate helps.
    const advice = error.isGiven ? "" : " Try a smaller learning rate.";
    const found = error.finding ?? error.message;
    const { isGiven, source } = error;
    throw new NumberError(`${said}: ${found}.${advice}`, {
      isGiven,
      finding: found,
      place,
      ...(source && { source }),
    });
  }
  fault.replay(step);
  throw new NumberError(`${said}. Try a smaller learning rate.`, { place });
}

/** The same without running anything again: the step is the last that was run. */
export function diverged({ epoch, done, badLoss, seen }: Fault): NumberError {
  const what = badLoss === null ? `"${seen}"` : "the loss";
  const step = badLoss ?? done - 1;
  return new NumberError(
    `training stopped: ${what} is no longer finite in epoch ${epoch + 1}, by step ${step + 1}. Try a smaller ` +
      "learning rate.",
    { place: { what, epoch, stepOfEpoch: step } },
  );
}

/** The number of the step, below `most`, that broke something: what is broken stays so. */
export function firstBreakingStep(most: number, isBrokenAfter: (steps: number) => boolean): number {
  let [whole, broken] = [0, most];
  // As a rule it was the last one.
  if (most > 1 && !isBrokenAfter(most - 1)) return most - 1;
  while (broken - whole > 1) {
    const middle = (whole + broken) >> 1;
    if (isBrokenAfter(middle)) broken = middle;
    else whole = middle;
  }
  return broken - 1;
}
