import { describe, expect, it } from "vitest";
import { holds, isReached, isRight, type Lesson, shareOf, valuesFrom } from "./index.ts";
import { run as neuron } from "./neuron/program.ts";

const at = (a: number) => ({ numbers: { a } });

describe("conditions", () => {
  it.each([
    ["atLeast", 1, 1, true],
    ["atLeast", 0.999, 1, false],
    ["atMost", 1, 1, true],
    ["above", 1, 1, false],
    ["below", 0.5, 1, true],
    ["near", 1.005, 1, true],
    ["near", 1.02, 1, false],
  ] as const)("%s: %d against %d is %s", (is, now, value, expected) => {
    expect(holds({ of: "a", is, value, within: 0.01 }, at(now))).toBe(expected);
  });

  it("hold of no number that is missing or no number", () => {
    expect(holds({ of: "b", is: "atLeast", value: -1 }, at(1))).toBe(false);
    expect(holds({ of: "a", is: "atMost", value: 1 }, at(Number.NaN))).toBe(false);
  });

  it("are reached together, and measured by the one that is furthest", () => {
    const goal = [
      { of: "a", is: "atLeast", value: 10 },
      { of: "b", is: "atMost", value: 0 },
    ] as const;
    const answer = (a: number, b: number) => ({ numbers: { a, b } });
    expect(isReached(goal, answer(10, 1))).toBe(false);
    expect(isReached(goal, answer(10, 0))).toBe(true);
    expect(shareOf(goal, answer(5, 0.2), answer(0, 1))).toBeCloseTo(0.5, 12);
    expect(shareOf(goal, answer(10, 0), answer(0, 1))).toBe(1);
    expect(shareOf(goal, answer(9.999, 0), answer(0, 1))).toBe(0.99);
    expect(shareOf(goal, answer(-5, 0), answer(0, 1))).toBe(0);
  });
});

describe("predictions", () => {
  const curve = { x: [0, 1, 2], y: [0, 1, 4] };
  const predict = { kind: "curve", of: "c", at: [0, 2], range: [0, 5], within: 0.5 } as const;

  it("of a curve are right by their mean distance", () => {
    const answer = { numbers: {}, curves: { c: curve } };
    expect(isRight(predict, [0, 5], answer)).toBe(true);
    expect(isRight(predict, [1, 5], answer)).toBe(false);
  });

  it("of a number within what is allowed, of a choice by its condition", () => {
    const number = { kind: "number", of: "a", within: 0.1 } as const;
    expect([1.05, 1.2].map((said) => isRight(number, said, at(1)))).toEqual([true, false]);
    const choices = {
      yes: { of: "a", is: "above", value: 0 },
      no: { of: "a", is: "atMost", value: 0 },
    } as const;
    expect(isRight({ kind: "choice", choices }, "yes", at(1))).toBe(true);
    expect(isRight({ kind: "choice", choices }, "yes", at(-1))).toBe(false);
  });
});

describe("values of a link", () => {
  const lesson: Lesson = {
    id: "x",
    notes: [],
    controls: [
      { kind: "number", name: "n", min: 0, max: 5, step: 1, isWhole: true },
      { kind: "choice", name: "c", options: ["p", "q"] },
    ],
    views: [],
    steps: [{ say: "one", set: { n: 1, c: "p" } }],
  };
  it.each([
    [
      { n: "3", c: "q" },
      { n: 3, c: "q" },
    ],
    [{ n: "3.5" }, { n: 1, c: "p" }],
    [{ n: "6" }, { n: 1, c: "p" }],
    [{ n: "" }, { n: 1, c: "p" }],
    [
      { n: "Infinity", c: "r", z: "1" },
      { n: 1, c: "p" },
    ],
  ])("are taken where they fit: %o", (query, values) => {
    expect(valuesFrom(lesson, lesson.steps[0]!, new Map(Object.entries(query)))).toEqual(values);
  });
});

it("a changed weight changes every number that depends on it, and no other", () => {
  const [before, after] = [0.5, 0.6].map(
    (w1) => neuron({ x1: 1, x2: 2, w1, w2: -0.25, b: 0.1 }).numbers,
  );
  const changed = Object.keys(before!).filter(
    (name) => before![name as "z"] !== after![name as "z"],
  );
  expect(changed).toEqual(["p1", "z", "a"]);
});
