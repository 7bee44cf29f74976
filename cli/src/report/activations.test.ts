// The derivatives that are drawn are those of the functions that are drawn.

import { activationNames, activationOf } from "neurite/nn";
import { expect, it } from "vitest";
import { activationCurve } from "./activations.ts";

it.each(activationNames())("%s: slopes agree with differences", (name) => {
  const { x, y, slope } = activationCurve(activationOf(name));
  const step = x[1]! - x[0]!;
  const off = x.slice(1, -1).filter((_, i) => {
    const difference = (y[i + 2]! - y[i]!) / (2 * step);
    return Math.abs(difference - slope[i + 1]!) > 1e-2;
  });
  // Only right at kinks and jumps, of which there are at most two.
  expect(off.length).toBeLessThanOrEqual(6);
});
