// float32 functions on four lanes. None uses relaxed multiply-adds: their bits are the same everywhere.

import type { VectorFunction } from "./context.ts";
import { byDefinition, LANE_BY_LANE } from "./definition.ts";
import { erf } from "./erf.ts";
import { exp, expm1, log, log1p, sigmoid, tanh } from "./exponential.ts";
import { pow } from "./pow.ts";
import { mod } from "./remainder.ts";
import { atan, log2, log10, tan } from "./rounded-once.ts";
import { cos, sin } from "./trigonometric.ts";
import { MAX_ULP } from "./ulp.ts";

export type { MathContext, VectorFunction } from "./context.ts";
export { LANE_BY_LANE, MAX_ULP };

export type MathName = keyof typeof MAX_ULP;

const lanes = Object.fromEntries(LANE_BY_LANE.map((name) => [name, byDefinition(name)])) as Record<
  (typeof LANE_BY_LANE)[number],
  VectorFunction
>;

export const MATH: Readonly<Record<MathName, VectorFunction>> = {
  exp,
  expm1,
  log,
  log1p,
  sin,
  cos,
  tanh,
  sigmoid,
  erf,
  log2,
  log10,
  atan,
  tan,
  pow,
  mod,
  ...lanes,
};
