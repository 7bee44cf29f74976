// Whatever order threads do their parts in between two barriers, the bits are those of one thread.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DataArray } from "../../../ir/dtype.ts";
import { type Graph, makeGraph, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import type { NdArray } from "../../../ops/define.ts";
import { CASES, caseIn, drawDirection, drawInputs, graphOf } from "../../../ops/samples.testing.ts";
import { randomGraphs } from "../../../transforms/random-graph.testing.ts";
import { vjpGraph } from "../../../transforms/vjp.ts";
import type { Storage } from "../../engine.ts";
import { targetOf } from "../compiler/features.ts";
import { createWasmEngine } from "../index.ts";
import { EngineMemory, newMemory } from "../memory/memory.ts";
import { WasmStorage } from "../memory/storage.ts";
import { withState } from "../state.testing.ts";
import { TurnsProgram } from "./turns.testing.ts";

const o = graphBuilder();

const ORDERS = [
  [2, 1, 0],
  [0, 1, 2],
  [1, 0, 2],
];

const one = createWasmEngine({ threads: 1 });
const memory = new EngineMemory(newMemory());
const sharing = { threads: 3, control: 0, leastWork: 0, leastWorkPerByte: 0 };
const target = { ...targetOf({ deterministic: false, wide: true }), sharing };

/** Longer by hand: FUZZ_RUNS=1000 npx vitest run lib/src/engines/wasm/threads */
const options = { numRuns: Number(process.env["FUZZ_RUNS"] ?? 25), seed: 20260707 };

/** @param seed chooses which inputs are state, and what it becomes */
function expectSameBits(graph: Graph, inputs: readonly NdArray[], seed: number): void {
  const { whole, state, written } = withState(graph, seed);
  const dataOf = new Map(graph.inputs.map((input, i) => [input, inputs[i]!.data]));
  const args = whole.inputs.slice(0, -state.length || undefined).map((x) => dataOf.get(x)!);
  const start = state.map((input) => dataOf.get(input)!);
  const wiringOf = (storages: readonly Storage[]) => ({
    reads: storages,
    writes: written.map((input) => storages[state.indexOf(input)]!),
  });
  const own = state.map(({ type }, i) => one.storage(type, start[i]!));
  const results = one.compile(whole, wiringOf(own)).run(args, 3);
  const expected = [...results, ...own.map((storage) => storage.read())];

  const storages = state.map(({ type }, i) => new WasmStorage(memory, type, start[i]!));
  const program = new TurnsProgram(whole, wiringOf(storages), target, memory);
  if (!program.isShared) return;
  for (const order of ORDERS) {
    storages.forEach((storage, i) => {
      storage.write(start[i]!);
    });
    const received = program.run(args, 3, order);
    const found = [...received, ...storages.map((storage) => storage.read())];
    if (!found.every((data, i) => haveSameBytes(data, expected[i]!))) {
      expect(found).toEqual(expected); // the payload of a NaN may differ
    }
  }
}

/** Long arrays are compared by bytes, which takes no time. */
function haveSameBytes(a: DataArray, b: DataArray): boolean {
  const [x, y] = [a, b].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  ) as [Uint8Array, Uint8Array];
  if (x.length !== y.length) return false;
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return false;
  return true;
}

describe.each([
  ["float32", 4],
  ["float64", 4],
  ["float32", 24],
  ["float64", 24],
] as const)("random programs in %s, axes up to %i", (dtype, longest) => {
  const size = [longest, longest > 4 ? 3000 : 48] as const;

  test("forward", () => {
    const check = fc.property(randomGraphs({ dtype, size }), fc.nat(), (program, seed) =>
      expectSameBits(program.graph, program.inputs, seed),
    );
    fc.assert(check, options);
  });

  test("gradient", () => {
    const programs = randomGraphs({ dtype, size, moves: [6, 12] });
    const check = fc.property(programs, fc.nat(), ({ graph, inputs }, seed) => {
      const gradient = vjpGraph(
        graph,
        graph.inputs.map(() => true),
      );
      const cotangents = graph.outputs.map(({ type }, i) => drawDirection(type, i + 7));
      expectSameBits(gradient, [...inputs, ...cotangents], seed);
    });
    fc.assert(check, options);
  });
});

test.each(["float32", "int32", "uint8"] as const)("every op in %s", (dtype) => {
  const cases = CASES.flatMap((given) => caseIn(dtype, given) ?? []);
  for (const [i, given] of cases.entries()) {
    const graph = graphOf(given);
    if (one.supports(graph) === true) expectSameBits(graph, drawInputs(given), i);
  }
});

test("products of all shapes, cut by columns and by rows", () => {
  const shapes = [
    [301, 20, 10],
    [64, 70, 200],
    [200, 330, 7],
    [3, 5, 130],
  ] as const;
  for (const [m, k, n] of shapes) {
    const inputs = [
      drawDirection({ dtype: "float32", shape: [k, m] }, 1),
      drawDirection({ dtype: "float32", shape: [k, n] }, 2),
    ];
    const [a, b] = inputs.map((type) => new Value(type)) as [Value, Value];
    const turned = o.transpose(a, { perm: [1, 0] });
    expectSameBits(makeGraph([a, b], [o.tanh(o.matmul(turned, b))]), inputs, 1);
  }
});

