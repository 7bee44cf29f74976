// The Wasm engine keeps the contract: float64 to the bit, float32 within rounding.

import fc from "fast-check";
import { expect, test } from "vitest";
import { makeGraph, Value } from "../../ir/graph.ts";
import { graphBuilder } from "../../ops/builder.ts";
import { conformance } from "../conformance.testing.ts";
import { referenceEngine } from "../reference/reference.ts";
import { createWasmEngine } from "./index.ts";
import { tolerance } from "./rounded.testing.ts";

conformance(createWasmEngine(), { tolerance });
conformance(createWasmEngine({ deterministic: true }), { tolerance });

test("random bits are those of the reference engine, whatever key, stream and length", () => {
  const o = graphBuilder();
  const [engine, words] = [createWasmEngine(), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })];
  const check = fc.property(words, words, words, fc.nat(3000), (a, b, stream, length) => {
    const key = new Value({ dtype: "int32", shape: [2] });
    const number = new Value({ dtype: "int32", shape: [] });
    const graph = makeGraph([key, number], [o.randomBits(key, number, { shape: [length] })]);
    const inputs = [Int32Array.of(a, b), Int32Array.of(stream)];
    expect(engine.compile(graph).run(inputs)).toEqual(referenceEngine.compile(graph).run(inputs));
  });
  fc.assert(check, { numRuns: 40, seed: 8 });
});

test("arguments of another length are refused: what memory held before is no argument", () => {
  const x = new Value({ dtype: "float32", shape: [3] });
  const program = createWasmEngine({ threads: 1 }).compile(makeGraph([x], [graphBuilder().neg(x)]));
  const run = (...args: Float32Array[]) => program.run(args);
  expect(run(Float32Array.of(1, 2, 3))).toEqual([Float32Array.of(-1, -2, -3)]);
  expect(() => run(Float32Array.of(7))).toThrow(
    "run: expected 3 elements for argument 0, received 1",
  );
  expect(() => run()).toThrow("run: expected 3 elements for argument 0, received nothing");
});
