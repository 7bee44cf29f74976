// A surface in space, turned and laid flat: what a camera far away sees of it.

import type { Heights } from "./contours.ts";
import { powerOf } from "./contours.ts";

/** How it is turned, in degrees: around the upright axis, and how far from above it is seen. */
export interface Turn {
  readonly azimuth: number;
  readonly elevation: number;
}

export interface Flat {
  /** From -1 to 1 or so, y downwards. */
  readonly x: number;
  readonly y: number;
  /** The larger, the nearer. */
  readonly depth: number;
}

/** Half the height of the surface, beside half its width of 1. */
const TALL = 0.7;

/** A point of the unit cube, each from -1 to 1, as it is seen. */
export function flatten(turn: Turn, x: number, y: number, z: number): Flat {
  const [a, e] = [turn.azimuth, turn.elevation].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
  ];
  const across = x * Math.cos(a) - y * Math.sin(a);
  const away = x * Math.sin(a) + y * Math.cos(a);
  const up = z * TALL;
  return {
    x: across,
    y: -(up * Math.cos(e) + away * Math.sin(e)),
    depth: up * Math.sin(e) - away * Math.cos(e),
  };
}

/** From the numbers of a surface to how they are seen. */
export function cameraOf(heights: Heights, turn: Turn) {
  const { u, v, least, largest } = heights;
  const power = powerOf(heights);
  const side = (x: number, [from, to]: readonly [number, number]) =>
    (2 * (x - from)) / (to - from) - 1;
  const shareOf = (height: number) => {
    if (!(largest > least)) return 0;
    const share = Math.min(Math.max((height - least) / (largest - least), 0), 1);
    return Number.isFinite(share) ? share ** power : 1;
  };
  return {
    shareOf,
    see: (x: number, y: number, height: number): Flat =>
      flatten(turn, side(x, u), side(y, v), 2 * shareOf(height) - 1),
  };
}

export interface Quad {
  readonly corners: readonly [Flat, Flat, Flat, Flat];
  /** The middle of its heights, from 0 to 1. */
  readonly share: number;
  readonly depth: number;
}

/** The quads of a surface, the farthest first: painted in this order the near ones hide the far ones. */
export function quadsOf(heights: Heights, turn: Turn, every = 1): Quad[] {
  const { u, v, count, values } = heights;
  const { see, shareOf } = cameraOf(heights, turn);
  const at = (i: number, [from, to]: readonly [number, number]) =>
    from + ((to - from) * i) / (count - 1);
  const places = Array.from({ length: Math.floor((count - 1) / every) + 1 }, (_, i) => i * every);
  const points = places.map((i) =>
    places.map((j) => {
      const height = values[i * count + j]!;
      return { flat: see(at(i, u), at(j, v), height), share: shareOf(height) };
    }),
  );
  const quads: Quad[] = [];
  for (let i = 0; i + 1 < places.length; i++) {
    for (let j = 0; j + 1 < places.length; j++) {
      const four = [points[i]![j]!, points[i + 1]![j]!, points[i + 1]![j + 1]!, points[i]![j + 1]!];
      quads.push({
        corners: four.map(({ flat }) => flat) as unknown as Quad["corners"],
        share: four.reduce((sum, { share }) => sum + share, 0) / 4,
        depth: four.reduce((sum, { flat }) => sum + flat.depth, 0) / 4,
      });
    }
  }
  return quads.sort((a, b) => a.depth - b.depth);
}
