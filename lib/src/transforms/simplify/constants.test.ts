// What is computed ahead, and what is left to the engines.

import { describe, expect, test } from "vitest";
import { evaluate } from "../../engines/reference/evaluate.ts";
import { makeGraph, Value } from "../../ir/graph.ts";
import { graphBuilder } from "../../ops/builder.ts";
import { simplify } from "../simplify.ts";
import { constant, formulas, o, spread } from "./formula.testing.ts";

const formula = formulas(evaluate);

const three = constant([1, -0, Number.NaN]);
const third = spread(1 / 3, [2, 3], "float32");

describe("folding", () => {
  test.each([
    ["[-1, 0, NaN]", () => o.neg(three)],
    ["[2, 1, NaN]", () => o.add(three, spread(1, [3], "float64"))],
    ["[1, 0, 0]", () => o.cast(three, { dtype: "int32" })],
    ["[NaN, -0, 1]", () => o.flip(three, { axes: [0] })],
    ["[0, 1, -0, NaN]", () => o.pad(three, { low: [1], high: [0], interior: [0] })],
    ["[1, -0, NaN, 1, -0, NaN]", () => o.concat(three, three, { axis: 0 })],
    ["[0, 2, 4]", () => o.mul(o.iota({ length: 3, dtype: "int32" }), spread(2, [3], "int32"))],
    // Of equal elements one is enough.
    [String(Math.fround(Math.fround(1 / 3) * Math.fround(1 / 3))), () => o.mul(third, third)],
    [String(Math.fround(Math.sqrt(Math.fround(1 / 3)))), () => o.sqrt(third)],
    ["1", () => o.eq(third, third)],
    ["255", () => o.neg(spread(1, [4], "uint8"))],
    ["1", () => o.mul(spread(2 ** 31 - 1, [2], "int32"), spread(2 ** 31 - 1, [2], "int32"))],
    ["0", () => o.pad(spread(0, [2], "float32"), { low: [1], high: [1], interior: [0] })],
    [
      "[-0, -0, 0]",
      () => o.pad(spread(-0, [2], "float32"), { low: [0], high: [1], interior: [0] }),
    ],
    ["0.5", () => o.transpose(spread(0.5, [2, 3], "float32"), { perm: [1, 0] })],
    ["[0, -0]", () => o.neg(constant([-0, 0]))],
    ["[0, -0]", () => o.concat(spread(0, [1], "float64"), spread(-0, [1], "float64"), { axis: 0 })],
    // Engines differ by ulps, or add in an order of their own.
    ["exp([1, -0, NaN])", () => o.exp(three)],
    ["pow([1, -0, NaN], 2)", () => o.pow(three, spread(2, [3], "float64"))],
    ["sum([1, -0, NaN], [0])", () => o.sum(three, { axes: [0] })],
  ])("%s", (expected, build) => {
    expect(formula(build)).toBe(expected);
  });
});

test("large arrays are neither made nor kept twice", () => {
  const wide = o.expand(constant([1, 2]), { shape: [2] });
  const many = o.expand(o.reshape(wide, { shape: [1, 2] }), { shape: [3000, 2] });
  expect(formula(() => o.neg(many))).toMatch(/^neg\(/);
  const data = Float64Array.from({ length: 5000 }, (_, i) => i);
  const large = o.constant({ data, dtype: "float64", shape: [5000] });
  const again = o.constant({ data, dtype: "float64", shape: [5000] });
  expect(simplify(makeGraph([], [o.neg(large), again])).nodes).toHaveLength(2);
  expect(formula(() => o.slice(large, { start: [7], end: [9], step: [1] }))).toBe("[7, 8]");
});

test("an input that was computed elsewhere is an input", () => {
  const x = new Value({ dtype: "float64", shape: [3] });
  const [opposite, one] = [o.neg(x), spread(1, [3], "float64")];
  const graph = makeGraph([opposite, one], [o.neg(opposite), o.mul(opposite, one)]);
  expect(simplify(graph)).toBe(graph);
});

test("new nodes keep the path and the origin of those whose place they take", () => {
  const x = new Value({ dtype: "float64", shape: [3] });
  const origin = o.sin(x).node!;
  const scoped = graphBuilder({ path: "layer", origin });
  const graph = makeGraph([x], [scoped.add(x, o.neg(o.sin(x)))]);
  const [, difference] = simplify(graph).nodes;
  expect(difference).toMatchObject({ op: "sub", path: "layer", origin });
});
