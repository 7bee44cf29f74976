// A plan that would give wrong numbers is refused on the way to a program, in loops too.

import { expect, test } from "vitest";
import { type Graph, makeGraph, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import { createWasmEngine } from "../index.ts";
import { IN_ORDER } from "../kernels/tile/tiles.ts";
import { planArena } from "../lower/arena.ts";
import { planProgram } from "./plan.ts";

const o = graphBuilder();
const engine = createWasmEngine({ threads: 1 });
const type = { dtype: "float32", shape: [4, 4] } as const;
const x = new Value(type);
const NOTHING = { reads: [], writes: [] };

/** Two products, of which the second reads the first and x. */
const twice = (of: Value): Value => o.matmul(o.matmul(of, of), of);

/** The same inside a loop. */
function looped(): Graph {
  const [h, slice] = [new Value(type), new Value(type)];
  const body = makeGraph([h, slice], [o.matmul(o.matmul(twice(h), twice(slice)), h)]);
  const params = { body, constants: 0, carries: 1, length: 3, reverse: false };
  const xs = new Value({ dtype: "float32", shape: [3, 4, 4] });
  return makeGraph([x, xs], o.scan(x, xs, params));
}

const TARGET = { relaxed: false, tiles: IN_ORDER };

test("one variable cannot have two new values", () => {
  const storage = engine.storage(type, new Float32Array(16));
  const graph = makeGraph([x], [o.neg(x), o.matmul(x, x)]);
  const compile = () => engine.compile(graph, { reads: [storage], writes: [storage, storage] });
  expect(compile).toThrow(/kernel \d \(\w+\) (writes|reads) variable 0 (again|too late)/);
});

test.each<[string, Graph]>([
  ["a program", makeGraph([x], [twice(x)])],
  ["a loop", looped()],
])("arrays of %s that lie in one place", (_, graph) => {
  expect(planProgram(graph, NOTHING, TARGET).arena.bytes).toBeGreaterThan(0);
  const everything = (planned: Parameters<typeof planArena>[0], scratch: readonly number[]) => {
    const arena = planArena(planned, scratch);
    return { ...arena, offsets: new Map([...arena.offsets.keys()].map((buffer) => [buffer, 0])) };
  };
  expect(() => planProgram(graph, NOTHING, TARGET, everything)).toThrow(/share memory while both/);
});
