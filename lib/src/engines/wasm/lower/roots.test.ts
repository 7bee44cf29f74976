// Which values of a graph get memory, and what kinds of ops there are.

import { expect, test } from "vitest";
import { makeGraph, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import { OP_NAMES } from "../../../ops/traits.ts";
import { isContraction, isElementwise, isMovement, isReduction } from "./kinds.ts";
import { chooseRoots, isMadeUp, isNumber } from "./roots.ts";

const o = graphBuilder();
const x = new Value({ dtype: "float32", shape: [8, 8] });
const rootsOf = (...outputs: Value[]) => [...chooseRoots(makeGraph([x], outputs)).keys()];

test("a chain of elementwise ops has one root, its end", () => {
  const y = o.neg(o.exp(o.mul(x, x)));
  expect(rootsOf(y)).toEqual([y]);
});

test("a costly value with several users is a root, a cheap one is computed again", () => {
  const [cheap, costly] = [o.neg(x), o.exp(x)];
  const users = (value: Value) =>
    [o.matmul(value, x), o.matmul(x, value)].map((y) => o.sum(y, { axes: [0] }));
  expect(rootsOf(...users(costly))).toContain(costly);
  const sums = [o.sum(cheap, { axes: [0] }), o.sum(cheap, { axes: [1] })];
  expect(rootsOf(...sums)).not.toContain(cheap);
  const dear = [o.sum(costly, { axes: [0] }), o.sum(costly, { axes: [1] })];
  expect(rootsOf(...dear)).toContain(costly);
});

test("numbers and counts are made up where they are read", () => {
  const number = o.constant({ data: Float32Array.of(2), dtype: "float32", shape: [1, 1] });
  const pair = o.constant({ data: Float32Array.of(2, 3), dtype: "float32", shape: [2] });
  expect([number, pair, x].map(isNumber)).toEqual([true, false, false]);
  expect([number, pair, x].map(isMadeUp)).toEqual([true, false, false]);
});

test("an op is of one kind at most", () => {
  const kinds = [isElementwise, isMovement, isContraction, isReduction];
  for (const op of OP_NAMES) expect(kinds.filter((is) => is(op)).length).toBeLessThan(2);
  expect(OP_NAMES.filter(isReduction)).toEqual(["sum", "reduceMax"]);
});
