// Convolution (as cross-correlation) of NHWC images with [height, width, in / groups, out] kernels,
// and its two gradients. All three come from one trilinear form,
//   T(x, w, dy) = <conv(x, w), dy> = <x, convGradInput(dy, w)> = <w, convGradKernel(x, dy)>,
// so each is bilinear, and its transposes are the other two.

import type { Value } from "../../../ir/graph.ts";
import type { Builder, ConvParams, Pair } from "../../../ir/op-table.ts";
import type { TensorType } from "../../../ir/type.ts";
import { addProducts, addScaled } from "../../arithmetic/accumulate.ts";
import {
  addTangents,
  type BatchContext,
  integerSample,
  type Op,
  uniformSample,
} from "../../define.ts";
import { fillZeros } from "../../fill.ts";
import { mergeBatch, splitBatch } from "../batching.ts";
import {
  eachRow,
  expectOperands,
  expectResult,
  indivisible,
  outputShape,
  type Shape4,
} from "./geometry.ts";
import { merge, splitGroups } from "./groups.ts";

/** Images [n, h, w, ci] with a kernel [kh, kw, ci / groups, co] give [n, oh, ow, co]. */
export const conv: Op<"conv"> = {
  name: "conv",
  type: ([x, kernel], params) => {
    expectOperands("conv", x, kernel, params);
    const shape = outputShape("conv", x.shape, kernel.shape, params);
    return { dtype: x.dtype, shape };
  },
  // d conv(x, w) = conv(dx, w) + conv(x, dw)
  jvp: (o, [x, w], [dx, dw], { params }) =>
    addTangents(o, dx && o.conv(dx, w, params), dw && o.conv(x, dw, params)),
  transpose: (o, [ct], [x, w], { params, linear }) => [
    ct && linear[0] ? o.convGradInput(ct, w, { ...params, size: middle(x) }) : null,
    ct && linear[1] ? o.convGradKernel(x, ct, { ...params, size: front(w) }) : null,
  ],
  // Batched images are more images, batched kernels are more output channels, both are more groups.
  batch: (o, [x, w], context) => {
    const { params, batched, size } = context;
    const { groups } = params;
    if (size === 0) return noExamples(o, conv, [x, w], context);
    if (!batched[1])
      return splitBatch(o, o.conv(mergeBatch(o, x), w, params), size, x.type.shape[1]!);
    if (!batched[0])
      return splitGroups(o, o.conv(x, merge(o, w, 3, groups), params), 3, groups, size);
    const wide = { ...params, groups: size * groups };
    return splitGroups(o, o.conv(merge(o, x, 3), merge(o, w, 3), wide), 3, 1, size);
  },
  meaning: {
    kind: "array",
    eval: ([x, w], [out], { params }) => {
      const total = new Float64Array(out!.data.length);
      eachRow(x.shape, w.shape, out!.shape, params, (xAt, wAt, yAt, length) => {
        addScaled(total, yAt, x.data[xAt]!, w.data, wAt, length);
      });
      out!.data.set(total);
    },
  },
  samples: () =>
    CASES.flatMap(({ x, w, ...params }) => [
      { inputs: [uniformSample(x), uniformSample(w)], params },
      ...(params.groups > 1
        ? [{ inputs: [integerSample(x, -9, 9), integerSample(w, -9, 9)], params }]
        : []),
    ]),
};

/** The cotangent of conv's images of height and width `size`, from that of its result. */
export const convGradInput: Op<"convGradInput"> = {
  name: "convGradInput",
  type: ([dy, kernel], params) => {
    expectOperands("convGradInput", dy, kernel, params);
    const [n] = dy.shape as [number];
    const shape = [n, ...params.size, kernel.shape[2]! * params.groups];
    expectResult("convGradInput", dy.shape, shape, kernel.shape, params);
    return { dtype: dy.dtype, shape };
  },
  jvp: (o, [dy, w], [ddy, dw], { params }) =>
    addTangents(o, ddy && o.convGradInput(ddy, w, params), dw && o.convGradInput(dy, dw, params)),
  transpose: (o, [ct], [dy, w], { params, linear }) => [
    ct && linear[0] ? o.conv(ct, w, geometry(params)) : null,
    ct && linear[1] ? o.convGradKernel(ct, dy, { ...params, size: front(w) }) : null,
  ],
  // Batched dy are more images, batched kernels are more input channels, both are more groups.
  batch: (o, [dy, w], context) => {
    const { params, batched, size } = context;
    if (size === 0) return noExamples(o, convGradInput, [dy, w], context);
    if (!batched[1])
      return splitBatch(o, o.convGradInput(mergeBatch(o, dy), w, params), size, dy.type.shape[1]!);
    if (!batched[0]) {
      return splitGroups(o, o.convGradInput(dy, merge(o, w, 2), params), 3, params.groups, size);
    }
    const wide = { ...params, groups: size * params.groups };
    return splitGroups(o, o.convGradInput(merge(o, dy, 3), merge(o, w, 3), wide), 3, 1, size);
  },
  meaning: {
    kind: "array",
    eval: ([dy, w], [out], { params }) => {
      const total = new Float64Array(out!.data.length);
      eachRow(out!.shape, w.shape, dy.shape, params, (xAt, wAt, yAt, length) => {
        total[xAt] = addProducts(total[xAt]!, dy.data, yAt, w.data, wAt, length);
      });
      out!.data.set(total);
    },
  },
  samples: () =>
    CASES.map(({ x, w, ...params }) => ({
      inputs: [uniformSample(outputShape("conv", x, w, params)), uniformSample(w)],
      params: { ...params, size: [x[1], x[2]] },
    })),
};

