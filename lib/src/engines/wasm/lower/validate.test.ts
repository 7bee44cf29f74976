// The validator finds plans that would give wrong numbers.

import { expect, test } from "vitest";
import { type Graph, makeGraph, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import { referenceEngine } from "../../reference/reference.ts";
import { planArena } from "./arena.ts";
import type { Fusion } from "./fusion.ts";
import { type FusionSchedule, scheduleFusions } from "./schedule.ts";
import { validateArena, validateSchedule } from "./validate.ts";

const o = graphBuilder();
const type = { dtype: "float32", shape: [4, 4] } as const;

/** Two products, one after the other. */
function chain(): Graph {
  const x = new Value(type);
  return makeGraph([x], [o.matmul(o.matmul(x, x), x)]);
}

const planned = (graph = chain()): FusionSchedule =>
  scheduleFusions(graph, { reads: [], writes: [] });

test("a good plan passes", () => {
  const plan = planned();
  expect(plan.fusions.length).toBe(2);
  validateSchedule(plan);
  validateArena(plan, planArena(plan, [0, 0]));
});

test("kernels that wait for each other, by way of others too", () => {
  const x = new Value(type);
  const graph = makeGraph([x], [o.matmul(o.matmul(o.matmul(x, x), x), x)]);
  const plan = planned(graph);
  const [first, second, third] = plan.fusions as [Fusion, Fusion, Fusion];
  second.follow(third);
  expect(() => validateSchedule(plan)).toThrow(
    /^wasm: these kernels wait for each other: \d \(contraction\), \d \(contraction\)$/,
  );
  second.before.delete(third);
  validateSchedule(plan);
  first.follow(third);
  const ids = [first, third, second].map(({ id }) => `${id} (contraction)`).join(", ");
  expect(() => validateSchedule(plan)).toThrow(`wait for each other: ${ids}`);
});

test("reading before writing", () => {
  const plan = planned();
  const turned = { ...plan, fusions: [...plan.fusions].reverse() };
  expect(() => validateSchedule(turned)).toThrow(/kernel 0 \(contraction\) reads array \d+ before/);
});

test("writing twice, and not at all", () => {
  const plan = planned();
  const [first, second] = plan.fusions as [(typeof plan.fusions)[0], (typeof plan.fusions)[0]];
  const doubled = { ...plan, fusions: [first, first, second] };
  expect(() => validateSchedule(doubled)).toThrow(
    /kernel 1 \(contraction\) writes array \d+ again/,
  );
  expect(() => validateSchedule({ ...plan, fusions: [first] })).toThrow(
    /result \d+ is never written/,
  );
});

test("a storage that is read after its new value moved in", () => {
  const storage = referenceEngine.storage(type, new Float32Array(16));
  const x = new Value(type);
  const graph = makeGraph([x], [o.matmul(x, x), o.neg(x)]);
  const plan = scheduleFusions(graph, { reads: [storage], writes: [storage] });
  validateSchedule(plan);
  const turned = { ...plan, fusions: [...plan.fusions].reverse() };
  expect(() => validateSchedule(turned)).toThrow("reads variable 0 too late");
});

test("two arrays in one place", () => {
  const plan = planned();
  const arena = planArena(plan, [0, 0]);
  const offsets = new Map([...arena.offsets].map(([buffer]) => [buffer, 0]));
  expect(() => validateArena(plan, { ...arena, offsets })).toThrow(/share memory while both/);
  expect(() => validateArena(plan, { ...arena, offsets: new Map() })).toThrow(/has no place/);
});
