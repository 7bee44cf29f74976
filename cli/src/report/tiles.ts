// Many small pictures in one, and the colours that numbers have in them.

import { type Color, pngUri } from "../pictures/png.ts";

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

const GROUND: Color = [128, 128, 128];

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
  return pngUri(columns * stepX - gap, rows * stepY - gap, (px, py) => {
    const tile = Math.floor(py / stepY) * columns + Math.floor(px / stepX);
    const [x, y] = [Math.floor((px % stepX) / zoom), Math.floor((py % stepY) / zoom)];
    return x >= width || y >= height || tile >= count ? GROUND : colorAt(tile, x, y);
  });
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
