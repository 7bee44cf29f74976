import { expect, it } from "vitest";
import { claims, trainReduced } from "./sum-and-mean.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("is given the size of each minibatch", () => {
  const sizes: number[] = [];
  const rateOf = (m: number) => {
    sizes.push(m);
    return 0.1;
  };
  trainReduced("sum", rateOf, { batch: 90, epochs: 2, seed: 1 });
  expect(sizes).toEqual([90, 90, 20, 90, 90, 20]);
});