test("padding, cut by rows", () => {
  const cases = [
    { shape: [150, 500], low: [7, 3], high: [9, 2], interior: [0, 1] },
    { shape: [70, 900], low: [3, 0], high: [0, 0], interior: [2, 0] },
    { shape: [60000], low: [20000], high: [31], interior: [0] },
    { shape: [30000], low: [5], high: [0], interior: [1] },
    { shape: [0, 900], low: [200, 0], high: [0, 0], interior: [0, 0] },
  ];
  for (const { shape, ...params } of cases) {
    const inputs = [drawDirection({ dtype: "float32", shape }, 1)];
    const x = new Value(inputs[0]!);
    expectSameBits(makeGraph([x], [o.pad(x, params)]), inputs, 1);
  }
});

test("rows that are added up by index, cut by rows of the result", () => {
  const size = 50;
  for (const row of [1, 24]) {
    const updates = drawDirection({ dtype: "float32", shape: [200, row] }, 1);
    const data = Int32Array.from({ length: 200 }, (_, i) => (i * i) % size);
    const indices: NdArray = { dtype: "int32", shape: [200], data };
    const [at, from] = [new Value(indices), new Value(updates)];
    const graph = makeGraph([at, from], [o.scatterAdd(at, from, { size })]);
    expectSameBits(graph, [indices, updates], 1);
  }
});

test.each([false, true])(
  "loops whose turns need what other threads did, backwards: %s",
  (reverse) => {
    const type = { dtype: "float32", shape: [40, 40] } as const;
    const [h, x] = [new Value(type), new Value(type)];
    const next = o.transpose(o.tanh(o.add(h, x)), { perm: [1, 0] });
    const body = makeGraph([h, x], [next, o.sum(next, { axes: [1] })]);
    const inputs = [drawDirection(type, 1), drawDirection({ ...type, shape: [5, 40, 40] }, 2)];
    const [start, sequence] = inputs.map((like) => new Value(like)) as [Value, Value];
    const params = { body, constants: 0, carries: 1, length: 5, reverse };
    const loop = makeGraph([start, sequence], o.scan(start, sequence, params));
    const cotangents = loop.outputs.map((output, i) => drawDirection(output.type, i + 7));
    for (const seed of [1, 2, 3]) {
      expectSameBits(loop, inputs, seed);
      expectSameBits(vjpGraph(loop, [true, true]), [...inputs, ...cotangents], seed);
    }
  },
);

test("a loop that the first thread goes round, between kernels that all do", () => {
  const rows = { dtype: "float32", shape: [5, 3000] } as const;
  const [x, h, row] = [
    new Value(rows),
    new Value({ ...rows, shape: [] }),
    new Value({ ...rows, shape: [3000] }),
  ];
  const next = o.add(h, o.sum(row, { axes: [0] }));
  const body = makeGraph([h, row], [next, o.cumsum(row, { axis: 0, reverse: false })]);
  const params = { body, constants: 0, carries: 1, length: 5, reverse: false };
  const first = new Value(h.type);
  const [last, sums] = o.scan(first, o.tanh(x), params) as [Value, Value];
  const end = o.slice(sums, { start: [4, 0], end: [5, 3000], step: [1, 1] });
  const graph = makeGraph([first, x], [last, o.tanh(end)]);
  const inputs = graph.inputs.map(({ type }, i) => drawDirection(type, i));
  for (const seed of [1, 2, 3]) expectSameBits(graph, inputs, seed);
});

test("a loop whose first carry all threads copy, the last part being shorter", () => {
  const type = { dtype: "float32", shape: [40_001] } as const;
  const [x, h, one] = [new Value(type), new Value(type), new Value({ ...type, shape: [1] })];
  const body = makeGraph([h, one], [o.add(h, o.expand(one, { shape: type.shape }))]);
  const params = { body, constants: 0, carries: 1, length: 3, reverse: false };
  const sequence = new Value({ ...type, shape: [3, 1] });
  const graph = makeGraph([x, sequence], o.scan(o.tanh(x), sequence, params));
  const inputs = graph.inputs.map(({ type: of }, i) => drawDirection(of, i));
  for (const seed of [1, 2, 3]) expectSameBits(graph, inputs, seed);
});

test("convolutions with what is computed behind them, and their gradients", () => {
  const inputs = [
    drawDirection({ dtype: "float32", shape: [4, 13, 11, 3] }, 1),
    drawDirection({ dtype: "float32", shape: [3, 3, 3, 18] }, 2),
  ];
  const [x, w] = inputs.map((like) => new Value(like)) as [Value, Value];
  const pads = [
    [1, 1],
    [1, 1],
  ] as const;
  const params = { strides: [1, 1], padding: pads, dilation: [1, 1], groups: 1 } as const;
  const graph = makeGraph([x, w], [o.tanh(o.conv(x, w, params))]);
  const cotangents = graph.outputs.map((output) => drawDirection(output.type, 7));
  expectSameBits(graph, inputs, 1);
  expectSameBits(vjpGraph(graph, [true, true]), [...inputs, ...cotangents], 1);
});
