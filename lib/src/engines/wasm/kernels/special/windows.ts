// Walks over the windows of max-pooling on NHWC images, number by number or four channels at once.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import type { PoolParams } from "../../../../ir/op-table.ts";
import {
  type FunctionBuilder,
  i32x4,
  type Local,
  load,
  type Operand,
  op,
  plus,
  times,
  toExpr,
} from "../../code/index.ts";
import { type ArrayPlace, pointerTo } from "../../memory/place.ts";
import { LANES, scalarLoad } from "../loop/registers.ts";
import { beats } from "./along.ts";

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

/** The part of a window that lies on the image, along one axis. */
function spanOf({ f, x, params }: WindowRow, axis: 0 | 1, at: Operand) {
  const length = x.shape[1 + axis]!;
  const start = f.keep(plus(times(at, params.strides[axis]), -params.padding[axis][0]));
  const end = plus(start, params.window[axis]);
  return [f.max(start, 0, "first"), f.min(end, length, "end")] as const;
}

/** The number of the first element of a result. */
function resultAt({ shape, image, row }: WindowRow, column: Operand): Operand {
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
  const [y0, y1] = spanOf(windows, 0, row);
  f.for(0, shape[2]!, 1, (column) => {
    const [x0, x1] = spanOf(windows, 1, column);
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

/** Four channels of a window, of which the first `lanes` count. */
export interface VectorWindow {
  readonly to: Local;
  readonly lanes: number;
  readonly best: Local;
  /** Visits the window's pixels: bytes from the start of the images, and a mask of where it won. */
  readonly eachPixel: (visit: (at: Operand, offset: number, won: Operand) => void) => void;
}

/** Larger windows, and those that may hang over an edge, are loops; others are written out. */
const MOST_PIXELS = 16;

/** Visits the windows of one row of results on float32 images, four channels at a time. */
export function walkRowInVectors(windows: WindowRow, visit: (window: VectorWindow) => void): void {
  const { f, x, shape, params, image, row } = windows;
  const [, h, w, channels] = x.shape as [number, number, number, number];
  const [high, wide] = params.window;
  const inside = params.padding.flat().every((pixels) => pixels === 0);
  const isSmall = inside && high * wide <= MOST_PIXELS;
  const from = f.keep(pointerTo(x), "x");
  const [y0, y1] = spanOf(windows, 0, row);
  /** Visits the pixels from byte `start` of the images on, each with a name of its own. */
  const pixels = (
    start: Local,
    [x0, x1]: readonly [Operand, Operand],
    each: (at: Operand, offset: number, name: Operand) => void,
  ) => {
    if (isSmall) {
      for (let pixel = 0; pixel < high * wide; pixel++) {
        const [y, column] = [Math.floor(pixel / wide), pixel % wide];
        each(start, (y * w + column) * channels * 4, i32x4(pixel));
      }
      return;
    }
    const line = f.keep(start, "line");
    f.for(y0, y1, 1, () => {
      const at = f.keep(line, "at");
      f.for(x0, x1, 1, () => {
        each(at, 0, op("i32x4.splat", at));
        f.set(at, plus(at, channels * 4));
      });
      f.set(line, plus(line, w * channels * 4));
    });
  };
  f.for(0, shape[2]!, 1, (column) => {
    const span = spanOf(windows, 1, column);
    const corner = times(plus(times(plus(times(image, h), y0), w), span[0]), channels * 4);
    const [start, to] = [f.keep(corner, "start"), f.keep(resultAt(windows, column), "to")];
    const four = (channel: Operand, lanes: number) => {
      const first = f.keep(plus(start, times(channel, 4)), "first");
      const best = f.keep(load("v128.load", plus(from, first)), "best");
      const winner = f.keep(isSmall ? i32x4(0) : op("i32x4.splat", first), "winner");
      pixels(first, span, (at, offset, name) => {
        if (isSmall && offset === 0) return; // the first champion
        const element = f.keep(load("v128.load", plus(from, at), offset), "x");
        // As beats() in scalars: the champion is a number, and the element is not at most as large.
        const isNumber = op("f32x4.eq", best, best);
        const wins = f.keep(op("v128.andnot", isNumber, op("f32x4.le", element, best)), "wins");
        f.set(best, op("v128.bitselect", element, best, wins));
        f.set(winner, op("v128.bitselect", name, winner, wins));
      });
      visit({
        to: f.keep(plus(to, channel), "place"),
        lanes,
        best,
        eachPixel: (each) =>
          pixels(first, span, (at, offset, name) =>
            each(at, offset, op("i32x4.eq", winner, toExpr(name))),
          ),
      });
    };
    const whole = channels - (channels % LANES);
    f.for(0, whole, LANES, (channel) => four(channel, LANES));
    if (whole < channels) four(whole, channels - whole);
  });
}
