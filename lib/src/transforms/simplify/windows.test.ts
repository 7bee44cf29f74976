// Convolutions over upright images are the same lying down.

import { expect, test } from "vitest";
import { evaluate } from "../../engines/reference/evaluate.ts";
import { makeGraph, type Node, Value } from "../../ir/graph.ts";
import type { ConvParams } from "../../ir/op-table.ts";
import type { Shape } from "../../ir/shape.ts";
import { expectSameBits } from "../../ops/arrays.testing.ts";
import { simplify } from "../simplify.ts";
import { o } from "./formula.testing.ts";
import { awkward } from "./random-algebra.testing.ts";

const given = (shape: Shape) => new Value({ dtype: "float64", shape });

/** The node of the one window op in what is left of it, after a look at its bits. */
function simplest(inputs: readonly Value[], result: Value): Node {
  const graph = makeGraph(inputs, [result]);
  const simple = simplify(graph);
  const arrays = inputs.map(({ type }, i) => awkward(type, i));
  expectSameBits(evaluate(simple, arrays), evaluate(graph, arrays));
  return simple.nodes.find(({ op }) => op.startsWith("conv"))!;
}

const params: ConvParams = {
  strides: [2, 1],
  padding: [
    [1, 2],
    [0, 0],
  ],
  dilation: [2, 1],
  groups: 2,
};

test("a convolution and its gradients go along rows in place of columns", () => {
  const [x, w, dy] = [given([2, 9, 1, 4]), given([3, 1, 2, 6]), given([2, 4, 1, 6])];
  const forward = simplest([x, w], o.conv(x, w, params));
  expect(forward.outputs[0]!.type.shape).toEqual([2, 1, 4, 6]);
  const toImages = simplest([dy, w], o.convGradInput(dy, w, { ...params, size: [9, 1] }));
  expect(toImages.outputs[0]!.type.shape).toEqual([2, 1, 9, 4]);
  const toKernel = simplest([x, dy], o.convGradKernel(x, dy, { ...params, size: [3, 1] }));
  expect(toKernel.outputs[0]!.type.shape).toEqual([1, 3, 2, 6]);
});

test.each<[what: string, x: Shape, w: Shape, padding: ConvParams["padding"]]>([
  [
    "two columns",
    [1, 5, 2, 1],
    [3, 1, 1, 1],
    [
      [0, 0],
      [0, 0],
    ],
  ],
  [
    "a kernel of two columns",
    [1, 5, 1, 1],
    [3, 2, 1, 1],
    [
      [0, 0],
      [1, 0],
    ],
  ],
  [
    "a result of three columns",
    [1, 5, 1, 1],
    [3, 1, 1, 1],
    [
      [0, 0],
      [1, 1],
    ],
  ],
  [
    "one row",
    [1, 3, 1, 1],
    [3, 1, 1, 1],
    [
      [0, 0],
      [0, 0],
    ],
  ],
])("%s: as it was", (_, x, w, padding) => {
  const [images, kernel] = [given(x), given(w)];
  const y = o.conv(images, kernel, { strides: [1, 1], padding, dilation: [1, 1], groups: 1 });
  expect(simplest([images, kernel], y).outputs[0]!.type.shape).toEqual(y.type.shape);
});
