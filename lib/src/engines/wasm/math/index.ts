// float32 functions on four lanes. None uses relaxed multiply-adds: their bits are the same everywhere.

import type { VectorFunction } from "./context.ts";
import { byDefinition, LANE_BY_LANE } from "./definition.ts";
import { exp, expm1, log, log1p, sigmoid, tanh } from "./exponential.ts";
import { pow } from "./pow.ts";
import { mod } from "./remainder.ts";
import { MAX_ULP } from "./ulp.ts";

export type { MathContext } from "./context.ts";
export { LANE_BY_LANE, MAX_ULP };

export type MathName = keyof typeof MAX_ULP;

const lanes = Object.fromEntries(LANE_BY_LANE.map((name) => [name, byDefinition(name)])) as Record<
  (typeof LANE_BY_LANE)[number],
  VectorFunction
>;

/** Those of ops that are there from the start, and those that take no room. */
const FIRST: Omit<Functions, keyof LateMath> = {
  exp,
  expm1,
  log,
  log1p,
  tanh,
  sigmoid,
  pow,
  mod,
  ...lanes,
};

type Functions = Readonly<Record<MathName, VectorFunction>>;

/** Those of other ops. */
export type LateMath = Pick<Functions, "sin" | "cos" | "erf" | "log2" | "log10" | "atan" | "tan">;

export const MATH: Omit<Functions, keyof LateMath> & Partial<LateMath> = { ...FIRST };

/** From now on these functions are there too. */
export function bringMath(functions: LateMath): void {
  Object.assign(MATH, functions);
}
