// What the stages say of kernels can be read: every name stands for something.

import fc from "fast-check";
import { expect, test } from "vitest";
import { makeGraph, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import { randomGraphs } from "../../../transforms/random-graph.testing.ts";
import { createWasmEngine } from "../index.ts";

const o = graphBuilder();
const engine = createWasmEngine({ deterministic: true });
const vector = (length: number) => new Value({ dtype: "float32", shape: [length] });

test("what a reduction uses twice is named before it is used", () => {
  const x = new Value({ dtype: "float32", shape: [4, 2] });
  const y = o.tanh(x);
  const graph = makeGraph([x], [o.sum(o.mul(y, y), { axes: [1] })]);
  const [, kernels] = engine.compile(graph).stages!();
  expect(kernels!.text).toBe(
    [
      "kernel 0: sum, 4 units of work 96",
      "  e0 = tanh(argument0)",
      "  head = sum over [2] of mul(e0, e0)",
      "  array1: float32[4] = head",
    ].join("\n"),
  );
});

test("kernels of loops count, with their barriers, as in what is said of memory", () => {
  const [h, x] = [vector(2000), vector(2000)];
  const sum = o.reshape(o.sum(x, { axes: [0] }), { shape: [1] });
  const next = o.tanh(o.add(h, o.expand(sum, { shape: [2000] })));
  const body = makeGraph([h, x], [next]);
  const [start, sequence] = [vector(2000), new Value({ dtype: "float32", shape: [5, 2000] })];
  const params = { body, constants: 0, carries: 1, length: 5, reverse: false };
  const [last] = o.scan(o.exp(start), sequence, params) as [Value];
  const graph = makeGraph([start, sequence], [o.sum(last, { axes: [0] })]);
  const leastWork = { kernel: 0, byte: 0, run: Infinity };
  const [, kernels, memory] = createWasmEngine({ threads: 2, leastWork }).compile(graph).stages!();

  expect(kernels!.text.split("\n")).toEqual([
    "barrier",
    "kernel 0: map, 2 units of work 18000, on all threads",
    "  array2: float32[2000] = exp(argument0)",
    "barrier",
    "kernel 1: copy, 1 unit of work 2000",
    "  array3: float32[2000] = array2",
    "loop of 5 iterations, a barrier before each",
    "  array3: float32[2000] = scan(array2, argument1)",
    "  kernel 2: sum, 1 unit of work 2000",
    "    head = sum over [2000] of argument0",
    "    array2: float32[] = head",
    "  barrier",
    "  kernel 3: map, 2 units of work 26000, on all threads",
    "    variable0: float32[2000] = tanh(add(variable0, array2{0}))",
    "barrier",
    "kernel 4: sum, 1 unit of work 2000",
    "  head = sum over [2000] of array3",
    "  array4: float32[] = head",
  ]);
  expect(memory!.text.split("\n")).toEqual([
    "64448 bytes of arena, 0 bytes of constants",
    "       0 argument1: float32[5, 2000]  kernels 0-4",
    "   40064 argument0: float32[2000]  kernels 0-4",
    "   48128 array2: float32[2000]  kernels 0-3",
    "   48128 array4: float32[]  kernels 4-4",
    "   56192 array3: float32[2000]  kernels 1-4",
    "   64256 of kernels 1-3 alone",
  ]);
});

test("names are defined in the kernel that uses them", () => {
  const check = fc.property(randomGraphs(), ({ graph }) => {
    const kernels = engine.compile(graph).stages?.()[1]?.text ?? "";
    for (const kernel of kernels.split(/^(?=\s*kernel )/m)) {
      const used = new Set(kernel.match(/\b[xe]\d+\b/g));
      const defined = kernel.match(/\b[xe]\d+(?= = )/g) ?? [];
      expect([...used].sort()).toEqual(defined.sort());
    }
  });
  fc.assert(check, { numRuns: 60, seed: 5 });
});
