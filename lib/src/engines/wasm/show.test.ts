// What the stages say of kernels can be read: every name stands for something.

import fc from "fast-check";
import { expect, test } from "vitest";
import { makeGraph, Value } from "../../ir/graph.ts";
import { graphBuilder } from "../../ops/builder.ts";
import { randomGraphs } from "../../transforms/random-graph.testing.ts";
import { createWasmEngine } from "./wasm.ts";

const o = graphBuilder();
const engine = createWasmEngine({ deterministic: true });

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
