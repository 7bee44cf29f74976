// Walks over the windows of max-pooling on float32 images, four channels at once, or eight as two vectors.

import {
  type FunctionBuilder,
  i32x4,
  type Local,
  load,
  type Operand,
  op,
  plus,
  times,
} from "../../code/index.ts";
import { pointerTo } from "../../memory/place.ts";
import { LANES } from "../loop/registers.ts";
import { type PixelSpan, pixelsAlong, resultAt, type WindowRow } from "./windows.ts";

/** Four channels of a window, or eight as two vectors. */
export interface VectorWindow {
  readonly to: Local;
  /** How many channels of each vector count. */
  readonly lanes: readonly number[];
  readonly best: readonly Local[];
  /** Visits the window's pixels: bytes from the start of the images, and masks of where it won. */
  readonly eachPixel: (visit: (at: Local, offset: number, won: readonly Local[]) => void) => void;
}

/** Larger windows, and those that may hang over an edge, are loops; others are written out. */
const MOST_PIXELS = 16;

/**
 * Visits the windows of one row of results on float32 images, four channels at a time.
 * @param paired the runtime joins two vectors: eight channels at a time
 */
export function walkRowInVectors(
  windows: WindowRow,
  paired: boolean,
  visit: (window: VectorWindow) => void,
): void {
  const { f, x, shape, params, image, row } = windows;
  const [, h, w, channels] = x.shape as [number, number, number, number];
  const inside = params.padding.flat().every((pixels) => pixels === 0);
  const isSmall = inside && params.window[0] * params.window[1] <= MOST_PIXELS;
  const rows = pixelsAlong(windows, 0, row);
  f.for(0, shape[2]!, 1, (column) => {
    const columns = pixelsAlong(windows, 1, column);
    const corner = times(plus(times(plus(times(image, h), rows[0]), w), columns[0]), channels * 4);
    const [start, to] = [f.keep(corner, "start"), f.keep(resultAt(windows, column), "to")];
    const some = (channel: Operand, lanes: readonly number[]) => {
      const first = f.keep(plus(start, times(channel, 4)), "first");
      const place = f.keep(plus(to, channel));
      const race = isSmall
        ? raceOf(windows, first, lanes.length)
        : longRaceOf(windows, rows, columns, first, lanes.length);
      visit({ to: place, lanes, ...race });
    };
    const isPair = paired && channels >= 2 * LANES;
    const step = isPair ? 2 * LANES : LANES;
    if (channels < step) some(0, [channels]);
    else {
      // The last ones end with the last channel, and compute some again.
      f.for(0, channels, step, (channel) => {
        const from = channels % step === 0 ? channel : f.min(channel, channels - step);
        some(from, isPair ? [LANES, LANES] : [LANES]);
      });
    }
  });
}

type Race = Pick<VectorWindow, "best" | "eachPixel">;

/** As beats() in scalars: the champion is a number, and the element is not at most as large. */
function winning(f: FunctionBuilder, element: Local, champion: Local): Local {
  const isNumber = op("f32x4.eq", champion, champion);
  return f.keep(op("v128.andnot", isNumber, op("f32x4.le", element, champion)));
}

/** A window whose pixels are written out, from byte `first` of the images on. */
function raceOf({ f, x, params }: WindowRow, first: Local, vectors: number): Race {
  const [, , w, channels] = x.shape as [number, number, number, number];
  const [high, wide] = params.window;
  const base = f.keep(plus(pointerTo(x), first));
  const offsets = Array.from({ length: high * wide }, (_, pixel) => {
    return (Math.floor(pixel / wide) * w + (pixel % wide)) * channels * 4;
  });
  const loaded = (offset: number) =>
    Array.from({ length: vectors }, (_, v) => f.keep(load("v128.load", base, offset + v * 16)));
  const best = loaded(0).map((champion) => f.keep(champion, "best"));
  const wins = offsets.slice(1).map((offset) => {
    const elements = loaded(offset);
    const masks = elements.map((element, v) => winning(f, element, best[v]!));
    elements.forEach((element, v) => {
      f.set(best[v]!, op("v128.bitselect", element, best[v]!, masks[v]!));
    });
    return masks;
  });
  return {
    best,
    eachPixel: (each) => {
      // Who wins last has won.
      let later: Local[] | null = null;
      for (let pixel = offsets.length - 1; pixel >= 0; pixel--) {
        const own = wins[pixel - 1];
        const known: Local[] | null = later;
        const won = Array.from({ length: vectors }, (_, v) => {
          if (!own) return f.keep(known ? op("v128.not", known[v]!) : i32x4(-1));
          return known ? f.keep(op("v128.andnot", own[v]!, known[v]!)) : own[v]!;
        });
        each(first, offsets[pixel]!, won);
        if (own) {
          later = own.map((mask, v) => (known ? f.keep(op("v128.or", mask, known[v]!)) : mask));
        }
      }
    },
  };
}

/** The same in loops over the pixels that lie on the image; winners are known by where they stand. */
function longRaceOf(
  { f, x }: WindowRow,
  [y0, y1]: PixelSpan,
  [x0, x1]: PixelSpan,
  first: Local,
  vectors: number,
): Race {
  const [, , w, channels] = x.shape as [number, number, number, number];
  const from = f.keep(pointerTo(x), "x");
  const pixels = (each: (at: Local, name: Local) => void) => {
    const line = f.keep(first);
    f.for(y0, y1, 1, () => {
      const at = f.keep(line, "at");
      f.for(x0, x1, 1, () => {
        each(at, f.keep(op("i32x4.splat", at)));
        f.set(at, plus(at, channels * 4));
      });
      f.set(line, plus(line, w * channels * 4));
    });
  };
  const loaded = (at: Local) => {
    const base = f.keep(plus(from, at));
    return Array.from({ length: vectors }, (_, v) => f.keep(load("v128.load", base, v * 16)));
  };
  const best = loaded(first).map((champion) => f.keep(champion, "best"));
  const winners = best.map(() => f.keep(op("i32x4.splat", first), "winner"));
  pixels((at, name) => {
    loaded(at).forEach((element, v) => {
      const wins = winning(f, element, best[v]!);
      f.set(best[v]!, op("v128.bitselect", element, best[v]!, wins));
      f.set(winners[v]!, op("v128.bitselect", name, winners[v]!, wins));
    });
  });
  return {
    best,
    eachPixel: (each) =>
      pixels((at, name) => {
        each(
          at,
          0,
          winners.map((winner) => f.keep(op("i32x4.eq", winner, name))),
        );
      }),
  };
}
