// Maxima of floats put together from cheaper instructions: the very bits of the op for zeros of both signs and NaN.

import { expect, test } from "vitest";
import { makeGraph, Value } from "../../../../ir/graph.ts";
import { graphBuilder } from "../../../../ops/builder.ts";
import { createWasmEngine } from "../../index.ts";
import { pairedEngine } from "../../paired.testing.ts";

const o = graphBuilder();
const engines = [createWasmEngine({ threads: 1 }), pairedEngine({ threads: 1 })];
const SPECIAL = [0, -0, NaN, Infinity, -Infinity, 1.5, -1.5];

/** Rows in which each pair of special numbers meets, at all places of a row of any length. */
const drawn = (count: number, of: readonly number[]) =>
  Float32Array.from(
    { length: count },
    (_, i) => of[(i * i + (i >> 2) * 5 + (i >> 5)) % of.length]!,
  );

const maximum = (numbers: readonly number[]) => Math.max(...numbers);

test.each([
  ["zeros of both signs", [0, -0]],
  ["zeros below which something is", [-0, -1.5, -Infinity]],
  ["numbers and no NaN", [-0, 1.5, Infinity, 0, -1.5]],
  ["all that is special", SPECIAL],
  ["nothing but -0", [-0]],
  ["nothing but -Infinity", [-Infinity]],
])("reduceMax of %s", (_, numbers) => {
  for (const length of [1, 3, 4, 7, 8, 9, 13, 16, 31, 40]) {
    const rows = 21;
    const data = drawn(rows * length, numbers);
    const x = new Value({ dtype: "float32", shape: [rows, length] });
    const graph = makeGraph([x], [o.reduceMax(x, { axes: [1] }), o.reduceMax(x, { axes: [0] })]);
    const at = (row: number, column: number) => data[row * length + column]!;
    const all = (count: number) => Array.from({ length: count }, (_, i) => i);
    const along = all(rows).map((row) => maximum(all(length).map((column) => at(row, column))));
    const across = all(length).map((column) => maximum(all(rows).map((row) => at(row, column))));
    for (const engine of engines) {
      const results = engine.compile(graph).run([data]);
      expect(results).toEqual([Float32Array.from(along), Float32Array.from(across)]);
    }
  }
});

test.each([...SPECIAL, 0.25])("the larger and the smaller of a number and %d", (limit) => {
  const data = drawn(50, SPECIAL);
  const x = new Value({ dtype: "float32", shape: [50] });
  const one = o.constant({ dtype: "float32", shape: [1], data: Float32Array.of(limit) });
  const all = o.expand(one, { shape: [50] });
  const outputs = [o.max(x, all), o.max(all, x), o.min(x, all), o.min(all, x)];
  const [larger, smaller] = [
    data.map((v) => Math.max(v, limit)),
    data.map((v) => Math.min(v, limit)),
  ];
  for (const engine of engines) {
    const results = engine.compile(makeGraph([x], outputs)).run([data]);
    expect(results).toEqual([larger, larger, smaller, smaller]);
  }
});
