// Learning rates against their formulas.

import { expect, test } from "vitest";
import { tensor } from "../../tensor/create.ts";
import golden from "./golden/rates.json" with { type: "json" };
import { exponentialDecay, type ScheduleSpec, scheduleOf, stepDecay, warmup } from "./index.ts";

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
    "cosineDecay: expected epochs to be a number above 0, received 0",
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
  expect(() => warmup(-1, schedule)).toThrow(
    "warmup: expected steps to be a whole number of 0 or more, received -1",
  );
});

test.each(golden.cases.map((c) => [JSON.stringify(c.spec), c] as const))(
  "%s, as PyTorch",
  (_, { spec, stepsPerEpoch, rates: expected }) => {
    const schedule = scheduleOf(spec as ScheduleSpec);
    expected.forEach((rate, i) => {
      const [epoch, step] = stepsPerEpoch === null ? [i, i] : [Math.floor(i / stepsPerEpoch), i];
      const received = schedule.at(epoch, step, stepsPerEpoch ?? undefined);
      expect(Math.abs(received - rate), `step ${i}`).toBeLessThan(1e-14);
    });
  },
);

test("one cycle ends and stays, and a warm-up goes before any", () => {
  const cycle = scheduleOf({ name: "oneCycle", rate: 1, epochs: 2 });
  expect([20, 30, 500].map((step) => cycle.at(Math.floor(step / 10), step, 10))).toEqual(
    Array(3).fill(1 / 25 / 1e4),
  );
  expect(cycle.at(0, 0, 1)).toBeGreaterThan(0); // as many steps as epochs
  expect(scheduleOf({ name: "oneCycle", rate: 1, epochs: 1 }).at(0, 0, 1)).toBeGreaterThan(0);
  for (const name of ["cosineRestarts", "oneCycle", "polynomial", "piecewise"] as const) {
    const [plain, warm] = [{ name }, { name, warmupSteps: 4 }].map((spec) => scheduleOf(spec, 1));
    for (let step = 0; step < 10; step++) {
      const share = Math.min(1, (step + 1) / 4);
      expect(warm!.at(0, step, 10)).toBeCloseTo(plain!.at(0, step, 10) * share, 14);
    }
  }
});

test("pieces that do not fit are refused", () => {
  const pieces = (options: object) => () => scheduleOf({ name: "piecewise", ...options });
  expect(pieces({ boundaries: [3], factors: [] })).toThrow(
    "piecewiseRate: expected a factor for each of 1 boundaries, received 0",
  );
  expect(pieces({ boundaries: [3, 3] })).toThrow("boundaries that rise, received 3 after 3");
  expect(pieces({ boundaries: 3 })).toThrow("boundaries to be a list, each a finite number");
  expect(pieces({ factors: [1, -1] })).toThrow("factors to be a list, each a number of 0 or more");
  expect(() => scheduleOf({ name: "cosineRestarts", growth: 1.5 })).toThrow(
    "cosineRestarts: expected growth to be a whole number above 0, received 1.5",
  );
  expect(() => scheduleOf({ name: "oneCycle", rise: 1 })).toThrow("rise to be a number above 0");
  expect(() => scheduleOf("onecycel")).toThrow('Did you mean "oneCycle"?');
});

test("names", () => {
  expect(() => scheduleOf("cosin")).toThrow('Unknown schedule "cosin". Did you mean "cosine"?');
  const own = { at: () => 1 };
  expect(scheduleOf(own)).toBe(own);
});

test("a function is a schedule; a name without a rate takes the one it is given", () => {
  expect(scheduleOf((epoch, step) => epoch + step / 10).at(2, 5)).toBe(2.5);
  expect(scheduleOf("exponential", 0.5).at(0, 0)).toBe(0.5);
  expect(scheduleOf({ name: "exponential", rate: 0.2 }, 0.5).at(0, 0)).toBe(0.2);
  expect(scheduleOf("exponential").at(0, 0)).toBe(0.01);
  expect(exponentialDecay({ rate: undefined as never }).at(0, 0)).toBe(0.01);
});

test("what is no schedule is refused", () => {
  expect(() => exponentialDecay({ rat: 1 } as object)).toThrow('Did you mean "rate"?');
  expect(() => stepDecay({ rate: -1 })).toThrow("rate to be a number of 0 or more, received -1");
  expect(() => stepDecay({ every: "2" as never })).toThrow("every to be a number above 0");
  expect(() => scheduleOf({ name: "inverseTime", decay: -1 })).toThrow("decay");
  expect(() => scheduleOf({ name: "cosine", warmupSteps: 1.5 })).toThrow("steps");
  for (const spec of [undefined, null, true, [], tensor(1), {}, { at: 1 }, -1, Number.NaN]) {
    expect(() => scheduleOf(spec as ScheduleSpec)).toThrow(/expected (the schedule|rate) to be/);
  }
  expect(() => warmup(2, 0.1 as never)).toThrow("expected then to be a schedule");
});
