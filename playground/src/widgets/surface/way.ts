// Ways over a surface and places on it, as widgets draw them.

import { formatGiven } from "../../text/numbers.ts";

export interface DrawnWay {
  readonly name: string;
  readonly look: string;
  readonly u: ArrayLike<number>;
  readonly v: ArrayLike<number>;
  readonly height: ArrayLike<number>;
  /** How many of its points are drawn. */
  readonly shown: number;
}

/** A place that can be moved: a start of ways. */
export interface MovablePlace {
  readonly name: string;
  readonly u: number;
  readonly v: number;
}

/** Points of a way that are drawn, up to the first that is not finite. */
export function pointsOf({ u, v, height, shown }: DrawnWay): (readonly [number, number, number])[] {
  const points: (readonly [number, number, number])[] = [];
  for (let i = 0; i < Math.min(shown, u.length); i++) {
    const point = [u[i]!, v[i]!, height[i]!] as const;
    if (!point.every(Number.isFinite)) break;
    points.push(point);
  }
  return points;
}

export function placeText(u: number, v: number): string {
  return `(${formatGiven(u)}, ${formatGiven(v)})`;
}
