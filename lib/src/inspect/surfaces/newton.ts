// Newton's method in the axes of the Hessian, damped: to a shorter gradient, or down.

import { NumberError } from "../../checks/errors.ts";
import type { Curvature } from "./curvature.ts";

/** Looks at a point; null where something is not finite. */
export type Look = (point: ArrayLike<number>) => Curvature | null;

export function finiteLook(look: (point: ArrayLike<number>) => Curvature): Look {
  return (point) => {
    try {
      return look(point);
    } catch (error) {
      if (error instanceof NumberError) return null;
      throw error;
    }
  };
}

/** What a search makes smaller, and how far it goes along an axis of curvature `value`. */
export interface Aim {
  readonly isBetter: (next: Curvature, here: Curvature) => boolean;
  /** @param damping relative to the largest curvature */
  readonly share: (value: number, largest: number, damping: number) => number;
}

/** The gradient: (H^2 + mu) step = -H grad. */
export const SHORTER: Aim = {
  isBetter: (next, here) => next.slope < here.slope,
  share: (value, largest, damping) => value / (value ** 2 + damping * largest ** 2),
};

/** The function itself: (|H| + mu) step = -grad. */
export const LOWER: Aim = {
  isBetter: (next, here) =>
    next.value < here.value || (next.value === here.value && next.slope < here.slope),
  share: (value, largest, damping) => 1 / (Math.abs(value) + damping * largest),
};

const FIRST_DAMPING = 1e-3;
const LEAST_DAMPING = 1e-14;
const MOST_DAMPING = 1e12;

const NOWHERE = { point: [], value: Number.NaN, slope: Number.NaN } as unknown as Curvature;

/** When a search ends. */
export interface Limits {
  readonly tolerance: number;
  readonly reach: number;
  readonly steps: number;
}

/** How a search ended, and where. */
export interface Search {
  readonly how: "arrived" | "ran off" | "stuck";
  readonly end: Curvature;
}

/** Follows an aim from a start on. */
export function search(
  look: Look,
  start: readonly number[],
  aim: Aim,
  { tolerance, reach, steps }: Limits,
): Search {
  let here = look(start);
  if (!here) return { how: "stuck", end: NOWHERE };
  let damping = FIRST_DAMPING;
  for (let step = 0; step < steps && damping <= MOST_DAMPING; step++) {
    if (Math.hypot(...here.point) > reach) return { how: "ran off", end: here };
    if (here.slope <= tolerance && isAtRest(here)) return { how: "arrived", end: here };
    const next = look(stepFrom(here, aim, damping));
    const isBetter = next !== null && aim.isBetter(next, here);
    if (isBetter) here = next;
    damping = isBetter ? Math.max(damping / 4, LEAST_DAMPING) : damping * 4;
  }
  // A gradient of 0 that still points somewhere is one that fades.
  return { how: here.slope <= tolerance ? "ran off" : "stuck", end: here };
}

function stepFrom(
  { point, gradient, eigenvalues, directions }: Curvature,
  { share }: Aim,
  damping: number,
): number[] {
  const largest = Math.max(...eigenvalues.map(Math.abs));
  const next = [...point];
  eigenvalues.forEach((value, k) => {
    const by = share(value, largest, damping) * along(gradient, directions[k]!);
    if (Number.isFinite(by)) for (const [i, q] of directions[k]!.entries()) next[i]! -= by * q;
  });
  return next;
}

/** Axes that are this much flatter than the steepest say nothing: along valleys of equal height. */
const VALLEY = 1e-9;
const NEAR = 1e-3;
/** Where nothing bends more than this, nothing is left of the function. */
const FADED = 1e-9;

/**
 * Whether Newton's method would stay here. In a tail, as of exp(-x), the gradient falls below any bound, but
 * the step, f' / f'', does not, until both are 0 by rounding.
 */
function isAtRest({ point, gradient, eigenvalues, directions }: Curvature): boolean {
  const largest = Math.max(...eigenvalues.map(Math.abs));
  if (largest <= FADED) return false;
  const steps = eigenvalues.map((value, k) =>
    Math.abs(value) <= VALLEY * largest ? 0 : along(gradient, directions[k]!) / value,
  );
  return Math.hypot(...steps) <= NEAR * (1 + Math.hypot(...point));
}

function along(gradient: readonly number[], direction: readonly number[]): number {
  return direction.reduce((sum, q, i) => sum + q * gradient[i]!, 0);
}
