// Pooling in vectors, single or in pairs: any number of channels, ties and NaN, windows that overlap or hang over an edge.

import fc from "fast-check";
import { expect, test } from "vitest";
import { makeGraph, Value } from "../../../../ir/graph.ts";
import { sizeOf } from "../../../../ir/shape.ts";
import { graphBuilder } from "../../../../ops/builder.ts";
import { referenceEngine } from "../../../reference/reference.ts";
import { createWasmEngine } from "../../index.ts";
import { pairedEngine } from "../../paired.testing.ts";

const o = graphBuilder();
const engines = [createWasmEngine({ threads: 1 }), pairedEngine({ threads: 1 })];
const FEW = [0, -0, 1, -1, 2, NaN, -Infinity];

const axis = fc.record({
  window: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 5 }),
  results: fc.integer({ min: 1, max: 4 }),
  padded: fc.boolean(),
  over: fc.integer({ min: 0, max: 2 }),
});

test("any windows, as the reference engine has them", () => {
  const check = fc.property(
    axis,
    axis,
    fc.integer({ min: 1, max: 21 }),
    fc.nat(),
    (y, x, channels, seed) => {
      const axes = [y, x] as const;
      const pads = axes.map(({ window, padded }) => (padded ? Math.floor((window - 1) / 2) : 0));
      const sizes = axes.map(({ window, stride, results, over }, i) =>
        Math.max(1, (results - 1) * stride + window + Math.min(over, stride - 1) - 2 * pads[i]!),
      );
      const shape = [2, ...sizes, channels];
      const params = {
        window: [y.window, x.window],
        strides: [y.stride, x.stride],
        padding: pads.map((pad) => [pad, pad]),
      } as unknown as Parameters<typeof o.maxPool>[1];
      const images = new Value({ dtype: "float32", shape });
      const pooled = o.maxPool(images, params);
      const back = new Value(pooled.type);
      const graph = makeGraph([images, back], [pooled, o.poolPut(back, images, params)]);
      const data = Float32Array.from(
        { length: sizeOf(shape) },
        (_, i) => FEW[(i * i + seed) % FEW.length]!,
      );
      const sent = Float32Array.from(
        { length: sizeOf(back.type.shape) },
        (_, i) => ((i * 7 + seed) % 11) - 5,
      );
      const expected = referenceEngine.compile(graph).run([data, sent]);
      for (const engine of engines) {
        expect(engine.compile(graph).run([data, sent])).toEqual(expected);
      }
    },
  );
  fc.assert(check, { numRuns: 40, seed: 20261130 });
});
