// The flags about the optimizer and its rate: which, how fast, on which schedule.

import { optimizerOf, scheduleOf } from "neurite/nn";
import type { RunSpecInput } from "neurite/train";
import { UsageError } from "../terminal/failures.ts";
import { forFlag } from "../terminal/names.ts";
import { given, type RunFlags } from "./flags.ts";
import type { NamedFlag } from "./named.ts";

type Rate = Pick<RunSpecInput, "optimizer" | "schedule">;

/** @throws UsageError for names and options that there are not, and for two rates */
export function changeRate(spec: RunSpecInput, flags: RunFlags): Rate {
  const optimizer = changeOptimizer(spec.optimizer, flags);
  if (flags.schedule === undefined) return { optimizer, ...followRate(spec, optimizer) };
  if (flags.schedule === "none") return { optimizer, schedule: undefined };
  return onSchedule(optimizer, flags.schedule, flags, flags.epochs ?? spec.training.epochs);
}

function changeOptimizer(
  before: RunSpecInput["optimizer"],
  { optimizer, learningRate, momentum }: RunFlags,
): RunSpecInput["optimizer"] {
  const chosen = optimizer === undefined ? before : chosenOptimizer(before, optimizer);
  const changes = given({ learningRate, momentum });
  if (Object.keys(changes).length === 0) return chosen;
  const changed = { ...(typeof chosen === "string" ? { name: chosen } : chosen), ...changes };
  if (momentum !== undefined) forFlag("--momentum", () => optimizerOf(changed));
  return changed;
}

/** An optimizer that is named without options is the one before, if that is of this name. */
function chosenOptimizer(before: RunSpecInput["optimizer"], named: NamedFlag) {
  const { name } = forFlag("--optimizer", () => optimizerOf(named));
  if (typeof named === "object") return { ...named, name };
  return (typeof before === "string" ? before : before.name) === name ? before : name;
}

/** A schedule starts from the rate that the flags ask for: it sets the rate, not the optimizer. */
function followRate(
  { schedule, optimizer: before }: RunSpecInput,
  optimizer: RunSpecInput["optimizer"],
): Pick<Rate, "schedule"> {
  if (schedule === undefined || optimizer === before) return {};
  const options = typeof schedule === "string" ? { name: schedule } : schedule;
  return { schedule: { ...options, rate: optimizerOf(optimizer).learningRate } };
}

/** Schedules that come to an end: with the run, unless they say another. */
const ENDING = /^(cosine|oneCycle|polynomial)$/i;

function onSchedule(
  optimizer: RunSpecInput["optimizer"],
  named: NamedFlag,
  { learningRate }: RunFlags,
  epochs: number,
): Rate {
  const asked = typeof named === "string" ? { name: named } : named;
  forFlag("--schedule", () => scheduleOf(asked));
  const own: unknown = asked["rate"];
  if (own !== undefined && learningRate !== undefined && own !== learningRate) {
    throw new UsageError(
      `--schedule: its rate is ${own} and --learning-rate ${learningRate}; leave one of them away`,
    );
  }
  const { learningRate: before } = optimizerOf(optimizer);
  const rate = typeof own === "number" ? own : before;
  const isEnding = ENDING.test(asked.name.replaceAll(/[_-]/g, "")) && epochs > 0;
  const schedule = { ...(isEnding && { epochs }), ...asked, rate };
  const says = typeof optimizer === "object" && optimizer["learningRate"] !== undefined;
  return { schedule, optimizer: says ? { ...optimizer, learningRate: rate } : optimizer };
}
