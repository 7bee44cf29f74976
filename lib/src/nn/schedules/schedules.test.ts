// Learning rates against their formulas.

import { expect, test } from "vitest";
import { scheduleOf, warmup } from "./index.ts";

const rates = (spec: Parameters<typeof scheduleOf>[0], epochs: number[]) =>
  epochs.map((epoch) => scheduleOf(spec).at(epoch, epoch * 100));

function expectRates(received: number[], expected: number[]): void {
  expected.forEach((rate, i) => {
    expect(received[i]).toBeCloseTo(rate, 14);
  });
}

test("constant", () => {
  expectRates(rates(0.3, [0, 7]), [0.3, 0.3]);
  expectRates(rates({ name: "constant", rate: 2 }, [0, 7]), [2, 2]);
});

test("step decay", () => {
  const spec = { name: "stepDecay", rate: 0.8, factor: 0.5, every: 3 };
  expectRates(rates(spec, [0, 2, 3, 5, 6]), [0.8, 0.8, 0.4, 0.4, 0.2]);
});

test("exponential and inverse time", () => {
  const decays = [0, 1, 2].map((t) => 0.1 * 0.9 ** t);
  expectRates(rates({ name: "exponential", rate: 0.1, decay: 0.9 }, [0, 1, 2]), decays);
  expectRates(rates({ name: "inverseTime", rate: 0.1, decay: 0.5 }, [0, 1, 2]), [
    0.1,
    0.1 / 1.5,
    0.05,
  ]);
});

test("cosine falls from the rate to the final one and stays", () => {
  const spec = { name: "cosine", rate: 1, final: 0.2, epochs: 10 };
  expectRates(rates(spec, [0, 5, 10, 12]), [1, 0.6, 0.2, 0.2]);
  expect(() => scheduleOf({ name: "cosine", epochs: 0 })).toThrow(
    "cosine: expected epochs to be above 0, received 0",
  );
});

test("warmup rises step by step, then follows", () => {
  const schedule = warmup(4, scheduleOf({ name: "exponential", rate: 1, decay: 0.5 }));
  expectRates(
    [0, 1, 2, 3, 4].map((step) => schedule.at(0, step)),
    [0.25, 0.5, 0.75, 1, 1],
  );
  expect(schedule.at(1, 100)).toBe(0.5);
  expect(scheduleOf({ name: "cosine", rate: 1, warmupSteps: 2 }).at(0, 0)).toBe(0.5);
  expect(() => warmup(-1, schedule)).toThrow("expected a whole number of steps, received -1");
});

test("names", () => {
  expect(() => scheduleOf("cosin")).toThrow('Unknown schedule "cosin". Did you mean "cosine"?');
  const own = { at: () => 1 };
  expect(scheduleOf(own)).toBe(own);
});
