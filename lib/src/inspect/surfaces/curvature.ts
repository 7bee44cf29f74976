// What a function does around a point: its gradient, its Hessian, and what the signs of that say.

import { expectArgument, finite, func, type Kind, listOf } from "../../checks/arguments.ts";
import { NumberError } from "../../checks/errors.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { valueAndGrad } from "../../runtime/derivatives/autodiff.ts";
import { hessian } from "../../runtime/derivatives/jacobian.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { fromData } from "../../tensor/create.ts";
import { eigenOf } from "./eigen.ts";
import type { Objective } from "./objective.ts";

/**
 * The signs of a Hessian in one word. "minimum" and "maximum": all eigenvalues have one sign; "saddle":
 * there are both; "flat": some are 0 within rounding and the others have one sign, so that second
 * derivatives do not decide.
 */
export type Bend = "minimum" | "maximum" | "saddle" | "flat";

/** A function around a point. */
export interface Curvature {
  readonly point: readonly number[];
  readonly value: number;
  readonly gradient: readonly number[];
  /** The length of the gradient. */
  readonly slope: number;
  readonly hessian: readonly (readonly number[])[];
  /** Of the Hessian, from the least to the largest. */
  readonly eigenvalues: readonly number[];
  /** For each eigenvalue its direction, of length 1. */
  readonly directions: readonly (readonly number[])[];
  /** What the signs of the eigenvalues would make of the point, were the gradient 0. */
  readonly bend: Bend;
}

export const pointKind: Kind<readonly number[]> = {
  says: "a point, a list of finite numbers",
  fits: (x) => listOf(finite).fits(x) && (x as unknown[]).length > 0,
};

/**
 * Compiles value, gradient and Hessian of a function once; what is returned looks at points, as `curvatureAt` does
 * at one: for a pointer that moves over a surface.
 * @param objective takes a float64 vector as long as the points
 */
export function curvatureLook(objective: Objective): (point: ArrayLike<number>) => Curvature {
  expectArgument("curvatureLook", "objective", objective, func);
  const look = compile((point: Tensor) => {
    const [value, gradient] = valueAndGrad(objective)(point);
    return { value, gradient, second: hessian(objective)(point) };
  });
  return (point) => {
    const at = Float64Array.from(point);
    const { value, gradient, second } = look(fromData(at, [at.length]));
    const rows = Array.from(at, (_, i) =>
      Array.from(second.data.subarray(i * at.length, (i + 1) * at.length)),
    );
    const slopes = Array.from(gradient.data);
    if (![value.item(), ...slopes, ...rows.flat()].every(Number.isFinite)) {
      throw new NumberError(
        `curvatureAt: at ${showPoint(at)} the function or one of its derivatives is not finite`,
      );
    }
    // In float32 both halves differ by their rounding.
    const even = rows.map((row, i) => row.map((x, j) => (x + rows[j]![i]!) / 2));
    const { values, vectors } = eigenOf(even);
    return {
      point: Array.from(at),
      value: value.item(),
      gradient: slopes,
      slope: Math.hypot(...slopes),
      hessian: rows,
      eigenvalues: values,
      directions: vectors,
      bend: bendOf(values),
    };
  };
}

/**
 * Value, gradient, Hessian and its eigenvalues of a function at a point, by automatic differentiation.
 * @param objective takes a float64 vector as long as the point
 * @throws NumberError where the function or a derivative is not finite
 */
export function curvatureAt(objective: Objective, point: readonly number[]): Curvature {
  expectArgument("curvatureAt", "objective", objective, func);
  expectArgument("curvatureAt", "point", point, pointKind);
  return curvatureLook(objective)(point);
}

/** What counts as 0 beside the largest eigenvalue. */
const FLAT = 1e-6;

/** Eigenvalues by their signs; those below a millionth of the largest count as 0. */
export function bendOf(eigenvalues: readonly number[]): Bend {
  const largest = Math.max(...eigenvalues.map(Math.abs));
  const [low, high] = [Math.min(...eigenvalues), Math.max(...eigenvalues)];
  const zero = FLAT * largest;
  if (low < -zero && high > zero) return "saddle";
  if (low > zero) return "minimum";
  if (high < -zero) return "maximum";
  return "flat";
}

function showPoint(point: ArrayLike<number>): string {
  return `(${Array.from(point, (x) => Number(x.toPrecision(6))).join(", ")})`;
}
