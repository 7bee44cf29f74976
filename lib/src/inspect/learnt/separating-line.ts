// The widest street between two classes of points in the plane, where a line separates them at all.

import { expectArgument, listOf, number } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { POINTS, type PointCloud } from "./principal-axes.ts";

/** The points where normal . p = offset; one class lies where normal . p is larger. */
export interface SeparatingLine {
  /** Of length 1. */
  readonly normal: readonly [number, number];
  readonly offset: number;
  /** From the line to the nearest point of either class. */
  readonly margin: number;
}

type Point = readonly [number, number];

/**
 * The line that separates the points of one class from all others with the largest margin, or null where no
 * line does: where the convex hulls of the two meet. The class lies on the side that the normal shows to.
 * @param points in the plane, { dimensions: 2 }
 * @param labels a class for each
 * @throws ArgumentError for points that are not in the plane, another number of labels, or a single class
 */
export function separatingLineOf(
  points: PointCloud,
  labels: readonly number[],
  label = 1,
): SeparatingLine | null {
  const where = "separatingLineOf";
  expectArgument(where, "points", points, POINTS);
  expectArgument(where, "labels", labels, listOf(number));
  expectArgument(where, "label", label, number);
  const { count, dimensions, values } = points;
  if (dimensions !== 2 || labels.length !== count) {
    throw new ArgumentError(
      `${where}: expected points in the plane and a label for each, received ${count} points of ` +
        `${dimensions} dimensions and ${labels.length} labels`,
    );
  }
  const [own, others]: [Point[], Point[]] = [[], []];
  labels.forEach((c, i) => {
    (c === label ? own : others).push([values[2 * i]!, values[2 * i + 1]!]);
  });
  if (own.length === 0 || others.length === 0) {
    throw new ArgumentError(`${where}: expected points of class ${label} and of others`);
  }
  return widestStreet(hullOf(own), hullOf(others));
}

/** Two hulls that do not meet are nearest at a corner of one and an edge of the other. */
function widestStreet(own: readonly Point[], others: readonly Point[]): SeparatingLine | null {
  const pairs = [
    ...own.map((p) => [p, nearestOn(others, p)] as const),
    ...others.map((p) => [nearestOn(own, p), p] as const),
  ];
  const [from, to] = pairs.reduce((a, b) => (distance(b[0], b[1]) < distance(a[0], a[1]) ? b : a));
  const width = distance(from, to);
  if (!(width > 0)) return null;
  const normal: Point = [(from[0] - to[0]) / width, (from[1] - to[1]) / width];
  const along = (p: Point) => normal[0] * p[0] + normal[1] * p[1];
  const [low, high] = [Math.max(...others.map(along)), Math.min(...own.map(along))];
  if (!(low < high)) return null;
  return { normal, offset: (low + high) / 2, margin: (high - low) / 2 };
}

/** The point of a hull's edges that is nearest to p. */
function nearestOn(hull: readonly Point[], p: Point): Point {
  const candidates = hull.map((a, i): Point => {
    const b = hull[(i + 1) % hull.length]!;
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const length = dx * dx + dy * dy;
    const t = length === 0 ? 0 : ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length;
    const part = Math.min(1, Math.max(0, t));
    return [a[0] + part * dx, a[1] + part * dy];
  });
  return candidates.reduce((a, b) => (distance(b, p) < distance(a, p) ? b : a));
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** The corners of the convex hull, by Andrew's monotone chain. */
function hullOf(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const p of list) {
      while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, p) <= 0) chain.pop();
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  const hull = [...half(sorted), ...half(sorted.toReversed())];
  return hull.length > 0 ? hull : [sorted[0]!];
}

function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}
