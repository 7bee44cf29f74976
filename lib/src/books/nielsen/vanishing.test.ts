import { expect, it } from "vitest";
import { loadMnist } from "../../data/node/mnist.ts";
import { relu, sigmoid } from "../../tensor/elementwise.ts";
import { claims, deadNorms, normsOfDeepNet } from "./vanishing.ts";

it("every claim holds", async () => {
  const found = await claims(loadMnist);
  expect(found.filter(({ holds }) => !holds)).toEqual([]);
  expect(found).toHaveLength(17);
});

it("gives a norm for each layer", () => {
  expect(normsOfDeepNet(sigmoid, 0)).toHaveLength(5);
  expect(deadNorms(relu)).toEqual([0, 0, 0, 0, 0]);
});
