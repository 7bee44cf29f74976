// What programs make of variables that they only read is made once, and anew when the variables have changed.

import { describe, expect, test } from "vitest";
import { type Graph, makeGraph, Value } from "../../ir/graph.ts";
import { type Shape, sizeOf } from "../../ir/shape.ts";
import { graphBuilder } from "../../ops/builder.ts";
import { numbersFrom } from "../../ops/samples.testing.ts";
import type { Wiring } from "../engine.ts";
import { createWasmEngine } from "./index.ts";
import { pairedEngine } from "./paired.testing.ts";
import { compiled, SPLIT_ALL } from "./run/threads.testing.ts";

const o = graphBuilder();
const engines = [
  createWasmEngine({ threads: 1 }),
  createWasmEngine({ threads: 3, leastWork: SPLIT_ALL }),
  pairedEngine({ threads: 1 }),
  pairedEngine({ threads: 2, leastWork: SPLIT_ALL }),
];
const given = (...shape: number[]) => new Value({ dtype: "float32", shape });

function numbers(shape: Shape, seed: number): Float32Array {
  const next = numbersFrom(seed);
  return new Float32Array(sizeOf(shape)).map(() => next() - 0.5);
}

/** A product with weights [k, n], or with [n, k] turned, and a bias. */
function product(m: number, k: number, n: number, turned: boolean): Graph {
  const [x, w, other] = [given(m, k), turned ? given(n, k) : given(k, n), given(m, n)];
  const right = turned ? o.transpose(w, { perm: [1, 0] }) : w;
  return makeGraph([x, other, w], [o.add(o.matmul(x, right), other)]);
}

/** A convolution whose kernel [out, in, 3, 3] and images have channels first. */
function convolution(): Graph {
  const [x, w] = [given(2, 5, 9, 8), given(7, 5, 3, 3)];
  const params = {
    strides: [1, 1],
    padding: [
      [1, 1],
      [0, 0],
    ],
    dilation: [1, 1],
    groups: 1,
  } as const;
  const images = o.transpose(x, { perm: [0, 2, 3, 1] });
  const y = o.conv(images, o.transpose(w, { perm: [2, 3, 1, 0] }), params);
  return makeGraph([x, w], [o.transpose(y, { perm: [0, 3, 1, 2] })]);
}

describe.each<[what: string, graph: Graph]>([
  ["panels of many columns", product(40, 70, 90, false)],
  ["panels deeper than a pass", product(37, 1100, 33, false)],
  ["panels of weights that are turned", product(5, 65, 130, true)],
  ["panels of turned weights, deeper than a pass", product(130, 1030, 20, true)],
  ["a kernel with channels last", convolution()],
])("%s", (_, graph) => {
  const [last] = graph.inputs.slice(-1) as [Value];
  const args = graph.inputs.slice(0, -1).map(({ type }, i) => numbers(type.shape, i));
  const first = numbers(last.type.shape, 7);
  const second = numbers(last.type.shape, 8);

  test.each(engines.map((engine, i) => [i, engine] as const))(
    "on engine %i",
    async (_i, engine) => {
      const plain = await compiled(engine, graph);
      const expected = [first, second].map((weights) => plain.run([...args, weights]));
      const storage = engine.storage(last.type, first);
      const wiring: Wiring = { reads: [storage], writes: [] };
      const program = await compiled(engine, graph, wiring);
      const [, kernels] = program.stages!();
      expect(kernels!.text).toMatch(/, once\n|, panels stay\n/);
      expect(program.run(args)).toEqual(expected[0]);
      expect(program.run(args)).toEqual(expected[0]);
      storage.write(second);
      expect(program.run(args, 3)).toEqual(expected[1]);
      expect(program.run(args)).toEqual(expected[1]);
      // Another program may write the variable.
      const negate = engine.compile(makeGraph([last], [o.neg(last)]), {
        reads: [storage],
        writes: [storage],
      });
      negate.run([], 3);
      expect(program.run(args)).toEqual(plain.run([...args, second.map((w) => -w)]));
    },
  );
});

test("the stages say what is made once", () => {
  const engine = createWasmEngine();
  const kernel = [7, 5, 3, 3];
  const storage = engine.storage({ dtype: "float32", shape: kernel }, numbers(kernel, 1));
  const kernels = (graph: Graph, wiring: Wiring) =>
    engine.compile(graph, wiring).stages!().find(({ name }) => name === "kernels")!.text;
  expect(kernels(convolution(), { reads: [storage], writes: [] })).toMatch(
    /kernel \d: map, .*, once\n/,
  );
  const weights = engine.storage({ dtype: "float32", shape: [70, 90] }, numbers([70, 90], 1));
  const stay = /kernel 0: matmul, .*, panels stay\n/;
  expect(kernels(product(40, 70, 90, false), { reads: [weights], writes: [] })).toMatch(stay);
});

test("products of any number of rows share panels", () => {
  for (const engine of engines) {
    const storage = engine.storage({ dtype: "float32", shape: [300, 200] }, numbers([300, 200], 1));
    const wiring: Wiring = { reads: [storage], writes: [] };
    engine.compile(product(33, 200, 300, true), wiring);
    const before = engine.usage!().bytes;
    for (const rows of [1, 7, 16, 50]) engine.compile(product(rows, 200, 300, true), wiring);
    expect(engine.usage!().bytes).toBe(before);
  }
});

test("a program keeps nothing of what it writes", () => {
  for (const engine of engines) {
    const graph = product(40, 50, 100, true);
    const [x, , w] = graph.inputs as [Value, Value, Value];
    const storage = engine.storage(w.type, numbers(w.type.shape, 1));
    const training = makeGraph(graph.inputs, [...graph.outputs, o.neg(w)]);
    const program = engine.compile(training, { reads: [storage], writes: [storage] });
    const args = [numbers(x.type.shape, 2), numbers([40, 100], 3)];
    const [up] = program.run(args);
    const [down] = program.run(args);
    const plain = engine.compile(graph);
    expect([up]).toEqual(plain.run([...args, numbers(w.type.shape, 1)]));
    expect([down]).toEqual(plain.run([...args, numbers(w.type.shape, 1).map((one) => -one)]));
  }
});
