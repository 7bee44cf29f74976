// Points that are drawn: where a place of the pad is in the plane, and which point is meant.

import type { OwnPoint } from "../../state/index.ts";

/** The pad shows the plane from -REACH to REACH, as TF Playground. */
export const REACH = 6;
/** One press of an arrow key. */
export const KEY_STEP = 0.25;
/** A tap means a point within this distance. */
const NEAR = 0.35;
export const MOST_POINTS = 2000;

export type Place = readonly [x: number, y: number];

/** A share of the pad from the left and from the top as a place of the plane, to two decimals. */
export function placeAt(left: number, top: number): Place {
  const at = (share: number) =>
    Number((Math.min(Math.max(2 * share - 1, -1), 1) * REACH).toFixed(2));
  return [at(left), at(1 - top)];
}

export function moved([x, y]: Place, [dx, dy]: Place, steps: number): Place {
  const within = (v: number) => Math.min(Math.max(v, -REACH), REACH);
  return [within(x + dx * steps * KEY_STEP), within(y + dy * steps * KEY_STEP)];
}

/** The number of the point that is meant by a place; -1 for none. */
export function nearestPoint(points: readonly OwnPoint[], [x, y]: Place, near = NEAR): number {
  let best = -1;
  let distance = near;
  points.forEach((point, i) => {
    const away = Math.hypot(point.x[0]! - x, point.x[1]! - y);
    if (away > distance) return;
    [best, distance] = [i, away];
  });
  return best;
}

export function withPoint(
  points: readonly OwnPoint[],
  place: Place,
  y: number,
): readonly OwnPoint[] {
  return points.length >= MOST_POINTS ? points : [...points, { x: [...place], y }];
}

export function withoutNearest(points: readonly OwnPoint[], place: Place): readonly OwnPoint[] {
  const at = nearestPoint(points, place);
  return at < 0 ? points : points.filter((_, i) => i !== at);
}
