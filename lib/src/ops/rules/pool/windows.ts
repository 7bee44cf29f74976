// The windows of max-pooling: the type of the result, and where each window has its maximum.

import { ArgumentError, ShapeError } from "../../../checks/errors.ts";
import type { PoolParams } from "../../../ir/op-table.ts";
import { type Shape, showShape } from "../../../ir/shape.ts";
import type { TensorType } from "../../../ir/type.ts";
import { expectDType, type NdArray, NUMBERS } from "../../define.ts";

/** The type of x's pooled image. @throws unless every window holds at least one pixel of x */
export function pooled(op: string, x: TensorType, params: PoolParams): TensorType {
  expectDType(op, x, NUMBERS);
  const { window, strides, padding } = params;
  if (x.shape.length !== 4) {
    throw new ShapeError(
      `${op}: expected images [batch, height, width, channels], received ${showShape(x.shape)}`,
    );
  }
  if (
    [...window, ...strides].some((n) => !isAtLeast(n, 1)) ||
    padding.flat().some((n) => !isAtLeast(n, 0))
  ) {
    throw new ArgumentError(
      `${op}: expected window and strides of 1 or more and padding of 0 or more, ` +
        `received ${showGeometry(params)}`,
    );
  }
  const [n, h, w, channels] = x.shape as [number, number, number, number];
  const lengths = [h, w].map((length, axis) => {
    const [low, high] = padding[axis]!;
    const room = low + length + high - window[axis]!;
    if (room < 0) {
      throw new ShapeError(
        `${op}: window ${showShape(window)} is larger than its padded input ` +
          showShape([
            n,
            h + padding[0][0] + padding[0][1],
            w + padding[1][0] + padding[1][1],
            channels,
          ]),
      );
    }
    const steps = Math.floor(room / strides[axis]!);
    const lastStart = steps * strides[axis]! - low;
    if (length === 0 || window[axis]! <= low || lastStart >= length) {
      throw new ShapeError(
        `${op}: a window lies wholly in the padding of ${showShape(x.shape)}: ` +
          showGeometry(params),
      );
    }
    return steps + 1;
  });
  return { dtype: x.dtype, shape: [n, ...lengths, channels] };
}

function isAtLeast(n: number, least: number): boolean {
  return Number.isInteger(n) && n >= least;
}

function showGeometry({ window, strides, padding }: PoolParams): string {
  const sides = `[${padding.map(showShape).join(", ")}]`;
  return `window ${showShape(window)}, strides ${showShape(strides)}, padding ${sides}`;
}

/** Visits every window in row-major order: the places of its result and of its maximum in x. */
export function eachWinner(
  x: NdArray,
  outShape: Shape,
  { window, strides, padding }: PoolParams,
  visit: (windowAt: number, winnerAt: number) => void,
): void {
  const [, h, w, channels] = x.shape as [number, number, number, number];
  const [images, rows, columns] = outShape as [number, number, number, number];
  let windowAt = 0;
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < rows; row++) {
      const top = row * strides[0] - padding[0][0];
      const [y0, y1] = [Math.max(top, 0), Math.min(top + window[0], h)];
      for (let column = 0; column < columns; column++) {
        const left = column * strides[1] - padding[1][0];
        const [x0, x1] = [Math.max(left, 0), Math.min(left + window[1], w)];
        for (let channel = 0; channel < channels; channel++) {
          let winnerAt = ((image * h + y0) * w + x0) * channels + channel;
          let best = x.data[winnerAt]!;
          for (let iy = y0; iy < y1; iy++) {
            for (let ix = x0; ix < x1; ix++) {
              const at = ((image * h + iy) * w + ix) * channels + channel;
              const element = x.data[at]!;
              // Not <=, so that a NaN beats a number and nothing beats a NaN.
              if (!Number.isNaN(best) && !(element <= best)) {
                best = element;
                winnerAt = at;
              }
            }
          }
          visit(windowAt++, winnerAt);
        }
      }
    }
  }
}
