// A rule that builds a node of the wrong type is found out wherever its graph comes from.

import { afterEach, expect, test, vi } from "vitest";
import "../tensor/methods.ts";
import { makeGraph, Node, Value } from "../ir/graph.ts";
import { graphBuilder } from "../ops/builder.ts";
import type { Op } from "../ops/define.ts";
import { opOf } from "../ops/table.ts";
import { compile } from "../runtime/compiled/compile.ts";
import { grad, jvp } from "../runtime/derivatives/autodiff.ts";
import { vmap } from "../runtime/loops/vmap.ts";
import type { Tensor } from "../runtime/values/tensor.ts";
import { tensor } from "../tensor/create.ts";
import { jvpGraph } from "./jvp.ts";
import { simplify } from "./simplify.ts";
import { vjpGraph } from "./vjp.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const o = graphBuilder();
const type = { dtype: "float64", shape: [2, 2] } as const;
const x = new Value(type);
const SPOKEN = /graph: node \d+ \(sum\) claims float64\[(2, )?2, 2\], its rule gives float64/;

/** A node that claims to keep all axes, where it sums over one. */
const wrong = (value: Value): Value =>
  new Node("sum", [value], { axes: [0] }, [value.type]).outputs[0]!;

const point = tensor([
  [0.5, -0.25],
  [1, 0.75],
]).cast("float64");

test("in a graph that is simplified, and so in one that is run", () => {
  expect(() => simplify(makeGraph([x], [o.sin(wrong(x))]))).toThrow(SPOKEN);
});

test("from a forward rule", () => {
  const sin = opOf("sin") as { jvp: NonNullable<Op<"sin">["jvp"]> };
  vi.spyOn(sin, "jvp").mockImplementation((_o, _inputs, [dx]) => dx && wrong(dx));
  expect(() => jvpGraph(makeGraph([x], [o.sin(x)]), [true])).toThrow(SPOKEN);
  const f = (at: Tensor) => at.sin();
  expect(() => jvp(f, [point], [point])).toThrow(SPOKEN);
  expect(() => compile(() => jvp(f, [point], [point])[1])()).toThrow(SPOKEN);
});

test("from a rule backwards", () => {
  vi.spyOn(opOf("neg"), "transpose").mockImplementation((_o, [ct]) => [ct && wrong(ct)]);
  expect(() => vjpGraph(makeGraph([x], [o.neg(x)]), [true])).toThrow(SPOKEN);
  expect(() => grad((at: Tensor) => at.neg().sum())(point)).toThrow(SPOKEN);
});

test("from a rule of batches", () => {
  vi.spyOn(opOf("neg"), "batch").mockImplementation((_o, [at]) => wrong(at));
  expect(() => vmap((row: Tensor) => row.neg())(point)).toThrow(SPOKEN);
});
