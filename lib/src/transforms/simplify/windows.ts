// Convolutions over images that are one pixel wide, as of sequences: lying down, their pixels are neighbours in a
// row, which is what kernels go along.

import type { Value } from "../../ir/graph.ts";
import type { ConvParams, Pair } from "../../ir/op-table.ts";
import type { Shape } from "../../ir/shape.ts";
import type { RuleContext, Rules } from "./context.ts";

/** True for images, results and kernels that have one column, and more than one row. */
function isUpright(images: Shape, kernel: Pair, results: Shape, { padding }: ConvParams): boolean {
  const [low, high] = padding[1];
  const columns = [images[2], kernel[1], results[2]];
  return columns.every((width) => width === 1) && results[1]! > 1 && low === 0 && high === 0;
}

const turned = <T>([a, b]: readonly [T, T]): readonly [T, T] => [b, a];

const lying = ({ strides, padding, dilation, groups }: ConvParams): ConvParams => ({
  strides: turned(strides),
  padding: turned(padding),
  dilation: turned(dilation),
  groups,
});

/** The same numbers with these two axes exchanged, one of which is 1. */
function laid({ o }: RuleContext, x: Value, first: 0 | 1): Value {
  const shape = [...x.type.shape];
  [shape[first], shape[first + 1]] = [shape[first + 1]!, shape[first]!];
  return o.reshape(x, { shape });
}

const windowOf = ({ type: { shape } }: Value): Pair => [shape[0]!, shape[1]!];

export const WINDOW_RULES: Rules = {
  conv: (context, { inputs: [x, w], outputs: [y], params }) => {
    if (!isUpright(x.type.shape, windowOf(w), y.type.shape, params)) return null;
    return laid(
      context,
      context.o.conv(laid(context, x, 1), laid(context, w, 0), lying(params)),
      1,
    );
  },
  convGradInput: (context, { inputs: [dy, w], outputs: [dx], params }) => {
    if (!isUpright(dx.type.shape, windowOf(w), dy.type.shape, params)) return null;
    const size = turned(params.size);
    const operands = [laid(context, dy, 1), laid(context, w, 0)] as const;
    return laid(context, context.o.convGradInput(...operands, { ...lying(params), size }), 1);
  },
  convGradKernel: (context, { inputs: [x, dy], outputs: [dw], params }) => {
    if (!isUpright(x.type.shape, windowOf(dw), dy.type.shape, params)) return null;
    const size = turned(params.size);
    const operands = [laid(context, x, 1), laid(context, dy, 1)] as const;
    return laid(context, context.o.convGradKernel(...operands, { ...lying(params), size }), 0);
  },
};
