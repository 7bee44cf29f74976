// The derivative of a relu below a pool: computed for the maxima, not for every pixel.

import { describe, expect, test } from "vitest";
import { evaluate } from "../../engines/reference/evaluate.ts";
import { makeGraph, Value } from "../../ir/graph.ts";
import type { PoolParams } from "../../ir/op-table.ts";
import { expectSameBits } from "../../ops/arrays.testing.ts";
import { simplify } from "../simplify.ts";
import { o, spread } from "./formula.testing.ts";
import { awkward } from "./random-algebra.testing.ts";

const pool = (window: number, stride: number, pad = 0): PoolParams => ({
  window: [window, window],
  strides: [stride, stride],
  padding: [
    [pad, pad],
    [pad, pad],
  ],
});
const ZERO = (x: Value) => spread(0, x.type.shape, x.type.dtype);

/** The ops of the simplified graph, after a look at its bits. */
function opsOf(params: PoolParams, build: (x: Value, m: Value, put: Value) => readonly Value[]) {
  const x = new Value({ dtype: "float64", shape: [2, 6, 6, 3] });
  const m = o.maxPool(x, params);
  const dy = new Value(m.type);
  const graph = makeGraph([x, dy], [...build(x, m, o.poolPut(dy, x, params))]);
  const simple = simplify(graph);
  for (let seed = 0; seed < 6; seed++) {
    const arrays = [x, dy].map(({ type }, i) => awkward(type, 10 * seed + i));
    expectSameBits(evaluate(simple, arrays), evaluate(graph, arrays));
  }
  return simple.nodes.map(({ op }) => op).filter((op) => op !== "constant" && op !== "expand");
}

const BEFORE = ["maxPool", "lt", "where", "poolPut"];

describe.each([
  ["windows apart", pool(2, 2)],
  ["windows that share pixels", pool(3, 2)],
  ["windows over the edge", pool(3, 2, 1)],
] as const)("%s", (_, params) => {
  test.each<[string, (x: Value) => Value]>([
    ["above 0", (x) => o.lt(ZERO(x), x)],
    ["above 1", (x) => o.lt(spread(1, x.type.shape, "float64"), x)],
  ])("what is %s is chosen by its maximum", (_what, condition) => {
    const ops = opsOf(params, (x, m, put) => [m, o.where(condition(x), put, ZERO(x))]);
    expect(ops).toEqual(BEFORE);
  });
});

test.each<[string, (x: Value, m: Value, put: Value) => readonly Value[]]>([
  ["maxima that nobody computes", (x, _m, put) => [o.where(o.lt(ZERO(x), x), put, ZERO(x))]],
  ["something in place of 0", (x, m, put) => [m, o.where(o.lt(ZERO(x), x), put, x)]],
  [
    "-0 in place of 0",
    (x, m, put) => [m, o.where(o.lt(ZERO(x), x), put, spread(-0, x.type.shape, "float64"))],
  ],
  ["a bound for each pixel", (x, m, put) => [m, o.where(o.lt(o.neg(x), x), put, ZERO(x))]],
  ["a choice by something else", (x, m, put) => [m, o.where(o.lt(ZERO(x), put), put, ZERO(x))]],
])("%s: every pixel is chosen", (_, build) => {
  expect(opsOf(pool(2, 2), build).at(-1)).toBe("where");
});
