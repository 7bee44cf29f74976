// What the convolutions have in common: which operands fit, the shape of the result, and the walk over
// all products.

import { ArgumentError, ShapeError } from "../../../checks/errors.ts";
import type { ConvParams, Pair } from "../../../ir/op-table.ts";
import { type Shape, sameShape, showShape } from "../../../ir/shape.ts";
import type { TensorType } from "../../../ir/type.ts";
import { expectDType, expectSame, NUMBERS } from "../../define.ts";

export type Shape4 = readonly [number, number, number, number];

/** Places in x and, for a run of `length` output channels of one group, in kernel and result. */
type Visit = (xAt: number, wAt: number, yAt: number, length: number) => void;

/**
 * Visits all products x[xAt] * w[wAt + k] * y[yAt + k], k < length, of T, outputs in row-major
 * order, then kernel rows, columns and input channels. Taps that fall on padding are left out.
 */
export function eachRow(x: Shape, kernel: Shape, y: Shape, params: ConvParams, visit: Visit): void {
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
export function expectOperands(
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
export function outputShape(op: string, x: Shape, kernel: Shape, params: ConvParams): number[] {
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
export function expectResult(
  op: string,
  dy: Shape,
  x: Shape,
  kernel: Shape,
  params: ConvParams,
): void {
  const expected = outputShape(op, x, kernel, params);
  if (!sameShape(dy, expected)) {
    throw new ShapeError(
      `${op}: images ${showShape(x)} and kernel ${showShape(kernel)} give ` +
        `${showShape(expected)}, received dy ${showShape(dy)}`,
    );
  }
}

export function indivisible(op: string, shape: Shape, groups: number): ShapeError {
  return new ShapeError(
    `${op}: the ${shape[3]} channels of ${showShape(shape)} do not divide into ${groups} groups`,
  );
}
