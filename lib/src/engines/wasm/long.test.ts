// Programs longer than one function may be: their parts are functions, and the numbers stay the same.

import { describe, expect, test } from "vitest";
import { type Graph, makeGraph, Value } from "../../ir/graph.ts";
import { graphBuilder } from "../../ops/builder.ts";
import { referenceEngine } from "../reference/reference.ts";
import { MOST_TASKS } from "./compiler/driver.ts";
import { createWasmEngine } from "./index.ts";
import { compiled, SPLIT_ALL } from "./run/threads.testing.ts";

const o = graphBuilder();
const type = { dtype: "float64", shape: [2, 3] } as const;
const X = Float64Array.of(0.5, -1, 2, 0.25, 3, -0.125);
const engines = [1, 2].map((threads) => createWasmEngine({ threads, leastWork: SPLIT_ALL }));

/** A few kernels more than one function runs: two in each turn, since no reduction is fused with another. */
function sums(x: Value): Value {
  let y = x;
  for (let i = 0; i < MOST_TASKS / 2 + 3; i++) {
    const rows = o.reshape(o.sum(y, { axes: [1] }), { shape: [2, 1] });
    y = o.sub(y, o.expand(rows, { shape: [2, 3] }));
  }
  return y;
}

async function expectAsReference(graph: Graph, ...inputs: Float64Array[]) {
  const expected = referenceEngine.compile(graph).run(inputs);
  for (const engine of engines) {
    const program = await compiled(engine, graph);
    expect(program.run(inputs)).toEqual(expected);
  }
}

describe("more steps than one function runs", () => {
  test("of a program", async () => {
    const x = new Value(type);
    const graph = makeGraph([x], [sums(x)]);
    const text = engines[1]!.compile(graph).stages!().find(({ name }) => name === "wasm")!.text;
    expect(text.match(/\(func \$steps_\d+/g)).toHaveLength(2);
    await expectAsReference(graph, X);
  });

  test("of the body of a loop", async () => {
    const [x, carry] = [new Value(type), new Value(type)];
    const body = makeGraph([carry], [sums(carry), carry]);
    const params = { body, constants: 0, carries: 1, length: 2, reverse: false };
    await expectAsReference(makeGraph([x], o.scan(x, params)), X);
  });
});

test("more arrays than one function joins", async () => {
  const x = new Value(type);
  const parts = Array.from({ length: 510 }, (_, i) =>
    o.slice(x, { start: [0, i % 3], end: [2, 3], step: [1, 1] }),
  );
  await expectAsReference(makeGraph([x], [o.concat(...parts, { axis: 1 })]), X);
});
