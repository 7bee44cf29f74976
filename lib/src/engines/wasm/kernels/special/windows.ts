// Walks over the windows of max-pooling on NHWC images, number by number; in vectors: vector-windows.ts.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import type { PoolParams } from "../../../../ir/op-table.ts";
import { type FunctionBuilder, type Local, type Operand, plus, times } from "../../code/index.ts";
import { type ArrayPlace, pointerTo } from "../../memory/place.ts";
import { scalarLoad } from "../loop/registers.ts";
import { beats } from "./argmax.ts";

/** What is the same for all windows of a row of results. */
export interface WindowRow {
  readonly f: FunctionBuilder;
  readonly x: ArrayPlace;
  /** Shape of the results. */
  readonly shape: readonly number[];
  readonly params: PoolParams;
  readonly image: Operand;
  readonly row: Operand;
}

/** The first of some places, and the one behind the last. */
export type PixelSpan = readonly [Operand, Operand];

/** The part of a window that lies on the image, along one axis. */
export function pixelsAlong({ f, x, params }: WindowRow, axis: 0 | 1, at: Operand): PixelSpan {
  const length = x.shape[1 + axis]!;
  const start = f.keep(plus(times(at, params.strides[axis]), -params.padding[axis][0]));
  const end = plus(start, params.window[axis]);
  return [f.max(start, 0, "first"), f.min(end, length, "end")];
}

/** The number of the first element of a result. */
export function resultAt({ shape, image, row }: WindowRow, column: Operand): Operand {
  const [, rows, columns, channels] = shape as [number, number, number, number];
  return times(plus(times(plus(times(image, rows), row), columns), column), channels);
}

/** Where the result of a window stands, where its winner does, and the maximum. */
export interface ScalarWindow {
  readonly to: Operand;
  readonly winner: Local;
  readonly best: Local;
}

/** Visits the windows of one row of results, number by number. */
export function walkRow(windows: WindowRow, visit: (window: ScalarWindow) => void): void {
  const { f, x, shape, image, row } = windows;
  const [, h, w, channels] = x.shape as [number, number, number, number];
  const size = bytesPerElement(x.dtype);
  const from = f.keep(pointerTo(x), "x");
  const [y0, y1] = pixelsAlong(windows, 0, row);
  f.for(0, shape[2]!, 1, (column) => {
    const [x0, x1] = pixelsAlong(windows, 1, column);
    const base = f.keep(resultAt(windows, column), "to");
    f.for(0, channels, 1, (channel) => {
      const pixel = (y: Operand, at: Operand) =>
        plus(times(plus(times(plus(times(image, h), y), w), at), channels), channel);
      const winner = f.keep(pixel(y0, x0), "winner");
      const best = f.keep(scalarLoad(x.dtype, plus(from, times(winner, size)), 0), "best");
      f.for(y0, y1, 1, (y) => {
        const at = f.keep(pixel(y, x0), "at");
        f.for(x0, x1, 1, () => {
          const element = f.keep(scalarLoad(x.dtype, plus(from, times(at, size)), 0));
          f.if(beats(x.dtype, element, best), () => {
            f.set(best, element);
            f.set(winner, at);
          });
          f.set(at, plus(at, channels));
        });
      });
      visit({ to: f.keep(plus(base, channel), "place"), winner, best });
    });
  });
}
