// Transpositions that meet behind what is computed between them.

import { describe, expect, test } from "vitest";
import { evaluate } from "../../engines/reference/evaluate.ts";
import { type Graph, makeGraph, Value } from "../../ir/graph.ts";
import type { Shape } from "../../ir/shape.ts";
import { expectSameBits } from "../../ops/arrays.testing.ts";
import { simplify } from "../simplify.ts";
import { o, spread } from "./formula.testing.ts";
import { withLateTranspositions } from "./layout.ts";
import { awkward } from "./random-algebra.testing.ts";

const LAST = { perm: [0, 2, 3, 1] };
const FIRST = { perm: [0, 3, 1, 2] };
const given = (shape: Shape) => new Value({ dtype: "float64", shape });
const turnsIn = ({ nodes }: Graph) => nodes.filter(({ op }) => op === "transpose").length;

function expectSame(simple: Graph, graph: Graph): void {
  const arrays = graph.inputs.map(({ type }, i) => awkward(type, i));
  expectSameBits(evaluate(simple, arrays), evaluate(graph, arrays));
}

/** What is computed of images [2, 4, 5, 3] as [2, 3, 4, 5], and turned back. */
function between(compute: (x: Value, other: Value, bias: Value) => Value): Graph {
  const [x, y, bias] = [given([2, 4, 5, 3]), given([2, 4, 5, 3]), given([3])];
  const result = compute(o.transpose(x, FIRST), o.transpose(y, FIRST), bias);
  return makeGraph([x, y, bias], [o.transpose(result, LAST)]);
}

describe("turns that meet are gone", () => {
  const along = (bias: Value) =>
    o.expand(o.reshape(bias, { shape: [1, 3, 1, 1] }), { shape: [2, 3, 4, 5] });
  test.each<[string, Parameters<typeof between>[0]]>([
    [
      "a bias and a bound",
      (x, _y, bias) => o.max(o.add(x, along(bias)), spread(0, [2, 3, 4, 5], "float64")),
    ],
    ["two of them", (x, y) => o.mul(x, o.sub(y, x))],
    ["concat", (x, y) => o.concat(x, y, { axis: 1 })],
    ["pad", (x) => o.pad(x, { low: [0, 1, 2, 0], high: [0, 0, 0, 3], interior: [0, 0, 1, 0] })],
    ["slice", (x) => o.slice(x, { start: [0, 1, 0, 2], end: [2, 3, 4, 5], step: [1, 2, 3, 1] })],
    ["flip", (x) => o.flip(x, { axes: [1, 3] })],
    [
      "an axis that is split and repeated",
      (x) => {
        const apart = o.reshape(x, { shape: [2, 3, 4, 5, 1] });
        return o.reshape(o.expand(apart, { shape: [2, 3, 4, 5, 2] }), { shape: [2, 3, 4, 10] });
      },
    ],
    [
      "axes that are joined and split",
      (x) => {
        const flat = o.neg(o.reshape(x, { shape: [2, 3, 20] }));
        return o.reshape(flat, { shape: [2, 3, 10, 2] });
      },
    ],
  ])("%s", (_, compute) => {
    const graph = between(compute);
    const simple = simplify(graph);
    expect(turnsIn(simple)).toBe(0);
    expectSame(simple, graph);
  });
});

test("what is computed of one of several orders costs one turn", () => {
  const [x, y, z] = [given([2, 3]), given([2, 3]), given([3, 2])];
  const turned = [x, y].map((value) => o.transpose(value, { perm: [1, 0] }));
  const sum = o.add(o.add(turned[0]!, turned[1]!), z);
  const graph = makeGraph([x, y, z], [sum]);
  const simple = simplify(graph);
  expect(turnsIn(simple)).toBe(1);
  expectSame(simple, graph);
});

test("axes that are not neighbours are joined as they are meant", () => {
  const x = given([2, 3, 4]);
  const flat = o.reshape(o.transpose(x, { perm: [0, 2, 1] }), { shape: [2, 12] });
  const graph = makeGraph([x], [flat]);
  const late = withLateTranspositions(graph);
  expect(turnsIn(late)).toBe(1);
  expectSame(late, graph);
});

test("sums are added up in the order that is meant", () => {
  const x = given([2, 4, 5, 3]);
  const sum = o.sum(o.neg(o.transpose(x, FIRST)), { axes: [2, 3] });
  const graph = makeGraph([x], [sum]);
  const late = withLateTranspositions(graph);
  expect(late.outputs[0]!.node!.inputs[0]!.type.shape).toEqual([2, 3, 4, 5]);
  expectSame(late, graph);
});

test("empty arrays keep their shapes", () => {
  const x = given([2, 0, 3]);
  const flat = o.reshape(o.transpose(x, { perm: [2, 0, 1] }), { shape: [0, 7] });
  const graph = makeGraph([x], [o.neg(flat)]);
  expect(withLateTranspositions(graph).outputs[0]!.type.shape).toEqual([0, 7]);
});
