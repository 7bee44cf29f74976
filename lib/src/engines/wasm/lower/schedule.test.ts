// The order of kernels: as long as a program may be.

import { expect, test } from "vitest";
import { makeGraph, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import { planArena } from "./arena.ts";
import { Fusion } from "./fusion.ts";
import { inOrder, scheduleFusions } from "./schedule.ts";
import { validateArena, validateSchedule } from "./validate.ts";

const o = graphBuilder();
const type = { dtype: "float32", shape: [4, 4] } as const;
const unwired = { reads: [], writes: [] };
const fusions = (count: number) => Array.from({ length: count }, (_, id) => new Fusion(id, [1]));

test("each kernel comes after those it waits for, else as they were made", () => {
  const [a, b, c, d] = fusions(4) as [Fusion, Fusion, Fusion, Fusion];
  a.follow(d);
  a.follow(c);
  expect(inOrder([a, b, c, d]).map(({ id }) => id)).toEqual([2, 3, 0, 1]);
});

test("a path of any length is followed", () => {
  const many = fusions(20_000);
  many.forEach((fusion, i) => {
    if (i > 0) many[i - 1]!.follow(fusion);
  });
  expect(inOrder(many)[0]!.id).toBe(19_999);
});

test("scalars share kernels of eight", () => {
  const x = new Value({ dtype: "float32", shape: [] });
  const number = (i: number) =>
    o.constant({ data: Float32Array.of(i), dtype: "float32", shape: [] });
  const outputs = Array.from({ length: 800 }, (_, i) => o.tanh(o.mul(x, number(i))));
  expect(scheduleFusions(makeGraph([x], outputs), unwired).fusions).toHaveLength(100);
});

test("the arena of a long program has a place for all, and is used again and again", () => {
  let y = new Value(type);
  const x = y;
  const kept: Value[] = [];
  for (let i = 0; i < 1000; i++) {
    y = o.matmul(y, x);
    if (i % 50 === 0) kept.push(y);
    y = o.matmul(y, y);
  }
  const plan = scheduleFusions(makeGraph([x], [y, ...kept]), unwired);
  validateSchedule(plan);
  const arena = planArena(
    plan,
    plan.fusions.map((_, i) => (i % 7 === 0 ? 100 : 0)),
  );
  validateArena(plan, arena);
  expect(plan.fusions.length).toBe(2000);
  expect(arena.bytes).toBeLessThan(30 * 128 + 1000);
  const [buffer] = kept.map((_, i) => plan.results[i + 1]!);
  const last = plan.fusions.at(-1)!.stores[0]!.buffer;
  const offsets = new Map(arena.offsets).set(last, arena.offsets.get(buffer!)!);
  expect(() => validateArena(plan, { ...arena, offsets })).toThrow(/share memory while both/);
});
