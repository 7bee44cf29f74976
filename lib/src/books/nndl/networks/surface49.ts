// NNDL figure 4.9: the loss surface of y = sigma(w2 sigma(w1 x)) for one example, x = 1 and target 1.

import {
  expectArgument,
  expectOptions,
  finite,
  type Kinds,
  oneOf,
  within,
} from "../../../checks/arguments.ts";
import "../../../tensor/methods.ts";
import { criticalPointsOf } from "../../../inspect/surfaces/critical-points.ts";
import { curvatureAt } from "../../../inspect/surfaces/curvature.ts";
import type { Objective } from "../../../inspect/surfaces/objective.ts";
import { planeOfTwo } from "../../../inspect/surfaces/plane.ts";
import { type LossSurface, lossSurfaceOf } from "../../../inspect/surfaces/surface.ts";
import { compile } from "../../../runtime/compiled/compile.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { linspace, tensor } from "../../../tensor/create.ts";
import { sub } from "../../../tensor/elementwise.ts";
import { at } from "../../../tensor/indexing.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import { experimentPoint, interval, type Parameters, reals } from "../../shared/parameters.ts";

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
  /** The range of both weights, as in the figure: -5 to 5 by default. */
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
  const { from = -5, to = 5, count = 41 } = options;
  const axis = linspace(from, to, count, "float64");
  const { squared, negativeLog } = compile(losses)(axis.reshape([-1, 1]), axis);
  const ticks = Array.from(axis.data);
  return { w1: ticks, w2: ticks, squared: rows(squared), negativeLog: rows(negativeLog) };
}

function rows(x: Tensor): number[][] {
  return x.toArray() as number[][];
}

/** A loss as a function of the vector (w1, w2): for surfaces, descents and curvature. */
export function objective(loss: SurfaceLoss): Objective {
  expectArgument("surface49.objective", "loss", loss, oneOf("squared", "negativeLog"));
  return (point) => losses(at(point, 0), at(point, 1))[loss];
}

/** One of the two surfaces of the figure, over the square of the options. */
export function surface(loss: SurfaceLoss, options: GridOptions = {}): LossSurface {
  expectOptions("surface49.surface", options, OPTIONS);
  const { from = -5, to = 5, count = 41 } = options;
  const range = [from, to] as const;
  return lossSurfaceOf(objective(loss), planeOfTwo(["w1", "w2"]), { u: range, v: range, count });
}

/** As printed, in the order of the corners below. */
const CORNERS: Readonly<Record<SurfaceLoss, readonly [number, number][]>> = {
  squared: [
    [4.787e-5, 5e-9],
    [0.98621, 5e-6],
    [0.2417, 5e-6],
    [0.25844, 5e-6],
  ],
  negativeLog: [
    [0.006943, 5e-7],
    [4.97348, 5e-6],
    [0.67656, 5e-6],
    [0.71002, 5e-6],
  ],
};

const EIGENVALUES: Readonly<Record<SurfaceLoss, readonly [number, number]>> = {
  squared: [-0.0488, 0.08],
  negativeLog: [-0.0976, 0.1601],
};

const FORMULAS: Readonly<Record<SurfaceLoss, string>> = {
  squared: "(1 - y)^2",
  negativeLog: "-ln y",
};

const NO_REST =
  "The surface has no critical point: dL/dw2 of -ln y is -(1 - y) sigma(w1), which is never 0, and that of " +
  "(1 - y)^2 is -2 y (1 - y)^2 sigma(w1). It bends both ways at (0, 0), so the problem is not convex.";

/** What the experiment may be told. */
export interface Surface49Point {
  readonly range: readonly number[];
  readonly point: readonly number[];
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<Surface49Point> = {
  range: interval("the range of both weights, whose corners are looked at", [-5, 5]),
  point: reals("the weights at which the surface's bend is taken", [0, 0]),
};

/** The corners of the figure, a bounded plateau against an unbounded slope, and how it bends in the middle. */
export function claims(given: Partial<Surface49Point> = {}): Claim[] {
  const { range, point } = experimentPoint("surface49", PARAMETERS, given);
  const [from, to] = range as [number, number];
  const corners = [to, from].flatMap((w1) => [to, from].map((w2) => [w1, w2] as const));
  const middle = point as readonly [number, number];
  const far = [middle, [2 * to, 2 * to], [2 * to, 2 * from]] as const;
  const [here, there, slope] = far.map(([w1, w2]) => `(${w1}, ${w2})`);
  const { squared, negativeLog } = onPoints(far);
  const ofBoth = (["squared", "negativeLog"] as const).flatMap((loss) => {
    const values = onPoints(corners)[loss];
    const { eigenvalues } = curvatureAt(objective(loss), point);
    const starts = { dimensions: 2, count: 6, spread: 3, seed: 1 };
    const { points } = criticalPointsOf(objective(loss), { starts });
    const name = FORMULAS[loss];
    return [
      ...corners.map(([w1, w2], i) => {
        const [expected, tolerance] = CORNERS[loss][i]!;
        return claim(`${name} at (${w1}, ${w2})`, expected, values[i]!, tolerance);
      }),
      ...EIGENVALUES[loss].map((expected, i) =>
        claim(`${name} at ${here}: eigenvalue ${i + 1} of 2`, expected, eigenvalues[i]!, 0.5e-4),
      ),
      claim(`${name}: critical points found`, 0, points.length, 0, NO_REST),
    ];
  });
  return [
    ...ofBoth,
    claim(`(1 - y)^2 at ${here}`, 0.25, squared[0]!, 0),
    claim(`(1 - y)^2 at ${there}`, 0, squared[1]!, 0.5e-4),
    claim(`(1 - y)^2 at ${slope}`, 0.9999, squared[2]!, 0.5e-4),
    // biome-ignore lint/suspicious/noApproximativeNumericConstant: the digits as printed
    claim(`-ln y at ${here}`, 0.6931, negativeLog[0]!, 0.5e-4),
    claim(`-ln y at ${there}`, 4.5e-5, negativeLog[1]!, 0.5e-6),
    claim(`-ln y at ${slope}`, 9.9996, negativeLog[2]!, 0.5e-4),
  ];
}
