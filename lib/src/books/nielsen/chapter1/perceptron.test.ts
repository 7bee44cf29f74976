// Gates, the learning rule, its verdicts, and exclusive or.

import { describe, expect, test } from "vitest";
import { ArgumentError } from "../../../checks/errors.ts";
import { fire, GATES, trainPerceptron, twoLayerXor, XOR_CONTRADICTION } from "./perceptron.ts";

const INPUTS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

const TRUTH = { and: [0, 0, 0, 1], or: [0, 1, 1, 1], nand: [1, 1, 1, 0] } as const;
const XOR = [0, 1, 1, 0];

describe.each(Object.entries(TRUTH))("%s", (name, outputs) => {
  test("is a perceptron, and the rule finds one", () => {
    expect(INPUTS.map((x) => fire(GATES[name as "and"], x))).toEqual(outputs);
    const run = trainPerceptron(INPUTS, outputs);
    expect(run.verdict).toBe("converged");
    expect(run.mistakes.at(-1)).toBe(0);
    expect(INPUTS.map((x) => fire(run.perceptron, x))).toEqual(outputs);
  });
});

test("not", () => {
  expect([0, 1].map((x) => fire(GATES.not, [x]))).toEqual([1, 0]);
});

test("on the line itself a perceptron does not fire", () => {
  expect(fire({ weights: [1], bias: -1 }, [1])).toBe(0);
});

test("the rule, mistake by mistake", () => {
  const run = trainPerceptron([[2, -1]], [1], { rate: 0.5 });
  expect(run.perceptron).toEqual({ weights: [1, -0.5], bias: 0.5 });
  expect(run.mistakes).toEqual([1, 0]);
});

describe("exclusive or", () => {
  test("one layer cycles for ever", () => {
    const run = trainPerceptron(INPUTS, XOR, { epochs: 1000 });
    expect(run.verdict).toBe("cycles");
    expect(run.period).toBeGreaterThan(0);
    expect(Math.min(...run.mistakes)).toBeGreaterThan(0);
    const again = trainPerceptron(INPUTS, XOR, { epochs: run.mistakes.length - 1 });
    expect(again.verdict).toBe("unfinished");
  });

  test("the inequalities contradict each other: both classes have the same sum", () => {
    expect(XOR_CONTRADICTION).toHaveLength(5);
    const total = (wanted: number) =>
      INPUTS.filter((_, i) => XOR[i] === wanted).reduce(
        ([a, b, n], [x1, x2]) => [a! + x1, b! + x2, n! + 1],
        [0, 0, 0],
      );
    expect(total(1)).toEqual(total(0));
  });

  test("two layers do it", () => {
    expect(INPUTS.map((x) => twoLayerXor(x))).toEqual(XOR);
  });
});

test("errors", () => {
  expect(() => fire(GATES.and, [1])).toThrow("perceptron: expected 2 inputs, received 1");
  expect(() => trainPerceptron([[1]], [1, 0])).toThrow("received 1 and 2");
  expect(() => trainPerceptron([[1]], [-1])).toThrow(
    "expected y to be a list, each 0 or 1, received [-1]",
  );
});

test.each<[string, () => unknown, string]>([
  ["fire([2, 2], x)", () => fire([2, 2] as never, [1, 1]), "expected an object of options"],
  [
    "fire(p, 1)",
    () => fire({ weights: [1], bias: 0 }, 1 as never),
    "fire: expected x to be a list",
  ],
  ["trainPerceptron(x)", () => trainPerceptron([1] as never, [1]), "expected x to be a list"],
  [
    "trainPerceptron({ epoch })",
    () => trainPerceptron([[1]], [1], { epoch: 3 } as never),
    'Did you mean "epochs"?',
  ],
])("%s is refused", (_call, call, message) => {
  expect(call).toThrow(ArgumentError);
  expect(call).toThrow(message);
});
