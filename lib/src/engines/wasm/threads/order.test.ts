// Whatever order threads do their parts in between two barriers, the bits are those of one thread.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Graph, makeGraph, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import type { NdArray } from "../../../ops/define.ts";
import { CASES, caseIn, drawDirection, drawInputs, graphOf } from "../../../ops/samples.testing.ts";
import { randomGraphs } from "../../../transforms/random-graph.testing.ts";
import { vjpGraph } from "../../../transforms/vjp.ts";
import type { Slot } from "../../engine.ts";
import { targetOf } from "../features.ts";
import { EngineMemory, newMemory } from "../memory.ts";
import { WasmSlot } from "../slot.ts";
import { withState } from "../state.testing.ts";
import { createWasmEngine } from "../wasm.ts";
import { TurnsProgram } from "./turns.testing.ts";

const ORDERS = [
  [2, 1, 0],
  [0, 1, 2],
  [1, 0, 2],
];

const one = createWasmEngine({ threads: 1 });
const memory = new EngineMemory(newMemory());
const sharing = { threads: 3, control: 0, leastWork: 0, leastWorkPerByte: 0 };
const target = { ...targetOf(false), sharing };

/** Longer by hand: FUZZ_RUNS=1000 npx vitest run lib/src/engines/wasm/threads */
const options = { numRuns: Number(process.env["FUZZ_RUNS"] ?? 25), seed: 20260707 };

/** @param seed chooses which inputs are state, and what it becomes */
function expectSameBits(graph: Graph, inputs: readonly NdArray[], seed: number): void {
  const { whole, state, written } = withState(graph, seed);
  const dataOf = new Map(graph.inputs.map((input, i) => [input, inputs[i]!.data]));
  const args = whole.inputs.slice(0, -state.length || undefined).map((x) => dataOf.get(x)!);
  const start = state.map((input) => dataOf.get(input)!);
  const wiringOf = (slots: readonly Slot[]) => ({
    reads: slots,
    writes: written.map((input) => slots[state.indexOf(input)]!),
  });
  const own = state.map(({ type }, i) => one.slot(type, start[i]!));
  const results = one.compile(whole, wiringOf(own)).run(args, 3);
  const expected = [...results, ...own.map((slot) => slot.read())];

  const slots = state.map(({ type }, i) => new WasmSlot(memory, type, start[i]!));
  const program = new TurnsProgram(whole, wiringOf(slots), target, memory);
  if (!program.isShared) return;
  for (const order of ORDERS) {
    slots.forEach((slot, i) => {
      slot.write(start[i]!);
    });
    const received = program.run(args, 3, order);
    expect([...received, ...slots.map((slot) => slot.read())]).toEqual(expected);
  }
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
  const o = graphBuilder();
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
