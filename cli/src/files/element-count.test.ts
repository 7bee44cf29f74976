import { expect, test } from "vitest";
import { elementCount } from "./element-count.ts";

test("counts the elements of a shape", () => {
  expect([[], [7], [2, 3, 4], [5, 0]].map(elementCount)).toEqual([1, 7, 24, 0]);
});
