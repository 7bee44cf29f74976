import { expect, it } from "vitest";
import { referenceEngine } from "../../../engines/reference/reference.ts";
import { withCurrent } from "../../../runtime/interpreter/current.ts";
import { relu, sigmoid } from "../../../tensor/elementwise.ts";
import { DIGITS } from "../../shared/digits.testing.ts";
import { claims, deadNorms, deepNetClaims, normsOfDeepNet, PARAMETERS } from "./vanishing.ts";

it("every claim holds", async () => {
  const found = await claims(DIGITS.mnist);
  expect(found.filter(({ holds }) => !holds)).toEqual([]);
  expect(found).toHaveLength(20);
});

it("gives a norm for each layer", () => {
  expect(normsOfDeepNet(sigmoid, 0)).toHaveLength(5);
  expect(deadNorms(relu)).toEqual([0, 0, 0, 0, 0]);
});

it("gives other numbers with another value of each parameter", () => {
  // Not dead, so that it matters how long and how fast that net learns.
  const short = { epochs: 1, hidden: [3, 3], deadBias: 0.5, deadEpochs: 2 };
  const others = {
    std: 0.1,
    bias: 0.5,
    rate: 10,
    epochs: 2,
    hidden: [4, 2],
    deadBias: 1,
    deadRate: 0.1,
    deadEpochs: 3,
    seed: 2,
  };
  expect(Object.keys(others).sort()).toEqual(Object.keys(PARAMETERS).sort());
  const actuals = (point: Partial<typeof others>) =>
    // By the reference engine: to compile them would take most of the time of so few steps.
    withCurrent({ engine: referenceEngine }, () =>
      deepNetClaims({ ...short, ...point }).map(({ actual }) => actual),
    );
  const before = actuals({});
  for (const [name, value] of Object.entries(others)) {
    expect(actuals({ [name]: value }), name).not.toEqual(before);
  }
});
