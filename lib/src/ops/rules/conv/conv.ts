// Convolution (as cross-correlation) of NHWC images with [height, width, in / groups, out] kernels,
// and its two gradients. All three come from one trilinear form,
//   T(x, w, dy) = <conv(x, w), dy> = <x, convGradInput(dy, w)> = <w, convGradKernel(x, dy)>,
// so each is bilinear, and its transposes are the other two.

import { ArgumentError, ShapeError } from "../../../checks/errors.ts";
import type { Value } from "../../../ir/graph.ts";
import type { Builder, ConvParams, Pair } from "../../../ir/op-table.ts";
import { type Shape, sameShape, showShape } from "../../../ir/shape.ts";
import type { TensorType } from "../../../ir/type.ts";
import { addProducts, addScaled } from "../../arithmetic/accumulate.ts";
import {
  type BatchContext,
  expectDType,
  expectSame,
  integers,
  NUMBERS,
  type Op,
  plus,
  uniform,
} from "../../define.ts";
import { zeros } from "../../fill.ts";
import { mergeBatch, splitBatch } from "../batching.ts";

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
    plus(o, dx && o.conv(dx, w, params), dw && o.conv(x, dw, params)),
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
    if (!batched[0]) return split(o, o.conv(x, merge(o, w, 3, groups), params), 3, groups, size);
    const wide = { ...params, groups: size * groups };
    return split(o, o.conv(merge(o, x, 3), merge(o, w, 3), wide), 3, 1, size);
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
      { inputs: [uniform(x), uniform(w)], params },
      ...(params.groups > 1 ? [{ inputs: [integers(x, -9, 9), integers(w, -9, 9)], params }] : []),
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
    plus(o, ddy && o.convGradInput(ddy, w, params), dw && o.convGradInput(dy, dw, params)),
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
      return split(o, o.convGradInput(dy, merge(o, w, 2), params), 3, params.groups, size);
    }
    const wide = { ...params, groups: size * params.groups };
    return split(o, o.convGradInput(merge(o, dy, 3), merge(o, w, 3), wide), 3, 1, size);
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
      inputs: [uniform(outputShape("conv", x, w, params)), uniform(w)],
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
    plus(o, dx && o.convGradKernel(dx, dy, params), ddy && o.convGradKernel(x, ddy, params)),
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
      return split(o, o.convGradKernel(merge(o, x, 3, groups), dy, params), 2, 1, size);
    }
    if (!batched[0]) {
      return split(o, o.convGradKernel(x, merge(o, dy, 3, groups), params), 3, groups, size);
    }
    const wide = { ...params, groups: size * groups };
    return split(o, o.convGradKernel(merge(o, x, 3), merge(o, dy, 3), wide), 3, 1, size);
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
      inputs: [uniform(x), uniform(outputShape("conv", x, w, params))],
      params: { ...params, size: [w[0], w[1]] },
    })),
};

type Shape4 = readonly [number, number, number, number];

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

/** Places in x and, for a run of `length` output channels of one group, in kernel and result. */
type Visit = (xAt: number, wAt: number, yAt: number, length: number) => void;

/**
 * Visits all products x[xAt] * w[wAt + k] * y[yAt + k], k < length, of T, outputs in row-major
 * order, then kernel rows, columns and input channels. Taps that fall on padding are left out.
 */
function eachRow(x: Shape, kernel: Shape, y: Shape, params: ConvParams, visit: Visit): void {
  const [images, h, w, ci] = x as Shape4;
  const [kh, kw, inner, co] = kernel as Shape4;
  const [, oh, ow] = y as Shape4;
  const { strides, padding, dilation, groups } = params;
  const length = co / groups;
  for (let image = 0; image < images; image++) {
    for (let oy = 0; oy < oh; oy++) {
      for (let ox = 0; ox < ow; ox++) {
        const outPixel = (image * oh + oy) * ow + ox;
        for (let ky = 0; ky < kh; ky++) {
          const iy = oy * strides[0] - padding[0][0] + ky * dilation[0];
          if (iy < 0 || iy >= h) continue;
          for (let kx = 0; kx < kw; kx++) {
            const ix = ox * strides[1] - padding[1][0] + kx * dilation[1];
            if (ix < 0 || ix >= w) continue;
            const inPixel = (image * h + iy) * w + ix;
            const tap = (ky * kw + kx) * inner;
            for (let group = 0; group < groups; group++) {
              const xAt = inPixel * ci + group * inner;
              const wAt = tap * co + group * length;
              const yAt = outPixel * co + group * length;
              for (let c = 0; c < inner; c++) visit(xAt + c, wAt + c * co, yAt, length);
            }
          }
        }
      }
    }
  }
}

