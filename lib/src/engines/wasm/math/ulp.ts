// How far the float32 functions may be from the exact result, in units in the last place.

import { LANE_BY_LANE } from "./definition.ts";

type LaneByLane = (typeof LANE_BY_LANE)[number];

const VECTOR_CODE = {
  exp: 1,
  expm1: 2,
  log: 1,
  log1p: 2,
  sin: 1.6,
  cos: 1.6,
  tanh: 2.5,
  sigmoid: 2.5,
  erf: 1.5,
  log2: 0.501,
  log10: 0.501,
  atan: 0.501,
  tan: 0.501,
  pow: 0.5,
  mod: 0.5,
} as const;

/** Measured over the whole range of float32 by math.test.ts; subnormal results count in their own steps. */
export const MAX_ULP: Readonly<Record<keyof typeof VECTOR_CODE | LaneByLane, number>> = {
  ...VECTOR_CODE,
  ...(Object.fromEntries(LANE_BY_LANE.map((name) => [name, 0.5])) as Record<LaneByLane, number>),
};
