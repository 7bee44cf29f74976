// The job `programTimes`: how long value and gradient of an expression take, recorded at each run and compiled once.

import { compile } from "neurite";
import type { Job } from "../job.ts";
import { gradientProgram } from "./gradient.ts";

/** Each way is timed this long. */
const BUDGET_MS = 150;
const MOST_CALLS = 400;

export const programTimes: Job<"programTimes"> = ({ text, at }) => {
  const { run, inputs } = gradientProgram(text, at);
  const step = compile(run);
  const before = performance.now();
  step(inputs).value.item();
  const compiling = (performance.now() - before) * 1000;
  const call = (f: typeof run) => () => {
    const { value, gradient } = f(inputs);
    return [value, ...gradient].reduce((sum, tensor) => sum + tensor.item(), 0);
  };
  const [recorded, compiled] = [timed(call(run)), timed(call(step))];
  return {
    recorded: recorded.median,
    compiled: compiled.median,
    compiling,
    calls: Math.min(recorded.calls, compiled.calls),
  };
};

/** Several calls a reading, since a browser's clock is coarse. */
function timed(call: () => unknown): { readonly median: number; readonly calls: number } {
  const ROUND = 10;
  for (let i = 0; i < ROUND; i++) call();
  const readings: number[] = [];
  const end = performance.now() + BUDGET_MS;
  while (performance.now() < end && readings.length * ROUND < MOST_CALLS) {
    const before = performance.now();
    for (let i = 0; i < ROUND; i++) call();
    readings.push(((performance.now() - before) * 1000) / ROUND);
  }
  readings.sort((a, b) => a - b);
  return { median: readings[readings.length >> 1] ?? Number.NaN, calls: readings.length * ROUND };
}
