// NNDL figure 4.9: the loss surface of y = sigma(w2 sigma(w1 x)) for one example, x = 1 and target 1.

import { expectOptions, finite, type Kinds, within } from "../../checks/arguments.ts";
import "../../tensor/methods.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { linspace, tensor } from "../../tensor/create.ts";
import { sub } from "../../tensor/elementwise.ts";
import { type Claim, claim } from "../shared/claim.ts";

/** The losses of the figure by name. */
export type SurfaceLoss = "squared" | "negativeLog";

/** Both losses, elementwise over w1 and w2, which broadcast. */
export function losses(w1: Tensor, w2: Tensor): Readonly<Record<SurfaceLoss, Tensor>> {
  const y = w2.mul(w1.sigmoid()).sigmoid(); // x = 1
  return { squared: sub(1, y).square(), negativeLog: y.log().neg() };
}

/** Both losses at some points [w1, w2]. */
export function onPoints(
  points: readonly (readonly [w1: number, w2: number])[],
): Readonly<Record<SurfaceLoss, readonly number[]>> {
  const [w1, w2] = [0, 1].map((i) =>
    tensor(
      points.map((point) => point[i]!),
      "float64",
    ),
  );
  const { squared, negativeLog } = losses(w1!, w2!);
  return { squared: Array.from(squared.data), negativeLog: Array.from(negativeLog.data) };
}

/** Options of the grid over both weights. */
export interface GridOptions {
  /** The range of both weights, as in the figure: -10 to 10 by default. */
  readonly from?: number;
  readonly to?: number;
  /** Points along each side; 41 by default. */
  readonly count?: number;
}

const OPTIONS: Kinds<GridOptions> = { from: finite, to: finite, count: within(2, 2000) };

/** A square of the surface; row i of a loss belongs to w1[i], column j to w2[j]. */
export interface SurfaceGrid extends Readonly<Record<SurfaceLoss, readonly (readonly number[])[]>> {
  readonly w1: readonly number[];
  readonly w2: readonly number[];
}

/** Both losses over a square of weights, by one compiled program: a column of w1 meets a row of w2. */
export function onGrid(options: GridOptions = {}): SurfaceGrid {
  expectOptions("surface49.onGrid", options, OPTIONS);
  const { from = -10, to = 10, count = 41 } = options;
  const axis = linspace(from, to, count, "float64");
  const { squared, negativeLog } = compile(losses)(axis.reshape([-1, 1]), axis);
  const ticks = Array.from(axis.data);
  return { w1: ticks, w2: ticks, squared: rows(squared), negativeLog: rows(negativeLog) };
}

function rows(x: Tensor): number[][] {
  return x.toArray() as number[][];
}

/** The corners of the figure: a bounded plateau against an unbounded slope. */
export function claims(): Claim[] {
  const { squared, negativeLog } = onPoints([
    [0, 0],
    [10, 10],
    [10, -10],
  ]);
  return [
    claim("(1 - y)^2 at (0, 0)", 0.25, squared[0]!, 0),
    claim("(1 - y)^2 at (10, 10)", 0, squared[1]!, 0.5e-4),
    claim("(1 - y)^2 at (10, -10)", 0.9999, squared[2]!, 0.5e-4),
    // biome-ignore lint/suspicious/noApproximativeNumericConstant: the digits as printed
    claim("-ln y at (0, 0)", 0.6931, negativeLog[0]!, 0.5e-4),
    claim("-ln y at (10, 10)", 4.5e-5, negativeLog[1]!, 0.5e-6),
    claim("-ln y at (10, -10)", 9.9996, negativeLog[2]!, 0.5e-4),
  ];
}
