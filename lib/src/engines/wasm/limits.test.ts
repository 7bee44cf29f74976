// What the engine refuses or leaves to others, and in which words.

import { expect, test, vi } from "vitest";
import { makeGraph, Value } from "../../ir/graph.ts";
import { graphBuilder } from "../../ops/builder.ts";
import { createWasmEngine } from "./index.ts";

const o = graphBuilder();

test("an array too large for 32-bit addresses is refused with its shape", () => {
  const x = new Value({ dtype: "float32", shape: [1] });
  const wide = o.expand(x, { shape: [2 ** 29] });
  const graph = makeGraph([x], [o.sum(o.mul(wide, wide), { axes: [0] })]);
  expect(createWasmEngine().supports(graph)).toBe(
    "float32[536870912] is too large for 32-bit addresses",
  );
});

test("what cannot be compiled runs on the reference engine, after a notice", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const x = new Value({ dtype: "float32", shape: [1] });
  const wide = o.expand(x, { shape: [2 ** 29] });
  createWasmEngine().compile(makeGraph([x], [o.sum(o.mul(wide, wide), { axes: [0] })]));
  expect(warn).toHaveBeenCalledWith(
    "neurite: float32[536870912] is too large for 32-bit addresses; " +
      "the slow reference engine runs this program.",
  );
  warn.mockRestore();
});

test("a program whose arrays together are too large runs elsewhere, after a notice with their size", () => {
  // Of 1 GiB each, and all needed at the end: together more than there are addresses.
  const x = new Value({ dtype: "float32", shape: [2 ** 28] });
  const sorts = [1, 2, 3, 4].map((k) =>
    o.argsort(k > 2 ? o.neg(x) : x, { axis: 0, descending: k % 2 === 0 }),
  );
  const engine = createWasmEngine();
  const graph = makeGraph([x], sorts);
  expect(engine.supports(graph)).toBe(true);
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const before = engine.usage?.().bytes;
  engine.compile(graph);
  expect(warn).toHaveBeenCalledWith(
    expect.stringMatching(
      /^neurite: wasm: out of memory: .* needs \d+\.\d MiB.* The slow reference engine runs this/,
    ),
  );
  expect(engine.usage?.().bytes).toBe(before);
  warn.mockRestore();
});

test("an index outside is an error, not a wrong number", () => {
  const [x, places] = [
    new Value({ dtype: "float32", shape: [3] }),
    new Value({ dtype: "int32", shape: [2] }),
  ];
  const program = createWasmEngine().compile(makeGraph([x, places], [o.gather(x, places)]));
  const data = Float32Array.of(1, 2, 3);
  for (const bad of [3, -1, 2 ** 31 - 1]) {
    expect(() => program.run([data, Int32Array.of(0, bad)])).toThrow(
      `gather: index ${bad} is out of range for an axis of 3`,
    );
  }
  expect(program.run([data, Int32Array.of(0, 2)])).toEqual([Float32Array.of(1, 3)]);
});

test("a run of no times, or of half a time", () => {
  const program = createWasmEngine().compile(makeGraph([], []));
  expect(() => program.run([], 0)).toThrow("whole number of times above 0, received 0");
  expect(() => program.run([], 0.5)).toThrow("received 0.5");
});

test("variables take engine memory when a program first uses them, and keep their numbers", () => {
  const engine = createWasmEngine();
  const type = { dtype: "float32", shape: [1000] } as const;
  const before = engine.usage!().bytes;
  const storages = Array.from({ length: 100 }, (_, i) =>
    engine.storage(type, new Float32Array(1000).fill(i)),
  );
  storages[7]!.write(new Float32Array(1000).fill(77));
  expect(engine.usage!().bytes).toBe(before);
  const x = new Value(type);
  const program = engine.compile(makeGraph([x], [o.add(x, x)]), {
    reads: [storages[7]!],
    writes: [storages[7]!],
  });
  expect(engine.usage!().bytes).toBeGreaterThanOrEqual(before + 4000);
  program.run([]);
  expect([storages[7]!.read()[5], storages[8]!.read()[5]]).toEqual([154, 8]);
});
