// No expression of a kernel grows beyond the bounds, however tall or wide the graph is.

import { expect, test } from "vitest";
import { makeGraph, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import { expectBounded, MOST_COST, MOST_MOVES } from "./bounds.ts";
import { type Element, elementsBelow } from "./element.ts";
import { chooseRoots } from "./roots.ts";
import { scheduleFusions } from "./schedule.ts";
import { validateSchedule } from "./validate.ts";

const o = graphBuilder();
const type = { dtype: "float32", shape: [3, 3] } as const;

function repeated(times: number, step: (y: Value, x: Value, i: number) => Value) {
  const x = new Value(type);
  let y: Value = x;
  for (let i = 0; i < times; i++) y = step(y, x, i);
  return makeGraph([x], [y]);
}

const turned = (y: Value) => o.transpose(y, { perm: [1, 0] });

const spread = (y: Value) => o.expand(o.reshape(y, { shape: [1, 3] }), { shape: [3, 3] });

test.each<[string, number, (y: Value, x: Value, i: number) => Value]>([
  ["tanh of tanh", 1500, (y) => o.tanh(y)],
  ["a one-sided sum", 1500, (y, x) => o.add(y, x)],
  ["shared parts", 1500, (y) => o.add(y, o.tanh(y))],
  ["views between", 1500, (y) => turned(o.tanh(turned(y)))],
  ["sums of views", 1500, (y, x) => o.add(turned(y), x)],
  ["a sum in every step", 300, (y) => o.sub(o.tanh(y), spread(o.sum(y, { axes: [0] })))],
])("%s", (_, times, step) => {
  const graph = repeated(times, step);
  expect(Math.max(...chooseRoots(graph).values())).toBeLessThanOrEqual(MOST_COST);
  const plan = scheduleFusions(graph, { reads: [], writes: [] });
  validateSchedule(plan); // which asks every kernel for its size
  const sizes = plan.fusions.map(({ elements }) => elements.length);
  expect(Math.max(...sizes)).toBeGreaterThan(sizes.length > 100 ? 1 : 20);
});

test("a small expression is one kernel, a view of a large one is not copied", () => {
  const plan = (times: number, step: (y: Value, x: Value) => Value) =>
    scheduleFusions(repeated(times, step), { reads: [], writes: [] }).fusions.length;
  expect(plan(MOST_COST, (y, x) => o.add(y, x))).toBe(1);
  expect(plan(MOST_COST + 1, (y, x) => o.add(y, x))).toBe(2);
  expect(plan(4 * MOST_COST, (y, x) => o.add(y, x))).toBe(4);
});

test("views of views of views are copied now and then", () => {
  const view = (y: Value, i: number) => (i % 2 ? turned(y) : o.flip(y, { axes: [0] }));
  const { fusions } = scheduleFusions(
    repeated(10 * MOST_MOVES, (y, _, i) => view(y, i)),
    { reads: [], writes: [] },
  );
  expect(fusions.length).toBeLessThan(12);
  expect(fusions.length).toBeGreaterThan(8);
});

test("a kernel that is too large is a fault that says so", () => {
  let element: Element = { kind: "number", dtype: "float32", value: 1 };
  for (let i = 0; i <= MOST_COST; i++) {
    element = { kind: "op", dtype: "float32", op: "neg", args: [element] };
  }
  expect(elementsBelow([element])).toHaveLength(MOST_COST + 2);
  expect(() => expectBounded([element])).toThrow(
    "wasm: an expression of cost 401 is larger than 400",
  );
});
