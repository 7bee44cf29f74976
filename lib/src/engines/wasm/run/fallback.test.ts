// Programs without kernels: the reference engine runs them on the Wasm engine's variables.

import { expect, test } from "vitest";
import { makeGraph, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import { createWasmEngine } from "../index.ts";
import { fallbackProgram } from "./fallback.ts";

const o = graphBuilder();
const type = { dtype: "float64", shape: [2] } as const;

test("reads and writes storages, as often as it is told", () => {
  const engine = createWasmEngine();
  const storage = engine.storage(type, Float64Array.of(1, 2));
  const [x, state] = [new Value(type), new Value(type)];
  const next = o.add(state, x);
  const program = fallbackProgram(makeGraph([x, state], [o.neg(state), next]), {
    reads: [storage],
    writes: [storage],
  });
  expect(program.run([Float64Array.of(10, 100)])).toEqual([Float64Array.of(-1, -2)]);
  expect(storage.read()).toEqual(Float64Array.of(11, 102));
  expect(program.run([Float64Array.of(1, 1)], 3)).toEqual([Float64Array.of(-13, -104)]);
  expect(storage.read()).toEqual(Float64Array.of(14, 105));
});

test("a result that is an argument is a copy of it", () => {
  const x = new Value(type);
  const given = Float64Array.of(1, 2);
  const [result] = fallbackProgram(makeGraph([x], [x]), { reads: [], writes: [] }).run([given]);
  expect(result).toEqual(given);
  expect(result).not.toBe(given);
});
