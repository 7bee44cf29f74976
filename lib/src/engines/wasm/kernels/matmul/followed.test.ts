// Gradients by weights with an optimizer of moments behind them: rows go over the panels, and the bits stay.

import { expect, test } from "vitest";
import { makeGraph, Value } from "../../../../ir/graph.ts";
import { graphBuilder } from "../../../../ops/builder.ts";
import { fill } from "../../../../ops/fill.ts";
import { drawDirection } from "../../../../ops/samples.testing.ts";
import { createWasmEngine } from "../../index.ts";
import { pairedEngine } from "../../paired.testing.ts";
import type { WasmProgram } from "../../run/program.ts";
import { compiled, SPLIT_ALL } from "../../run/threads.testing.ts";
import { IN_ORDER } from "../tile/tiles.ts";
import type { MatmulSpec } from "./index.ts";
import { groupOf, isByPanels } from "./spec.ts";

const o = graphBuilder();
const engines = [
  createWasmEngine({ threads: 1 }),
  createWasmEngine({ threads: 3, leastWork: SPLIT_ALL }),
  pairedEngine({ threads: 1 }),
  pairedEngine({ threads: 2, leastWork: SPLIT_ALL }),
];

/** First and second moment and weights, moved on by a gradient. */
function moved(gradient: Value, [first, second, weights]: readonly [Value, Value, Value]) {
  const scaled = (x: Value, by: number) => o.mul(x, fill(o, x.type, by));
  const m = o.add(scaled(first, 0.9), scaled(gradient, 0.1));
  const v = o.add(scaled(second, 0.999), scaled(o.mul(gradient, gradient), 0.001));
  return [m, v, o.sub(weights, o.div(m, o.add(o.sqrt(o.mul(v, v)), fill(o, v.type, 1e-3))))];
}

test.each([
  [40, 70, 530],
  [700, 50, 90],
  [130, 33, 40],
  [300, 7, 1100],
])("sums of %i products, %i x %i of them", async (k, m, n) => {
  const f32 = (...shape: number[]) => new Value({ dtype: "float32", shape });
  const [x, d, sums] = [f32(k, m), f32(k, n), f32(m, n)];
  const state = [f32(m, n), f32(m, n), f32(m, n)] as const;
  const gradient = o.matmul(o.transpose(x, { perm: [1, 0] }), d);
  const whole = makeGraph([x, d, ...state], moved(gradient, state));
  const product = makeGraph([x, d], [gradient]);
  const rest = makeGraph([sums, ...state], moved(sums, state));
  const [left, right, ...others] = whole.inputs.map(({ type }, i) => drawDirection(type, i).data);
  for (const engine of engines) {
    const [alone] = engine.compile(product).run([left!, right!]);
    const expected = engine.compile(rest).run([alone!, ...others]);
    const program = await compiled(engine, whole);
    expect(program.stages!()[1]!.text.match(/kernel \d/g)).toHaveLength(1);
    const received = program.run([left!, right!, ...others]);
    const differing = received.map((data, i) =>
      [...data].findIndex((number, at) => !Object.is(number, expected[i]![at])),
    );
    expect(differing).toEqual([-1, -1, -1]);
  }
});

test("moments behind the sums have all 32 panels made at once, and plain descent has 8", () => {
  const [m, k, n] = [784, 128, 512];
  const f32 = (...shape: number[]) => new Value({ dtype: "float32", shape });
  const [x, d] = [f32(k, m), f32(k, n)];
  const state = [f32(m, n), f32(m, n), f32(m, n)] as const;
  const gradient = o.matmul(o.transpose(x, { perm: [1, 0] }), d);
  const scratchOf = (results: Value[]) => {
    const graph = makeGraph([x, d, ...state], results);
    const { compilation } = engines[0]!.compile(graph) as WasmProgram;
    return compilation.plan.scratch[0]!;
  };
  const more = scratchOf(moved(gradient, state)) - scratchOf([o.sub(state[2], gradient)]);
  const panel = k * 16 * Float32Array.BYTES_PER_ELEMENT;
  expect(more).toBeGreaterThanOrEqual((32 - 8) * panel);
});

test("only those go along rows whose followers use several arrays", () => {
  const target = { relaxed: true, tiles: IN_ORDER };
  const [m, k, n] = [784, 128, 512];
  const place = (shape: readonly number[], strides: readonly number[]) =>
    ({ dtype: "float32", shape, strides }) as const;
  const spec: MatmulSpec = {
    dtype: "float32",
    batch: [],
    ...{ m, k, n },
    a: place([m, k], [1, m]),
    b: place([k, n], [n, 1]),
  };
  const columns = { column: 0, vectors: 4, rows: 6, count: 32, lastColumns: 16 };
  expect(isByPanels(spec, target)).toBe(true);
  expect(isByPanels({ ...spec, isFollowed: true }, target)).toBe(false);
  // All of the second factor fits: whole rows are written at once.
  expect(groupOf({ ...spec, isFollowed: true }, columns, target)).toBe(32);
  expect(groupOf(spec, columns, target)).toBe(8);
});
