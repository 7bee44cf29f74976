import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { tensor } from "../../../tensor/create.ts";
import { claims, readSequences } from "./static-dynamic.ts";
import { readTrees, treesOf } from "./trees.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("makes all shapes of trees: Catalan's numbers", () => {
  const leaf = () => tensor(0);
  expect([1, 2, 3, 4, 5, 6].map((n) => treesOf(n, leaf).length)).toEqual([1, 1, 2, 5, 14, 42]);
});

it("reads the smallest inputs too", () => {
  expect(readTrees(1, 1)).toMatchObject({ trees: 1, nodes: 0, paddedNodes: 0, difference: 0 });
  expect(readSequences(1, 1)).toMatchObject({ programs: 1, steps: 1, paddedSteps: 1 });
});
