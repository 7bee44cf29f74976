// Orders in which a pass can be carried out.

import { expect, test } from "vitest";
import { inTurns, type Step } from "./schedule.ts";
import type { PassCheck } from "./trace.ts";
import { type PassValue, PassValues } from "./values.ts";

const target = { index: -1, name: "fail", params: ["i32"], result: null } as const;

/** So many chains of additions, each of which waits for the one before it. */
function chains(values: PassValues, count: number, length: number): PassValue[] {
  const start = values.words([1, 2, 3, 4]);
  return Array.from({ length: count }, (_, i) => {
    let sum: PassValue = values.op("f32x4.add", "v128", [start, values.words([i, i, i, i])]);
    for (let k = 1; k < length; k++) sum = values.op("f32x4.add", "v128", [sum, start]);
    return sum;
  });
}

const opsOf = (values: PassValues) => values.all.filter(({ what }) => what.kind === "op");

function expectInOrder(steps: readonly Step[], given: readonly Step[]): void {
  expect(new Set(steps)).toEqual(new Set(given));
  const places = new Map(steps.map((step, i) => [step, i]));
  for (const step of steps) {
    const before: readonly Step[] = "id" in step ? step.args : [step.condition, ...step.args];
    for (const one of before) {
      expect(places.get(one) ?? -1).toBeLessThan(places.get(step)!);
    }
  }
}

test("chains are carried on by turns, not one after the other", () => {
  const values = new PassValues();
  const ends = chains(values, 3, 12);
  const given = opsOf(values);
  const steps = inTurns(given);
  expectInOrder(steps, given);
  const first = steps.indexOf(ends[0]!);
  expect(given.indexOf(ends[0]!)).toBe(11);
  expect(first).toBeGreaterThan(30);
});

test("many chains are not all begun at once: their values would have no place", () => {
  const values = new PassValues();
  const begun: PassValue[] = [];
  const sums: PassValue[] = [];
  for (let i = 0; i < 60; i++) {
    const one = values.op("f32x4.neg", "v128", [values.words([i, 0, 0, 0])]);
    const other = values.op("f32x4.sqrt", "v128", [one]);
    begun.push(one);
    sums.push(values.op("f32x4.mul", "v128", [one, other]));
  }
  const steps = inTurns(opsOf(values));
  expectInOrder(steps, opsOf(values));
  let [atHand, most] = [0, 0];
  for (const step of steps) {
    if (begun.includes(step as PassValue)) most = Math.max(most, ++atHand);
    if (sums.includes(step as PassValue)) atHand -= 1;
  }
  expect(most).toBeLessThanOrEqual(32);
});

test("what is loaded by an index waits for the check of it, and checks for each other", () => {
  const values = new PassValues();
  const at = values.load("i32.load", "i32", null, 64);
  const [late] = chains(values, 1, 9);
  const condition = values.op("i32.ge_u", "i32", [at, values.i32(4)]);
  const slow = values.op("i32.trunc_sat_f32_s", "i32", [
    values.op("f32x4.extract_lane", "f32", [late!], [0]),
  ]);
  const check = (one: PassValue): PassCheck => {
    return { condition: one, target, args: [at], before: values.all.length };
  };
  const [first, second] = [check(slow), check(condition)];
  const loaded = values.load("v128.load", "v128", condition, 128);
  const given: Step[] = [...opsOf(values), first, second, loaded];
  const steps = inTurns(given);
  expectInOrder(steps, given);
  expect(steps.indexOf(first)).toBeLessThan(steps.indexOf(second));
  expect(steps.indexOf(second)).toBeLessThan(steps.indexOf(loaded));
});
