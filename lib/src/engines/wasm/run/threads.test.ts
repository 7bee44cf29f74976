// Several threads give the bits of one, and keep the contract.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DType } from "../../../ir/dtype.ts";
import { type Graph, makeGraph, Value } from "../../../ir/graph.ts";
import type { OpName } from "../../../ir/op-table.ts";
import { expectSameBits } from "../../../ops/arrays.testing.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import type { NdArray } from "../../../ops/define.ts";
import { drawDirection } from "../../../ops/samples.testing.ts";
import { randomGraphs } from "../../../transforms/random-graph.testing.ts";
import { vjpGraph } from "../../../transforms/vjp.ts";
import { conformance } from "../../conformance.testing.ts";
import type { Engine } from "../../engine.ts";
import { createWasmEngine } from "../index.ts";
import { pairedEngine } from "../paired.testing.ts";
import { compiled, SPLIT_ALL } from "./threads.testing.ts";

const o = graphBuilder();
const engines = [
  ...[1, 2, 3, 4].map((threads) => createWasmEngine({ threads, leastWork: SPLIT_ALL })),
  // Nor do results depend on whether vectors are paired.
  ...[1, 3].map((threads) => pairedEngine({ threads, leastWork: SPLIT_ALL })),
];

/** Longer by hand: FUZZ_RUNS=1000 npx vitest run lib/src/engines/wasm/threads */
const RUNS = Number(process.env["FUZZ_RUNS"] ?? 15);
const options = { numRuns: RUNS, seed: 20260303 };

async function expectAlike(
  graph: Graph,
  inputs: readonly NdArray[],
  { times = 1, on = engines }: { readonly times?: number; readonly on?: readonly Engine[] } = {},
) {
  const args = inputs.map(({ data }) => data);
  const results: NdArray[][] = [];
  for (const engine of on) {
    const program = await compiled(engine, graph);
    const found = program.run(args, times);
    results.push(graph.outputs.map(({ type }, i) => ({ ...type, data: found[i]! })));
  }
  for (const result of results.slice(1)) expectSameBits(result, results[0]!);
}

/** One thread and two of the others, drawn with a random program: most of its time it is compiled. */
const some: fc.Arbitrary<readonly Engine[]> = fc.nat(engines.length - 2).map((drawn) => {
  const [first, ...others] = engines;
  return [first!, others[drawn]!, others[(drawn + 2) % others.length]!];
});

describe.each([
  ["float32", 4],
  ["float64", 4],
  ["float32", 24],
  ["float64", 24],
] as const)("random programs in %s, axes up to %i", (dtype, longest) => {
  const size = [longest, longest > 4 ? 3000 : 48] as const;
  test("forward", async () => {
    const programs = randomGraphs({ dtype, size });
    await fc.assert(
      fc.asyncProperty(programs, some, ({ graph, inputs }, on) =>
        expectAlike(graph, inputs, { times: 2, on }),
      ),
      options,
    );
  });

  test("gradient", async () => {
    const programs = randomGraphs({ dtype, size, moves: [6, 12] });
    const property = fc.asyncProperty(programs, some, ({ graph, inputs }, on) => {
      const gradient = vjpGraph(
        graph,
        graph.inputs.map(() => true),
      );
      const cotangents = graph.outputs.map(({ type }, i) => drawDirection(type, i + 7));
      return expectAlike(gradient, [...inputs, ...cotangents], { on });
    });
    await fc.assert(property, options);
  });
});

test("products of all shapes, cut by columns and by rows", async () => {
  const shapes = [
    [301, 20, 10],
    [64, 70, 200],
    [500, 830, 7],
    [3, 5, 130],
  ] as const;
  for (const [m, k, n] of shapes) {
    const types = [
      { dtype: "float32", shape: [k, m] },
      { dtype: "float32", shape: [k, n] },
    ] as const;
    const [a, b] = types.map((type) => new Value(type)) as [Value, Value];
    const turned = o.transpose(a, { perm: [1, 0] });
    const graph = makeGraph([a, b], [o.tanh(o.matmul(turned, b))]);
    await expectAlike(graph, types.map(drawDirection));
  }
});

