// The five meanings of lambda, each against the update that its source states.

import { describe, expect, test } from "vitest";
import { grad, sum, type Tensor, tensor } from "../../index.ts";
import { sequential } from "../../train/model/sequential.ts";
import { dense } from "../layers/index.ts";
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
});

const L2 = { kind: "l2", lambda: 0.1, convention: "keras" };

describe.each([
  ["regularizerOf", (wrong: Regularizer) => regularizerOf(wrong)],
  ["coefficient", (wrong: Regularizer) => coefficient(wrong, SIZES)],
  ["formula", (wrong: Regularizer) => formula(wrong)],
  ["penalty", (wrong: Regularizer) => penalty(wrong, [tensor(W)], SIZES)],
  [
    "compile",
    (regularizer: Regularizer) =>
      sequential([1], dense(1)).compile({ loss: "quadratic", optimizer: "sgd", regularizer }),
  ],
])("%s refuses", (_where, of) => {
  test.each<[unknown, string]>([
    ["l2", 'expected an object of options, received "l2"'],
    [null, "expected an object of options, received null"],
    [{ ...L2, kind: "l3" }, 'expected kind to be "l1" or "l2", received "l3"'],
    [{ ...L2, convention: "network4" }, "expected convention to be"],
    [{ kind: "l2", lambda: 0.1 }, "expected convention, "],
    [{ kind: "l2", convention: "keras" }, "expected lambda, a number of 0 or more"],
    [{ ...L2, lambda: -1 }, "expected lambda to be a number of 0 or more, received -1"],
    [{ ...L2, lambda: Number.NaN }, "received NaN"],
    [{ ...L2, lambda: Number.POSITIVE_INFINITY }, "received Infinity"],
    [{ ...L2, lambda: "0.1" }, 'received "0.1"'],
    [{ ...L2, lamda: 0.1 }, 'there is no option "lamda". Did you mean "lambda"?'],
  ])("%j", (wrong, message) => {
    expect(() => of(wrong as Regularizer)).toThrow(/^regularizer: /);
    expect(() => of(wrong as Regularizer)).toThrow(message);
  });
});

test("sizes of a penalty are whole numbers", () => {
  expect(() => coefficient(reg("network2"), { ...SIZES, trainingSize: 0 })).toThrow(
    "expected trainingSize to be a whole number above 0, received 0",
  );
});
