// Many small pictures in one, and the colours that numbers have in them.

import { type Color, encodePixels, putColor, uriOf } from "../pictures/encode-png.ts";

export interface TileGrid {
  readonly count: number;
  readonly columns: number;
  /** Of one tile, in cells. */
  readonly width: number;
  readonly height: number;
  /** Pixels a side of a cell; 1 by default. */
  readonly zoom?: number;
  /** Pixels between tiles. */
  readonly gap: number;
  readonly colorAt: (tile: number, x: number, y: number) => Color;
}

/** Between tiles, and where a row has no more of them: a grey. */
const GROUND = 128;

/** Tiles row by row, as a PNG in a data URI. */
export function tilesUri({
  count,
  columns,
  width,
  height,
  zoom = 1,
  gap,
  colorAt,
}: TileGrid): string {
  const [stepX, stepY] = [width * zoom + gap, height * zoom + gap];
  const rows = Math.ceil(count / columns);
  const [wide, high] = [columns * stepX - gap, rows * stepY - gap];
  const pixels = new Uint8Array(3 * wide * high).fill(GROUND);
  for (let tile = 0; tile < count; tile++) {
    const [left, top] = [(tile % columns) * stepX, Math.floor(tile / columns) * stepY];
    for (let y = 0; y < height; y++) {
      const start = 3 * ((top + y * zoom) * wide + left);
      for (let x = 0, at = start; x < width; x++) {
        const color = colorAt(tile, x, y);
        for (let i = 0; i < zoom; i++, at += 3) putColor(pixels, at, color);
      }
      // A cell is as high as it is wide: the row of pixels again.
      for (let i = 1; i < zoom; i++) {
        pixels.copyWithin(start + 3 * i * wide, start, start + 3 * width * zoom);
      }
    }
  }
  return uriOf(encodePixels(wide, high, pixels));
}

/** -1 blue, 0 near white, 1 red. */
export function diverging(value: number): Color {
  const strength = Math.min(1, Math.abs(value)) ** 0.8;
  const [from, to]: [Color, Color] = [[247, 247, 247], value > 0 ? [178, 24, 43] : [33, 102, 172]];
  return from.map((channel, i) =>
    Math.round(channel + (to[i]! - channel) * strength),
  ) as unknown as Color;
}

/** 0 black, 1 white. */
export function grey(value: number): Color {
  const level = Math.round(255 * Math.max(0, Math.min(1, value)));
  return [level, level, level];
}
