// Two graphs have one key if they are the same but for the identity of their values.

import { expect, test } from "vitest";
import { graphBuilder } from "../ops/builder.ts";
import type { DataArray } from "./dtype.ts";
import { type Graph, makeGraph, Value } from "./graph.ts";
import { graphKey } from "./graph-key.ts";

const o = graphBuilder();

interface Differences {
  readonly length?: number;
  readonly name?: string;
  readonly path?: string;
  readonly factor?: number;
  readonly axis?: number;
  readonly swapped?: boolean;
  readonly data?: DataArray;
  readonly reverse?: boolean;
}

/** A graph with all that a key must tell apart. */
function graph(given: Differences = {}): Graph {
  const { length = 3, factor = 2, axis = 0, swapped = false, reverse = false } = given;
  const type = { dtype: "float64", shape: [length, length] } as const;
  const [x, y] = [new Value(type, null, 0, given.name), new Value(type)];
  const scalar = o.constant({ data: Float64Array.of(factor), dtype: "float64", shape: [] });
  const table = o.constant({
    data: given.data ?? TABLE,
    dtype: "float64",
    shape: [given.data?.length ?? TABLE.length],
  });
  const difference = swapped ? o.sub(y, x) : o.sub(x, y);
  const sum = graphBuilder({ path: given.path ?? "loss" }).sum(difference, { axes: [axis] });
  const [carry, row] = [new Value(scalar.type), new Value(scalar.type)];
  const body = makeGraph([carry, row], [o.mul(carry, row)]);
  const params = { body, constants: 0, carries: 1, length, reverse };
  return makeGraph([x, y], [...o.scan(scalar, sum, params), table]);
}

const TABLE = Float64Array.from({ length: 10 }, (_, i) => i);

test("the same structure has the same key", () => {
  expect(graphKey(graph())).toBe(graphKey(graph()));
});

test.each<Differences>([
  { length: 4 },
  { name: "x" },
  { path: "other" },
  { factor: 3 },
  { factor: Number.NaN },
  { axis: 1 },
  { swapped: true },
  { data: TABLE.slice().reverse() },
  { reverse: true },
])("%j makes another", (difference) => {
  expect(graphKey(graph(difference))).not.toBe(graphKey(graph()));
});

test("zeros of both signs, NaN and the infinities are different constants", () => {
  const keys = [0, -0, Number.NaN, Infinity, -Infinity].map((factor) =>
    graphKey(graph({ factor })),
  );
  expect(new Set(keys).size).toBe(5);
});

test("large constants have no key, wherever they are", () => {
  const large = graph({ data: new Float64Array(1000) });
  expect(graphKey(large)).toBeNull();
  const [x, y] = large.inputs.map(({ type }) => new Value(type));
  const rule = { mode: "jvp" as const, graph: large };
  const params = { name: "f", body: large, rule };
  expect(graphKey(makeGraph([x!, y!], o.custom(x!, y!, params)))).toBeNull();
});