/** The cotangent of conv's kernel of height and width `size`, from that of its result. */
export const convGradKernel: Op<"convGradKernel"> = {
  name: "convGradKernel",
  type: ([x, dy], params) => {
    expectOperands("convGradKernel", x, dy, params);
    const channels = x.shape[3]! / params.groups;
    if (!Number.isInteger(channels)) throw indivisible("convGradKernel", x.shape, params.groups);
    const shape = [...params.size, channels, dy.shape[3]!];
    expectResult("convGradKernel", dy.shape, x.shape, shape, params);
    return { dtype: x.dtype, shape };
  },
  jvp: (o, [x, dy], [dx, ddy], { params }) =>
    addTangents(o, dx && o.convGradKernel(dx, dy, params), ddy && o.convGradKernel(x, ddy, params)),
  transpose: (o, [ct], [x, dy], { params, linear }) => [
    ct && linear[0] ? o.convGradInput(dy, ct, { ...params, size: middle(x) }) : null,
    ct && linear[1] ? o.conv(x, ct, geometry(params)) : null,
  ],
  // A batch of x is more input channels, of dy more output channels, of both more groups: the sum
  // over images must not run across examples.
  batch: (o, [x, dy], context) => {
    const { params, batched, size } = context;
    const { groups } = params;
    if (size === 0) return noExamples(o, convGradKernel, [x, dy], context);
    if (!batched[1]) {
      return splitGroups(o, o.convGradKernel(merge(o, x, 3, groups), dy, params), 2, 1, size);
    }
    if (!batched[0]) {
      return splitGroups(o, o.convGradKernel(x, merge(o, dy, 3, groups), params), 3, groups, size);
    }
    const wide = { ...params, groups: size * groups };
    return splitGroups(o, o.convGradKernel(merge(o, x, 3), merge(o, dy, 3), wide), 3, 1, size);
  },
  meaning: {
    kind: "array",
    eval: ([x, dy], [out], { params }) => {
      const total = new Float64Array(out!.data.length);
      eachRow(x.shape, out!.shape, dy.shape, params, (xAt, wAt, yAt, length) => {
        addScaled(total, wAt, x.data[xAt]!, dy.data, yAt, length);
      });
      out!.data.set(total);
    },
  },
  samples: () =>
    CASES.map(({ x, w, ...params }) => ({
      inputs: [uniformSample(x), uniformSample(outputShape("conv", x, w, params))],
      params: { ...params, size: [w[0], w[1]] },
    })),
};

interface Case extends ConvParams {
  readonly x: Shape4;
  readonly w: Shape4;
}

const PLAIN: ConvParams = {
  strides: [1, 1],
  padding: sides(0, 0, 0, 0),
  dilation: [1, 1],
  groups: 1,
};

/** The padding of one case: above, below, left, right. */
function sides(top: number, bottom: number, left: number, right: number): ConvParams["padding"] {
  return [
    [top, bottom],
    [left, right],
  ];
}

const CASES: readonly Case[] = [
  { ...PLAIN, x: [2, 4, 5, 3], w: [2, 3, 3, 2] },
  { ...PLAIN, x: [1, 5, 4, 2], w: [3, 2, 2, 3], strides: [2, 1], padding: sides(1, 0, 0, 2) },
  { ...PLAIN, x: [1, 6, 5, 1], w: [2, 2, 1, 2], strides: [2, 2], dilation: [3, 2] },
  { ...PLAIN, x: [2, 3, 3, 4], w: [2, 2, 2, 6], padding: sides(1, 1, 1, 1), groups: 2 },
  { ...PLAIN, x: [1, 3, 3, 3], w: [2, 2, 1, 3], dilation: [2, 1], groups: 3 },
  { ...PLAIN, x: [0, 3, 3, 2], w: [2, 2, 2, 1] },
  { ...PLAIN, x: [1, 3, 3, 0], w: [2, 2, 0, 2] },
  { ...PLAIN, x: [1, 0, 3, 1], w: [2, 2, 1, 1], padding: sides(1, 2, 0, 0) },
];

/** The parameters that conv itself takes. */
function geometry({ strides, padding, dilation, groups }: ConvParams): ConvParams {
  return { strides, padding, dilation, groups };
}

/** Height and width of images. */
function middle(images: Value): Pair {
  const [, h, w] = images.type.shape as Shape4;
  return [h, w];
}

/** Height and width of a kernel. */
function front(kernel: Value): Pair {
  const [h, w] = kernel.type.shape as Shape4;
  return [h, w];
}

type Name = "conv" | "convGradInput" | "convGradKernel";

/** The result over a batch of none, which cannot be folded into groups. */
function noExamples<N extends Name>(
  o: Builder<Value>,
  op: Op<N>,
  inputs: readonly [Value, Value],
  { params, batched }: BatchContext<N>,
): Value {
  const single = inputs.map(({ type: { dtype, shape } }, i) => ({
    dtype,
    shape: batched[i] ? shape.slice(1) : shape,
  }));
  const type = op.type(single as [TensorType, TensorType], params) as TensorType;
  return fillZeros(o, { dtype: type.dtype, shape: [0, ...type.shape] });
}