/** @throws unless both operands have four axes and one numeric dtype, and the numbers are sane */
function expectOperands(
  op: string,
  a: TensorType,
  b: TensorType,
  params: ConvParams & { readonly size?: Pair },
): void {
  expectDType(op, a, NUMBERS);
  expectSame(op, [
    { dtype: a.dtype, shape: [] },
    { dtype: b.dtype, shape: [] },
  ]);
  if (a.shape.length !== 4 || b.shape.length !== 4) {
    throw new ShapeError(
      `${op}: expected operands of four axes (images [n, h, w, channels], kernels ` +
        `[h, w, in / groups, out]), received ${showShape(a.shape)} and ${showShape(b.shape)}`,
    );
  }
  const { strides, padding, dilation, groups, size } = params;
  const positive = [...strides, ...dilation, groups].every((n) => Number.isInteger(n) && n >= 1);
  if (
    !positive ||
    ![...padding.flat(), ...(size ?? [])].every((n) => Number.isInteger(n) && n >= 0)
  ) {
    throw new ArgumentError(
      `${op}: expected strides, dilation and groups of 1 or more and padding of 0 or more, ` +
        `received strides ${showShape(strides)}, dilation ${showShape(dilation)}, ` +
        `groups ${groups}, padding [${padding.map(showShape).join(", ")}]` +
        (size ? `, size ${showShape(size)}` : ""),
    );
  }
}

/** What conv makes of images and kernel. @throws ShapeError when they do not fit */
function outputShape(op: string, x: Shape, kernel: Shape, params: ConvParams): number[] {
  const { strides, padding, dilation, groups } = params;
  const [n, h, w, ci] = x as Shape4;
  const [kh, kw, inner, co] = kernel as Shape4;
  if (ci % groups !== 0) throw indivisible(op, x, groups);
  if (co % groups !== 0) throw indivisible(op, kernel, groups);
  if (inner * groups !== ci) {
    const inGroups = groups > 1 ? ` in ${groups} groups` : "";
    throw new ShapeError(
      `${op}: kernel ${showShape(kernel)}${inGroups} takes ${inner * groups} channels, ` +
        `images ${showShape(x)} have ${ci}`,
    );
  }
  const padded = [h + padding[0][0] + padding[0][1], w + padding[1][0] + padding[1][1]];
  // A kernel of k taps, `dilation` apart, spans (k - 1) dilation + 1 pixels; of none, none.
  const spans = [kh, kw].map((k, axis) => Math.max((k - 1) * dilation[axis]! + 1, 0));
  if (spans.some((span, axis) => span > padded[axis]!)) {
    const spread = dilation.some((d) => d > 1) ? `, dilated by ${showShape(dilation)},` : "";
    throw new ShapeError(
      `${op}: kernel ${showShape(kernel)}${spread} is larger than its padded input ` +
        showShape([n, ...padded, ci]),
    );
  }
  const steps = spans.map((span, axis) => Math.floor((padded[axis]! - span) / strides[axis]!) + 1);
  return [n, ...steps, co];
}

/** @throws ShapeError unless dy is what conv makes of images x and a kernel */
function expectResult(op: string, dy: Shape, x: Shape, kernel: Shape, params: ConvParams): void {
  const expected = outputShape(op, x, kernel, params);
  if (!sameShape(dy, expected)) {
    throw new ShapeError(
      `${op}: images ${showShape(x)} and kernel ${showShape(kernel)} give ` +
        `${showShape(expected)}, received dy ${showShape(dy)}`,
    );
  }
}

function indivisible(op: string, shape: Shape, groups: number): ShapeError {
  return new ShapeError(
    `${op}: the ${shape[3]} channels of ${showShape(shape)} do not divide into ${groups} groups`,
  );
}

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

/** Folds the batch axis of x into the unbatched `axis`, within each of its `groups` equal parts. */
function merge(o: Builder<Value>, x: Value, axis: number, groups = 1): Value {
  const [size, ...shape] = x.type.shape as [number, ...number[]];
  const before = shape.slice(0, axis);
  const after = shape.slice(axis + 1);
  const length = shape[axis]!;
  const parts = o.reshape(x, { shape: [size, ...before, groups, length / groups, ...after] });
  // [size, before, groups, part, after] -> [before, groups, size, part, after]
  const places = parts.type.shape.map((_, place) => place);
  const perm = [...places.slice(1, axis + 2), 0, ...places.slice(axis + 2)];
  const moved = o.transpose(parts, { perm });
  return o.reshape(moved, { shape: [...before, size * length, ...after] });
}

/** Takes a batch axis of `size` out of `axis` again: the inverse of `merge`. */
function split(o: Builder<Value>, y: Value, axis: number, groups: number, size: number): Value {
  const { shape } = y.type;
  const before = shape.slice(0, axis);
  const after = shape.slice(axis + 1);
  const length = shape[axis]! / size;
  const parts = o.reshape(y, { shape: [...before, groups, size, length / groups, ...after] });
  // [before, groups, size, part, after] -> [size, before, groups, part, after]
  const places = parts.type.shape.map((_, place) => place);
  const perm = [axis + 1, ...places.slice(0, axis + 1), ...places.slice(axis + 2)];
  return o.reshape(o.transpose(parts, { perm }), { shape: [size, ...before, length, ...after] });
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
  return zeros(o, { dtype: type.dtype, shape: [0, ...type.shape] });
}
