// The three convolution ops against a definition written apart from them, and against each other.

import { describe, expect, test } from "vitest";
import { allocate } from "../../../ir/dtype.ts";
import type { ConvParams, OpParams } from "../../../ir/op-table.ts";
import { sizeOf } from "../../../ir/shape.ts";
import type { TensorType } from "../../../ir/type.ts";
import type { NdArray, Op } from "../../define.ts";
import { conv, convGradInput, convGradKernel } from "./conv.ts";

type Name = "conv" | "convGradInput" | "convGradKernel";

function run<N extends Name>(op: Op<N>, a: NdArray, b: NdArray, params: OpParams<N>): NdArray {
  const { dtype, shape } = op.type([a, b], params) as TensorType;
  const out = { dtype, shape, data: allocate(dtype, sizeOf(shape)) };
  if (op.meaning.kind !== "array") throw new Error("expected an array meaning");
  const none = () => [];
  op.meaning.eval([a, b], [out], { params, run: none });
  return out;
}

/** Different, asymmetric numbers, so that a wrong place shows. */
function numbers(shape: readonly number[], seed: number): NdArray {
  const data = Float64Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(seed + 1.7 * i));
  return { dtype: "float64", shape, data };
}

/** One element of the convolution, straight from the definition: pads, strides, dilates, groups. */
function convAt(x: NdArray, w: NdArray, p: ConvParams, [n, oy, ox, co]: readonly number[]): number {
  const [, height, width, channels] = x.shape;
  const [kh, kw, inner, outer] = w.shape;
  const firstChannel = Math.floor(co! / (outer! / p.groups)) * inner!;
  let sum = 0;
  for (let ky = 0; ky < kh!; ky++) {
    for (let kx = 0; kx < kw!; kx++) {
      for (let c = 0; c < inner!; c++) {
        const y = oy! * p.strides[0] + ky * p.dilation[0] - p.padding[0][0];
        const z = ox! * p.strides[1] + kx * p.dilation[1] - p.padding[1][0];
        const inside = y >= 0 && y < height! && z >= 0 && z < width!;
        const at = ((n! * height! + y) * width! + z) * channels! + firstChannel + c;
        const tap = ((ky * kw! + kx) * inner! + c) * outer! + co!;
        if (inside) sum += x.data[at]! * w.data[tap]!;
      }
    }
  }
  return sum;
}

function indexOf(shape: readonly number[], place: number): number[] {
  return shape.map((dim, axis) => Math.floor(place / sizeOf(shape.slice(axis + 1))) % dim);
}

function dot(a: NdArray, b: NdArray): number {
  expect(a.shape).toEqual(b.shape);
  return Array.from(a.data).reduce((sum, element, i) => sum + element * b.data[i]!, 0);
}

describe.each(conv.samples().filter(({ inputs: [x] }) => x!.type.dtype === "float64"))(
  "$inputs.0.type.shape with $inputs.1.type.shape, $params",
  ({ inputs, params }) => {
    const x = numbers(inputs[0]!.type.shape, 1);
    const w = numbers(inputs[1]!.type.shape, 2);
    const y = run(conv, x, w, params);

    test("follows the definition", () => {
      for (const [i, element] of y.data.entries()) {
        expect(element).toBeCloseTo(convAt(x, w, params, indexOf(y.shape, i)), 12);
      }
    });

    test("<conv(x, w), dy> = <x, convGradInput(dy, w)> = <w, convGradKernel(x, dy)>", () => {
      const dy = numbers(y.shape, 3);
      const [kh, kw] = w.shape as [number, number];
      const [, height, width] = x.shape as [number, number, number];
      const dx = run(convGradInput, dy, w, { ...params, size: [height, width] });
      const dw = run(convGradKernel, x, dy, { ...params, size: [kh, kw] });
      expect(dot(x, dx)).toBeCloseTo(dot(y, dy), 11);
      expect(dot(w, dw)).toBeCloseTo(dot(y, dy), 11);
    });
  },
);

describe("what does not fit is refused in words", () => {
  const plain: ConvParams = {
    strides: [1, 1],
    padding: [
      [0, 0],
      [0, 0],
    ],
    dilation: [1, 1],
    groups: 1,
  };
  const type = (...shape: number[]): TensorType => ({ dtype: "float32", shape });

  test("a kernel larger than the image", () => {
    expect(() => conv.type([type(1, 3, 3, 1), type(5, 5, 1, 20)], plain)).toThrow(
      "conv: kernel [5, 5, 1, 20] is larger than its padded input [1, 3, 3, 1]",
    );
    expect(() =>
      conv.type([type(1, 3, 3, 1), type(2, 2, 1, 20)], { ...plain, dilation: [3, 1] }),
    ).toThrow(
      "conv: kernel [2, 2, 1, 20], dilated by [3, 1], is larger than its padded input [1, 3, 3, 1]",
    );
  });

  test("channels", () => {
    expect(() => conv.type([type(1, 3, 3, 3), type(2, 2, 4, 5)], plain)).toThrow(
      "conv: kernel [2, 2, 4, 5] takes 4 channels, images [1, 3, 3, 3] have 3",
    );
    expect(() => conv.type([type(1, 3, 3, 3), type(2, 2, 1, 4)], { ...plain, groups: 2 })).toThrow(
      "conv: the 3 channels of [1, 3, 3, 3] do not divide into 2 groups",
    );
    expect(() => conv.type([type(1, 3, 3, 4), type(2, 2, 1, 4)], { ...plain, groups: 2 })).toThrow(
      "conv: kernel [2, 2, 1, 4] in 2 groups takes 2 channels, images [1, 3, 3, 4] have 4",
    );
  });

  test("ranks, element types and parameters", () => {
    expect(() => conv.type([type(3, 3, 1), type(2, 2, 1, 4)], plain)).toThrow(
      /^conv: expected operands of four axes .* received \[3, 3, 1\] and \[2, 2, 1, 4\]$/,
    );
    expect(() =>
      conv.type([type(1, 3, 3, 1), { dtype: "float64", shape: [2, 2, 1, 4] }], plain),
    ).toThrow("conv: element types differ: float32 and float64");
    expect(() =>
      conv.type([type(1, 3, 3, 1), type(2, 2, 1, 4)], { ...plain, strides: [0, 1] }),
    ).toThrow("conv: expected strides, dilation and groups of 1 or more");
  });

  test("a result that conv does not have", () => {
    const params = { ...plain, size: [5, 5] as const };
    expect(() => convGradInput.type([type(1, 3, 3, 2), type(2, 2, 1, 2)], params)).toThrow(
      "convGradInput: images [1, 5, 5, 1] and kernel [2, 2, 1, 2] give [1, 4, 4, 2], " +
        "received dy [1, 3, 3, 2]",
    );
    expect(() => convGradKernel.type([type(1, 6, 6, 1), type(1, 3, 2, 2)], params)).toThrow(
      "convGradKernel: images [1, 6, 6, 1] and kernel [5, 5, 1, 2] give [1, 2, 2, 2], " +
        "received dy [1, 3, 2, 2]",
    );
  });
});
