import { expect, it } from "vitest";
import { Rng } from "../../../data/random.ts";
import { DIGITS } from "../../shared/digits.testing.ts";
import { claims, fullGradient, gradientsOfExamples, minibatches } from "./batch-sizes.ts";

it("every claim holds", async () => {
  const found = await claims(DIGITS.mnist, { train: 400 });
  expect(found.filter(({ holds }) => !holds)).toEqual([]);
  expect(found).toHaveLength(9);
});

it("cuts an epoch into batches, each the mean of its own", () => {
  const gradients = gradientsOfExamples(4);
  const batches = minibatches(gradients, 2, new Rng(1));
  expect(batches).toHaveLength(2);
  const whole = fullGradient(4);
  batches[0]!.forEach((g, k) => {
    expect((g + batches[1]![k]!) / 2).toBeCloseTo(whole[k]!, 14);
  });
});
