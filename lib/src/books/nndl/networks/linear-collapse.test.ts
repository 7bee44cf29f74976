import { expect, it } from "vitest";
import { tensor } from "../../../tensor/create.ts";
import { claims, collapse } from "./linear-collapse.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("collapse multiplies the weights and carries the biases through", () => {
  const net = {
    weights: [tensor([[1, 2]], "float64"), tensor([[3], [4]], "float64")],
    biases: [tensor([5, 6], "float64"), tensor([7], "float64")],
  };
  const { weights, biases } = collapse(net);
  expect(weights.map((w) => w.toArray())).toEqual([[[11]]]);
  expect(biases.map((b) => b.toArray())).toEqual([[5 * 3 + 6 * 4 + 7]]);
});
