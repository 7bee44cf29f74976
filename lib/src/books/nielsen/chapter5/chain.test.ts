import { expect, it } from "vitest";
import { biasGradients, claims, firstByLast, makeSlope, windowOf } from "./chain.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("gives dC/db of the last neuron by hand", () => {
  // (a - y) sigma'(z) with a = sigma(0.3)
  const a = 1 / (1 + Math.exp(-0.3));
  expect(biasGradients(5, 0.3, 2).at(-1)).toBeCloseTo((a - 1) * a * (1 - a), 14);
});

it("is a product of as many factors as there are weights between first and last", () => {
  const factor = 3 * makeSlope()(0.7);
  for (const neurons of [2, 3, 8]) {
    expect(firstByLast(neurons, 0.7, 3)).toBeCloseTo(factor ** (neurons - 1), 13);
  }
});

it("has the window of Nielsen's problem", () => {
  const slope = makeSlope();
  // 2/|w| ln(|w| (1 + sqrt(1 - 4/|w|)) / 2 - 1)
  for (const w of [5, -7, 30]) {
    const size = Math.abs(w);
    const expected = (2 / size) * Math.log((size * (1 + Math.sqrt(1 - 4 / size))) / 2 - 1);
    expect(windowOf(w, slope)).toBeCloseTo(expected, 11);
  }
  expect(windowOf(3.9, slope)).toBe(0);
});
