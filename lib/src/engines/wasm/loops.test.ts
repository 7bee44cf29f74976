// Loops in Wasm: every way in which carries, slices and constants can meet, against the reference engine.

import { describe, expect, test } from "vitest";
import { type Graph, makeGraph, Value } from "../../ir/graph.ts";
import type { Builder } from "../../ir/op-table.ts";
import type { TensorType } from "../../ir/type.ts";
import { graphBuilder } from "../../ops/builder.ts";
import { referenceEngine } from "../reference/reference.ts";
import { encode } from "./code/index.ts";
import { createWasmEngine } from "./index.ts";
import type { WasmProgram } from "./run/program.ts";

const o = graphBuilder();
const engine = createWasmEngine({ deterministic: true });

const ROW: TensorType = { dtype: "float64", shape: [3] };

interface Body {
  readonly constants?: number;
  readonly carries: number;
  readonly sequences: number;
  readonly step: (o: Builder<Value>, ...inputs: Value[]) => readonly Value[];
}

/** A program of one scan over rows of three numbers. */
function loop(
  { constants = 0, carries, sequences, step }: Body,
  { length = 4, reverse = false, type = ROW } = {},
): Graph {
  const inner = Array.from({ length: constants + carries + sequences }, () => new Value(type));
  const body = makeGraph(inner, step(o, ...inner));
  const outer = inner.map((_, i) =>
    i < constants + carries
      ? new Value(type)
      : new Value({ dtype: type.dtype, shape: [length, ...type.shape] }),
  );
  return makeGraph(outer, o.scan(...outer, { body, constants, carries, length, reverse }));
}

function check(graph: Graph): void {
  const args = graph.inputs.map(({ type }, i) =>
    Float64Array.from(
      { length: type.shape.reduce((a, b) => a * b, 1) },
      (_, k) => (k + 1) / (i + 2),
    ),
  );
  expect(engine.supports(graph)).toBe(true);
  const program = engine.compile(graph);
  const expected = referenceEngine.compile(graph).run(args);
  expect(program.run(args)).toEqual(expected);
  expect(program.run(args, 3)).toEqual(expected);
}

const BODIES: Readonly<Record<string, Body>> = {
  "a running sum": { carries: 1, sequences: 1, step: (o, h, x) => [o.add(h, x), o.mul(h, x)] },
  "the new carry is a result too": {
    carries: 1,
    sequences: 1,
    step: (o, h, x) => {
      const next = o.tanh(o.add(h, x));
      return [next, next];
    },
  },
  "the old carry is a result": { carries: 1, sequences: 1, step: (o, h, x) => [o.add(h, x), h] },
  "one value is several results": {
    carries: 1,
    sequences: 1,
    step: (o, h, x) => {
      const y = o.mul(h, x);
      return [o.add(h, x), y, y, o.neg(y)];
    },
  },
  "carries change places": { carries: 2, sequences: 1, step: (o, a, b, x) => [b, a, o.add(a, x)] },
  "a carry stays": { carries: 1, sequences: 1, step: (o, h, x) => [h, o.add(h, x)] },
  "two carries become one": {
    carries: 2,
    sequences: 1,
    step: (o, a, b, x) => {
      const next = o.add(o.mul(a, b!), x!);
      return [next, next];
    },
  },
  "a slice and a constant pass through": {
    constants: 1,
    carries: 1,
    sequences: 1,
    step: (o, c, h, x) => [o.add(h, c), x!, c, o.mul(c, x!)],
  },
  "numbers of its own": {
    carries: 1,
    sequences: 1,
    step: (o, h, x) => {
      const data = Float64Array.of(1, 2, 3);
      const own = o.constant({ dtype: "float64", shape: [3], data });
      return [o.add(h, own), own, o.mul(own, x)];
    },
  },
  "kernels of every sort": {
    constants: 1,
    carries: 1,
    sequences: 2,
    step: (o, c, h, x, y) => {
      const column = o.reshape(h, { shape: [3, 1] });
      const product = o.matmul(column, o.reshape(c, { shape: [1, 3] }));
      const sums = o.sum(product, { axes: [0] });
      const joined = o.concat(sums, x!, { axis: 0 });
      const back = o.slice(joined, { start: [2], end: [5], step: [1] });
      return [o.sigmoid(o.add(back, y!)), o.cumsum(joined, { axis: 0, reverse: false })];
    },
  },
  "only carries": { carries: 1, sequences: 0, step: (o, h) => [o.mul(h, h)] },
  "only sequences": { carries: 0, sequences: 1, step: (o, x) => [o.exp(x), o.neg(x)] },
};

describe.each(Object.entries(BODIES))("%s", (_, body) => {
  test.each([4, 1, 0])("%i steps", (length) => {
    check(loop(body, { length }));
    check(loop(body, { length, reverse: true }));
  });
});

test("a loop in a loop", () => {
  const inner = BODIES["a running sum"]!;
  const type: TensorType = { dtype: "float64", shape: [2, 3] };
  const body: Body = {
    carries: 1,
    sequences: 1,
    step: (o, h, x) => {
      const [a, b] = [new Value(ROW), new Value(ROW)];
      const graph = makeGraph([a, b], inner.step(o, a, b));
      const params = { body: graph, constants: 0, carries: 1, length: 2 };
      const start = o.sum(h!, { axes: [0] });
      const [last, rows] = o.scan(start, x!, { ...params, reverse: false }) as [Value, Value];
      const [, again] = o.scan(last, rows, { ...params, reverse: true }) as [Value, Value];
      return [again, o.add(rows, again)];
    },
  };
  check(loop(body, { length: 3, type }));
  check(loop(body, { length: 3, type, reverse: true }));
});

test("the code does not grow with the sequence", () => {
  const bytes = (length: number) => {
    const program = engine.compile(loop(BODIES["a running sum"]!, { length })) as WasmProgram;
    return encode(program.compilation.module).length;
  };
  // Only numbers in it become longer.
  expect(bytes(20_000) - bytes(3)).toBeLessThan(40);
});

test("its stages show the loop", () => {
  const program = engine.compile(loop(BODIES["a running sum"]!, { length: 5, reverse: true }));
  const text = program.stages!().find(({ name }) => name === "kernels")!.text;
  expect(text).toContain("loop of 5 iterations, backwards");
  expect(text).toContain("variable0: float64[3] = add(variable0, argument0)");
});
