// The loops that are written out for speed give what the ops' own definitions give, to the bit.

import { expect, it } from "vitest";
import { allocate, type DType } from "../../ir/dtype.ts";
import { makeGraph, Value } from "../../ir/graph.ts";
import { graphBuilder } from "../../ops/builder.ts";
import type { NdArray, ScalarMeaning } from "../../ops/define.ts";
import { opOf } from "../../ops/table.ts";
import { evaluate } from "./evaluate.ts";

const AWKWARD = [0, -0, 1, -1.5, 1 / 3, 5e-324, -1e-310, 1e308, -1e308, Infinity, -Infinity, NaN];
const PAIRS = AWKWARD.flatMap((a) => AWKWARD.map((b) => [a, b] as const));

function array(dtype: DType, shape: readonly number[], numbers: readonly number[]): NdArray {
  const data = allocate(dtype, numbers.length);
  data.set(numbers);
  return { dtype, shape, data };
}

for (const dtype of ["float32", "float64", "int32"] as const) {
  for (const name of ["add", "sub", "mul", "div"] as const) {
    it(`${name} of ${dtype}`, () => {
      const operands = [0, 1].map((side) =>
        array(
          dtype,
          [PAIRS.length],
          PAIRS.map((p) => p[side]!),
        ),
      );
      const inputs = operands.map((operand) => new Value(operand));
      const graph = makeGraph(inputs, [graphBuilder()[name](inputs[0]!, inputs[1]!)]);
      const meaning = opOf(name).meaning as ScalarMeaning;
      const scalar = (dtype === "int32" && meaning.evalInt) || meaning.eval;
      const expected = PAIRS.map((_, i) => scalar(operands[0]!.data[i]!, operands[1]!.data[i]!));
      const [result] = evaluate(graph, operands);
      expect(result).toEqual(array(dtype, [PAIRS.length], expected));
    });
  }
}

it("one number over a shape", () => {
  const x = new Value({ dtype: "float64", shape: [1, 1] });
  const graph = makeGraph([x], [graphBuilder().expand(x, { shape: [2, 3] })]);
  const [result] = evaluate(graph, [array("float64", [1, 1], [-0])]);
  expect(result).toEqual(array("float64", [2, 3], [-0, -0, -0, -0, -0, -0]));
});

const FACTORS = [0, -0, 2, -1e-200, 1e200];

for (const dtype of ["float32", "float64"] as const) {
  for (const awkward of [
    [1, -1e-200, 0, -0, 3],
    [1, Infinity, 0, NaN, 3],
  ]) {
    it(`matmul of ${dtype} with zeros times ${awkward}`, () => {
      // (5, 5) x (5, 6): every factor meets every number, in full blocks of columns and beside them.
      const left = array(
        dtype,
        [5, 5],
        FACTORS.flatMap((_, i) => rotate(FACTORS, i)),
      );
      const columns = [0, 1, 2, 3, 4, 0].map((by) => rotate(awkward, by));
      const right = array(
        dtype,
        [5, 6],
        awkward.flatMap((_, p) => columns.map((c) => c[p]!)),
      );
      const inputs = [new Value(left), new Value(right)] as const;
      const [result] = evaluate(makeGraph(inputs, [graphBuilder().matmul(...inputs)]), [
        left,
        right,
      ]);
      const expected = Array.from({ length: 30 }, (_, at) => {
        const [i, j] = [Math.floor(at / 6), at % 6];
        let total = 0;
        for (let p = 0; p < 5; p++) total += left.data[i * 5 + p]! * right.data[p * 6 + j]!;
        return total;
      });
      expect(result).toEqual(array(dtype, [5, 6], expected));
    });
  }
}

function rotate(numbers: readonly number[], by: number): number[] {
  return numbers.map((_, i) => numbers[(i + by) % numbers.length]!);
}
