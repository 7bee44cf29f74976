// The simplifier comes to an end, whatever its rules do.

import { expect, test } from "vitest";
import { type Graph, makeGraph, Value } from "../../ir/graph.ts";
import { simplify } from "../simplify.ts";
import { o } from "./formula.testing.ts";
import { isLess, measure } from "./measure.ts";
import { Rewriter } from "./rewriter.ts";
import { settled } from "./settle.ts";

const type = { dtype: "float32", shape: [2, 3] } as const;
const x = new Value(type);
const y = new Value(type);
const graphOf = (output: Value) => makeGraph([x, y], [output]);

test("a pass that rebuilds what is there is the last", () => {
  let passes = 0;
  const rebuild = (graph: Graph) => {
    expect(++passes).toBeLessThan(10);
    return graphOf(o.sin(graph.outputs[0]!.node!.inputs[0]!));
  };
  const start = graphOf(o.sin(x));
  expect(settled(start, rebuild, rebuild).outputs[0]!.node!.op).toBe("sin");
  expect(passes).toBe(2);
});

test("so is one that turns a graph into another and back", () => {
  let passes = 0;
  const [sum, difference] = [graphOf(o.add(x, y)), graphOf(o.sub(x, o.neg(y)))];
  const turn = (graph: Graph) => {
    expect(++passes).toBeLessThan(10);
    return graph === sum ? difference : sum;
  };
  expect(settled(sum, turn, turn)).toBe(difference);
});

test("passes go on as long as each makes it simpler", () => {
  const chain = (length: number) => {
    let at: Value = x;
    for (let i = 0; i < length; i++) at = o.sin(at);
    return graphOf(at);
  };
  const shorter = (graph: Graph) =>
    graph.nodes.length === 1 ? graph : chain(graph.nodes.length - 1);
  expect(settled(chain(20), shorter, shorter).nodes).toHaveLength(1);
  expect(settled(chain(1), shorter, shorter).nodes).toHaveLength(1);
});

test("a rule that rewrites its own work for ever is named", () => {
  const rewriter = new Rewriter({ add: (context, { inputs: [a, b] }) => context.o.add(b, a) });
  const { node } = o.add(x, y);
  expect(() => rewriter.copy(node!, node!.inputs)).toThrow("the rule for add does not settle");
});

test.each<[string, Value, Value]>([
  ["fewer nodes", o.sin(x), o.sin(o.sin(x))],
  ["a cheaper op", o.neg(x), o.mul(x, x)],
  [
    "a shorter way, where the longer one stays",
    o.add(o.neg(x), o.sub(y, x)),
    o.add(o.neg(x), o.add(y, o.neg(x))),
  ],
  [
    "one step in the place of two",
    o.transpose(x, { perm: [1, 0] }),
    o.transpose(o.transpose(o.transpose(x, { perm: [1, 0] }), { perm: [1, 0] }), { perm: [1, 0] }),
  ],
  ["fewer axes turned", o.flip(x, { axes: [0] }), o.flip(x, { axes: [0, 1] })],
])("less: %s", (_, less, more) => {
  const [a, b] = [measure(graphOf(less)), measure(graphOf(more))];
  expect(isLess(a, b)).toBe(true);
  expect(isLess(b, a)).toBe(false);
  expect(isLess(a, a)).toBe(false);
});

test("less: in a loop, though more stands before it", () => {
  const loop = (inside: boolean) => {
    const [w, h] = [new Value(type), new Value(type)];
    const step = o.add(h, inside ? o.sin(o.cos(w)) : w);
    const params = { body: makeGraph([w, h], [step]), constants: 1, carries: 1, length: 3 };
    const weight = inside ? x : o.sin(o.cos(x));
    return graphOf(o.scan(weight, y, { ...params, reverse: false })[0]!);
  };
  expect(isLess(measure(loop(false)), measure(loop(true)))).toBe(true);
  expect(isLess(measure(loop(true)), measure(loop(false)))).toBe(false);
});

test("views of what is fixed in a loop, seen outside it too, settle", () => {
  const length = 4;
  const row = new Value({ dtype: "float32", shape: [1, 3] });
  const spread = (value: Value) => o.expand(value, { shape: [2, 3] });
  const [w, h] = [new Value(row.type), new Value(type)];
  const body = makeGraph([w, h], [o.tanh(o.mul(h, spread(w)))]);
  const params = { body, constants: 1, carries: 1, length, reverse: false };
  const last = o.scan(row, x, params)[0]!;
  const simple = simplify(makeGraph([row, x], [o.mul(last, spread(row))]));
  expect(simple.nodes.map(({ op }) => op).sort()).toEqual(["expand", "mul", "scan"]);
  expect(simplify(simple)).toBe(simple);
});
