// What docs/conventions.md says of losses and metrics, where no other test does.

import { expect, test } from "vitest";
import { tensor } from "../index.ts";
import { averageScore, lossOf } from "./index.ts";

test("the cross-entropy of a probability of 0 is 87.3 in float32", () => {
  const [right, wrong] = [tensor([[1, 0]]), tensor([[0, 1]])];
  expect(lossOf("categoricalCrossentropy").perExample(right, wrong).item()).toBeCloseTo(87.3365, 3);
});

test("a macro average counts a class that occurs nowhere as 0", () => {
  expect(
    averageScore(
      "f1",
      [
        [3, 0],
        [0, 0],
      ],
      "macro",
    ),
  ).toBe(0.5);
});