test("new state in place, by more threads than there are parts", async () => {
  const x = new Value({ dtype: "float32", shape: [1027] });
  const state = new Value(x.type);
  const graph = makeGraph([x, state], [o.add(state, x)]);
  const input = drawDirection(x.type, 3).data;
  const states = [];
  for (const engine of engines) {
    const storage = engine.storage(x.type, new Float32Array(1027));
    const program = await compiled(engine, graph, { reads: [storage], writes: [storage] });
    for (let i = 0; i < 50; i++) program.run([input], 20);
    states.push(storage.read());
  }
  for (const other of states.slice(1)) expect(other).toEqual(states[0]);
});

test("programs that come and go while others run", async () => {
  const engine = engines[1]!;
  const x = new Value({ dtype: "float32", shape: [4000] });
  const input = drawDirection(x.type, 1).data;
  const programs = Array.from({ length: 20 }, (_, i) =>
    engine.compile(makeGraph([x], [o.sum(o.mul(o.exp(x), fillOf(x, i)), { axes: [0] })])),
  );
  const alone = programs.map((program) => program.run([input]));
  await engine.ready?.();
  expect(programs.map((program) => program.run([input], 3))).toEqual(alone);
});

function fillOf(x: Value, value: number): Value {
  const one = o.constant({ data: Float32Array.of(value), dtype: "float32", shape: [1] });
  return o.expand(one, { shape: x.type.shape });
}

describe("the contract, on two threads", () => {
  const engine = createWasmEngine({ threads: 2, leastWork: SPLIT_ALL });
  const tolerance = (_op: OpName, dtype: DType) => (dtype === "float32" ? 1e-6 : 0);
  conformance(engine, { tolerance });
});

test("loops that end by what threads computed together, with choices in them", async () => {
  const type = { dtype: "float32", shape: [40, 40] } as const;
  const scalar = { dtype: "float32", shape: [] } as const;
  const number = (x: number) =>
    o.constant({ data: Float32Array.of(x), dtype: "float32", shape: [] });
  const total = (x: Value) => o.sum(o.mul(x, x), { axes: [0, 1] });
  const [a, h, n] = [new Value(type), new Value(type), new Value(scalar)];
  const [p, q, r, s] = [type, type, type, type].map((like) => new Value(like)) as [
    Value,
    Value,
    Value,
    Value,
  ];
  const ifTrue = makeGraph([p, q], [o.tanh(o.matmul(p, q)), q]);
  const ifFalse = makeGraph([r, s], [o.transpose(o.sin(o.add(r, s)), { perm: [1, 0] }), r]);
  const isLarge = o.lt(number(0.5), o.mod(n, number(2)));
  const [next, other] = o.cond(isLarge, a, h, { ifTrue, ifFalse }) as [Value, Value];
  const scaled = o.sub(
    next,
    o.mul(other, o.expand(o.reshape(number(0.1), { shape: [1, 1] }), type)),
  );
  const params = {
    condition: makeGraph([a, h, n], [o.lt(number(0.001), o.sub(number(9), o.max(n, total(h))))]),
    body: makeGraph([a, h, n], [scaled, o.add(n, number(1))]),
    constants: 1,
  };
  const inputs = [drawDirection(type, 1), drawDirection(type, 2), drawDirection(scalar, 3)].map(
    (array) => ({ ...array, data: array.data.map((x: number) => x / 30) as NdArray["data"] }),
  );
  const given = inputs.map((like) => new Value({ dtype: like.dtype, shape: like.shape }));
  const graph = makeGraph(given, o.whileLoop(...given, params));
  await expectAlike(graph, inputs, { times: 3 });
  const program = engines[1]!.compile(graph);
  const turns = program.run(inputs.map(({ data }) => data))[1]![0]!;
  expect(turns).toBeGreaterThan(1);
});
