// The heights of a function over a part of a plane, by one compiled program.

import {
  expectArgument,
  expectOptions,
  func,
  type Kind,
  type Kinds,
  object,
  oneOf,
  within,
} from "../../checks/arguments.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { scan } from "../../runtime/loops/scan.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { fromData } from "../../tensor/create.ts";
import { add, mul } from "../../tensor/elementwise.ts";
import { at } from "../../tensor/indexing.ts";
import type { Objective } from "./objective.ts";
import type { SurfacePlane } from "./plane.ts";

/** From one number to a larger one. */
export type Range = readonly [from: number, to: number];

/** Options of lossSurfaceOf(). */
export interface SurfaceOptions {
  /** From 1 below to 1 above where the model is, unless told otherwise. */
  readonly u?: Range;
  readonly v?: Range;
  /** Points along each side; 41 by default. */
  readonly count?: number;
  /** What it is computed in; float64 by default. */
  readonly dtype?: "float32" | "float64";
}

/** Heights over a grid. */
export interface LossSurface {
  readonly names: readonly [u: string, v: string];
  readonly u: readonly number[];
  readonly v: readonly number[];
  /** values[i][j] is the height at (u[i], v[j]); NaN and the infinities stay as they are. */
  readonly values: readonly (readonly number[])[];
  /** Of the finite heights: the least and the largest; NaN where there is none. */
  readonly least: number;
  readonly largest: number;
  /** How many heights are NaN or infinite. */
  readonly notFinite: number;
  /** Where the model is. */
  readonly here: readonly [u: number, v: number];
}

export const rangeKind: Kind<Range> = {
  says: "[from, to], two finite numbers of which the second is larger",
  fits: (x) =>
    Array.isArray(x) && x.length === 2 && x.every(Number.isFinite) && (x[0] as number) < x[1],
};

const OPTIONS: Kinds<SurfaceOptions> = {
  u: rangeKind,
  v: rangeKind,
  count: within(2, 1000),
  dtype: oneOf("float32", "float64"),
};

/**
 * The heights of a function over a square of a plane. All points are computed by one program, a loop, so
 * that only the first costs a compilation and memory is needed for one point at a time.
 * @param objective takes a vector as long as the plane's origin
 */
export function lossSurfaceOf(
  objective: Objective,
  plane: SurfacePlane,
  options: SurfaceOptions = {},
): LossSurface {
  expectArgument("lossSurfaceOf", "objective", objective, func);
  expectArgument("lossSurfaceOf", "plane", plane, object);
  expectOptions("lossSurfaceOf", options, OPTIONS);
  const { count = 41, dtype = "float64" } = options;
  const [u, v] = [0, 1].map((axis) => {
    const center = plane.here[axis]!;
    const [from, to] = (axis === 0 ? options.u : options.v) ?? [center - 1, center + 1];
    return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
  }) as [number[], number[]];
  const pairs = u.flatMap((at) => v.map((other) => [at, other] as const));
  const heights = heightsAt(objective, plane, pairs, dtype);
  const finite = heights.filter(Number.isFinite);
  return {
    names: plane.names,
    u,
    v,
    values: u.map((_, i) => heights.slice(i * count, (i + 1) * count)),
    least: finite.reduce((a, b) => Math.min(a, b), finite[0] ?? Number.NaN),
    largest: finite.reduce((a, b) => Math.max(a, b), finite[0] ?? Number.NaN),
    notFinite: heights.length - finite.length,
    here: plane.here,
  };
}

/** The heights at some points [u, v] of a plane. */
export function heightsAt(
  objective: Objective,
  { origin, directions }: SurfacePlane,
  points: readonly (readonly [number, number])[],
  dtype: "float32" | "float64" = "float64",
): number[] {
  const vector = (data: ArrayLike<number>) => {
    const typed = dtype === "float64" ? Float64Array.from(data) : Float32Array.from(data);
    return fromData(typed, [data.length], dtype);
  };
  const onUV = onPlane(objective);
  const run = compile((frame: Frame, places: { readonly u: Tensor; readonly v: Tensor }) => {
    const step = (carry: Tensor, place: { readonly u: Tensor; readonly v: Tensor }) =>
      [carry, onUV(frame, place.u, place.v)] as [Tensor, Tensor];
    return scan(step, scalar(0, dtype), places)[1];
  });
  const frame = { origin: vector(origin), d1: vector(directions[0]), d2: vector(directions[1]) };
  const places = { u: vector(points.map(([u]) => u)), v: vector(points.map(([, v]) => v)) };
  return Array.from(run(frame, places).data);
}

/** A plane in tensors. */
export interface Frame {
  readonly origin: Tensor;
  readonly d1: Tensor;
  readonly d2: Tensor;
}

/** A function of the space of all parameters as one of the two numbers of a plane. */
export function onPlane(objective: Objective): (frame: Frame, u: Tensor, v: Tensor) => Tensor {
  return ({ origin, d1, d2 }, u, v) => objective(add(origin, add(mul(d1, u), mul(d2, v))));
}

/** A function of all parameters as one of the vector (u, v) of a plane: for its curvature and critical points. */
export function restrictedTo(plane: SurfacePlane, objective: Objective): Objective {
  expectArgument("restrictedTo", "plane", plane, object);
  expectArgument("restrictedTo", "objective", objective, func);
  const vector = (data: Float64Array) => fromData(data, [data.length]);
  const frame = {
    origin: vector(plane.origin),
    d1: vector(plane.directions[0]),
    d2: vector(plane.directions[1]),
  };
  const onUV = onPlane(objective);
  return (point) => onUV(frame, at(point, 0), at(point, 1));
}
