// The five meanings of lambda, each against the update that its source states.

import { describe, expect, test } from "vitest";
import { grad, sum, type Tensor, tensor } from "../../index.ts";
import {
  type Convention,
  coefficient,
  formula,
  penalty,
  penaltySlope,
  type Regularizer,
  regularizerOf,
  stopAtZero,
} from "./index.ts";

const SIZES = { trainingSize: 1000, batchSize: 10, batches: 100 };
const W = [
  [0.5, -2],
  [0, 3],
];
const SUM_OF_SQUARES = 13.25;
const SUM_OF_SIZES = 5.5;

const reg = (convention: Convention, kind: "l1" | "l2" = "l2", lambda = 5): Regularizer => ({
  kind,
  lambda,
  convention,
});

describe.each([
  ["network2", 5 / 1000, 5 / 1000, (5 / 2000) * SUM_OF_SQUARES, (5 / 1000) * SUM_OF_SIZES],
  ["network3", 5 / 100, 5 / 100, 0.5 * (5 / 100) * SUM_OF_SQUARES, (5 / 100) * SUM_OF_SIZES],
  ["nndl", 5, 5, (5 / 2) * SUM_OF_SQUARES, 5 * SUM_OF_SIZES],
  ["playground", 5, 5, (5 / 2) * SUM_OF_SQUARES, 5 * SUM_OF_SIZES],
  ["keras", 10, 5, 5 * SUM_OF_SQUARES, 5 * SUM_OF_SIZES],
] as const)("%s", (convention, l2, l1, penaltyL2, penaltyL1) => {
  const weights = [tensor(W, "float64"), tensor([] as number[], "float64")];

  test.each([
    ["l2", l2, penaltyL2],
    ["l1", l1, penaltyL1],
  ] as const)("%s: coefficient and penalty", (kind, c, total) => {
    const regularizer = reg(convention, kind);
    expect(coefficient(regularizer, SIZES)).toBeCloseTo(c, 15);
    expect(penalty(regularizer, weights, SIZES).item()).toBeCloseTo(total, 12);
  });

  test.each(["l1", "l2"] as const)("%s: the penalty's gradient is its slope", (kind) => {
    const regularizer = reg(convention, kind);
    const w = tensor(W, "float64");
    const gradient = grad((x: Tensor) => penalty(regularizer, [x], SIZES))(w);
    const slope = penaltySlope(regularizer, w, SIZES);
    W.flat().forEach((value, i) => {
      const expected = coefficient(regularizer, SIZES) * (kind === "l2" ? value : Math.sign(value));
      expect(gradient.data[i]).toBeCloseTo(expected, 14);
      expect(slope.data[i]).toBeCloseTo(expected, 14);
    });
  });

  test("its formula names the number", () => {
    expect(formula(reg(convention))).toMatch(/^5 .*sum w\^2/);
    expect(formula(reg(convention, "l1"))).toMatch(/^5 .*sum \|w\|/);
  });
});

test("network2's update: w becomes (1 - eta lambda / n) w - eta / m sum grad", () => {
  const [eta, lambda, gradient] = [0.5, 5, 0.3];
  const w = tensor([2], "float64");
  const slope = penaltySlope(reg("network2", "l2", lambda), w, SIZES).item();
  const expected = (1 - (eta * lambda) / 1000) * 2 - eta * gradient;
  expect(2 - eta * (gradient + slope)).toBeCloseTo(expected, 14);
});

test("network3's lambda weighs ten times network2's at minibatch 10", () => {
  const ratio = coefficient(reg("network3"), SIZES) / coefficient(reg("network2"), SIZES);
  expect(ratio).toBeCloseTo(10, 12);
});

test("no weights, no penalty", () => {
  expect(penalty(reg("keras"), [], SIZES).item()).toBe(0);
});

describe("stopAtZero", () => {
  const before = tensor([0.5, -0.2, 0.1, 0, 0.3]);
  const after = tensor([0.4, 0.1, -0.1, 0.2, 0.2]);
  const alive = tensor([true, true, true, true, false]);

  test("kills what crosses 0, and what is dead stays dead", () => {
    const crossed = stopAtZero(before, after, alive);
    expect(crossed.weights.toArray()).toEqual(tensor([0.4, 0, 0, 0.2, 0]).toArray());
    expect(crossed.alive.toArray()).toEqual([true, false, false, true, false]);
  });

  test("notices a crossing among the smallest numbers", () => {
    const tiny = stopAtZero(tensor([1e-30]), tensor([-1e-30]), tensor([true]));
    expect(tiny.weights.item()).toBe(0);
    expect(sum(tiny.alive).item()).toBe(0);
  });
});

test("only known kinds, conventions and lambdas", () => {
  expect(regularizerOf(reg("nndl"))).toEqual(reg("nndl"));
  expect(() => regularizerOf(reg("network4" as Convention))).toThrow(
    'Unknown convention of lambda "network4". Did you mean "network2"?',
  );
  expect(() => regularizerOf(reg("nndl", "l3" as "l2"))).toThrow('Unknown regularizer "l3"');
  expect(() => regularizerOf(reg("nndl", "l2", -1))).toThrow(
    "l2: expected lambda to be 0 or more, received -1",
  );
});
