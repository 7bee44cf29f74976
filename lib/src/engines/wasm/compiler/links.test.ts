// A value can be followed through the stages of a step: from the graph to its kernel, its array and its code.

import { expect, test } from "vitest";
import { makeGraph, Value } from "../../../ir/graph.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import { createWasmEngine } from "../index.ts";

const o = graphBuilder();
const engine = createWasmEngine({ deterministic: true });
const matrix = (...shape: number[]) => new Value({ dtype: "float32", shape });

function stagesOf() {
  const [x, w, y] = [matrix(4, 3), matrix(3, 2), matrix(4, 2)];
  const delta = o.sub(o.tanh(o.matmul(x, w)), y);
  const gradient = o.matmul(o.transpose(x, { perm: [1, 0] }), delta);
  const stages = engine.compile(makeGraph([x, w, y], [gradient])).stages!();
  const about = (name: string, line: RegExp) => {
    const { text, values } = stages.find((stage) => stage.name === name)!;
    return values![text.split("\n").findIndex((found) => line.test(found))];
  };
  return { stages, about };
}

test("each line of a stage has its values", () => {
  const { stages } = stagesOf();
  for (const { text, values } of stages) expect(values).toHaveLength(text.split("\n").length);
  const known = new Set(stages[0]!.values!.flat());
  expect([...known].every((name) => stages[0]!.text.includes(`${name}: float32`))).toBe(true);
  for (const { values } of stages) {
    expect(values!.flat().filter((name) => !known.has(name))).toEqual([]);
  }
});

test("a product and what is fused behind it are one kernel, one array, one function", () => {
  const { stages, about } = stagesOf();
  const idOf = (op: string) =>
    new RegExp(`(%\\d+): float32.* = ${op}\\(`).exec(stages[0]!.text)![1]!;
  const [product, bent, delta] = [idOf("matmul"), idOf("tanh"), idOf("sub")];
  const fused = about("kernels", /kernel 0/)!;
  expect([...fused].sort()).toEqual([product, bent, delta].sort());
  const array = /(array\d+): float32\[4, 2\] = sub/.exec(stages[1]!.text)![1]!;
  expect(about("kernels", new RegExp(`${array}: .*= `))).toEqual([delta]);
  expect(about("memory", new RegExp(` ${array}: `))).toEqual([delta]);
  expect(about("memory", / argument2: /)).toEqual(["%2"]);
  expect(about("wasm", /func \$matmul_\d/)).toEqual(fused);
  expect(about("wasm", /func \$run/)).toEqual([]);
  const last = about("kernels", /kernel 1/)!;
  expect(last).not.toContain(delta);
  expect(last).toHaveLength(1);
});
