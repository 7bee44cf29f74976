// Points where a gradient is 0, searched from many starts and told apart by the Hessian.

import {
  either,
  expectArgument,
  expectOptions,
  func,
  index,
  type Kind,
  type Kinds,
  listOf,
  positive,
  within,
} from "../../checks/arguments.ts";
import { key, normal } from "../../tensor/random.ts";
import { type Curvature, curvatureLook, pointKind } from "./curvature.ts";
import { finiteLook, LOWER, SHORTER, search } from "./newton.ts";
import type { Objective } from "./objective.ts";

/** Starts drawn from a normal distribution. */
export interface RandomStarts {
  /** How long a point is. */
  readonly dimensions: number;
  /** How many. */
  readonly count: number;
  /** Their standard deviation; 1 by default. */
  readonly spread?: number;
  /** 0 by default. */
  readonly seed?: number;
}

/** Options of criticalPointsOf(). */
export interface CriticalOptions {
  /** Points to start from, or how to draw them. */
  readonly starts: readonly (readonly number[])[] | RandomStarts;
  /** A gradient this short counts as 0; 1e-10 by default. */
  readonly tolerance?: number;
  /** A search that is further than this from 0 is given up; 100 by default. */
  readonly reach?: number;
  /** Steps of one search at most; 200 by default. */
  readonly steps?: number;
}

/** A point where the gradient is 0. */
export interface CriticalPoint extends Curvature {
  /** How many starts led to it. */
  readonly found: number;
}

/** Where a search was given up. */
export interface LostSearch {
  readonly point: readonly number[];
  readonly value: number;
  /** The length of the gradient. */
  readonly slope: number;
}

/** What a search from many starts found. */
export interface CriticalPoints {
  /** Different ones, the lowest first. */
  readonly points: readonly CriticalPoint[];
  /**
   * Searches that ran off, the lowest first: where the gradient becomes 0 in the infinite only, as on the way to
   * an answer that is wholly sure. Their values are near those in the infinite.
   */
  readonly ranOff: readonly LostSearch[];
  /** Searches that came to rest where the gradient is not 0, ran out of steps, or met what is not finite. */
  readonly stuck: number;
}

const RANDOM: Kinds<RandomStarts> = {
  dimensions: within(1, 500),
  count: within(1, 100_000),
  spread: positive,
  seed: index,
};

const randomKind: Kind<RandomStarts> = {
  says: "{ dimensions, count, spread, seed }",
  fits: (x) => typeof x === "object" && x !== null && !Array.isArray(x),
};

const OPTIONS: Kinds<CriticalOptions> = {
  starts: either(listOf(pointKind), randomKind) as Kind<never>,
  tolerance: positive,
  reach: positive,
  steps: within(1, 100_000),
};

/**
 * Critical points of a function. Each start is followed twice by Newton's method in the axes of the
 * Hessian, damped: once to where the gradient is shorter (Levenberg and Marquardt on grad f = 0), which
 * ends in saddles and maxima as readily as in minima, and once to where the function is lower, which ends in
 * minima. Searches can miss points: that none is found is no proof that there is none. Every step costs
 * a Hessian, so that this is for some dozen parameters.
 * @param objective takes a float64 vector as long as the starts
 */
export function criticalPointsOf(objective: Objective, options: CriticalOptions): CriticalPoints {
  expectArgument("criticalPointsOf", "objective", objective, func);
  expectOptions("criticalPointsOf", options, OPTIONS, ["starts"]);
  const limits = { tolerance: 1e-10, reach: 100, steps: 200, ...options };
  const look = finiteLook(curvatureLook(objective));
  const found: { readonly end: Curvature; count: number }[] = [];
  const ranOff: LostSearch[] = [];
  let stuck = 0;
  for (const start of startsOf(options.starts)) {
    for (const aim of [SHORTER, LOWER]) {
      const { end, how } = search(look, start, aim, limits);
      if (how === "ran off") ranOff.push({ point: end.point, value: end.value, slope: end.slope });
      else if (how === "stuck") stuck++;
      else {
        const same = found.find(({ end: other }) => isSame(other, end));
        if (same) same.count++;
        else found.push({ end, count: 1 });
      }
    }
  }
  const lowest = (a: { value: number }, b: { value: number }) => a.value - b.value;
  const points = found.map(({ end, count }) => ({ ...end, found: count })).sort(lowest);
  return { points, ranOff: ranOff.sort(lowest), stuck };
}

function startsOf(starts: CriticalOptions["starts"]): readonly (readonly number[])[] {
  if (Array.isArray(starts)) return starts;
  expectOptions("criticalPointsOf: starts", starts as RandomStarts, RANDOM, [
    "dimensions",
    "count",
  ]);
  const { dimensions, count, spread = 1, seed = 0 } = starts as RandomStarts;
  const drawn = normal(key(seed), [count, dimensions], { std: spread, dtype: "float64" }).data;
  return Array.from({ length: count }, (_, i) =>
    Array.from(drawn.subarray(i * dimensions, (i + 1) * dimensions)),
  );
}

/** Near each other, beside how far they are from 0. */
function isSame(a: Curvature, b: Curvature): boolean {
  const apart = Math.hypot(...a.point.map((x, i) => x - b.point[i]!));
  return apart <= 1e-4 * (1 + Math.hypot(...a.point));
}
