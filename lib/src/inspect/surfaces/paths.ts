// Paths over a surface: the steps of an optimizer from any start, and the way that a training went.

import {
  anything,
  expectArgument,
  expectOptions,
  func,
  instance,
  type Kind,
  type Kinds,
  listOf,
  object,
  within,
} from "../../checks/arguments.ts";
import { ShapeError } from "../../checks/errors.ts";
import type { Params } from "../../nn/layers/layer.ts";
import { type OptimizerSpec, optimizerOf } from "../../nn/optimizers/index.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { valueAndGrad } from "../../runtime/derivatives/autodiff.ts";
import { scan } from "../../runtime/loops/scan.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { fromData } from "../../tensor/create.ts";
import { add } from "../../tensor/elementwise.ts";
import { at } from "../../tensor/indexing.ts";
import { pointKind } from "./curvature.ts";
import type { Objective } from "./objective.ts";
import { dotProduct, type SurfacePlane } from "./plane.ts";
import { heightsAt, onPlane } from "./surface.ts";

/** A point of a path. */
export interface PathPoint {
  readonly u: number;
  readonly v: number;
  /** The height of the surface there. */
  readonly height: number;
  /** How far from the plane the parameters were; 0 on it. */
  readonly away: number;
}

/** A path over a surface. */
export interface SurfacePath {
  readonly name: string;
  readonly points: readonly PathPoint[];
}

/** Options of descentOn(). */
export interface DescentOptions {
  /** A name, a specification as { name: "sgd", learningRate: 0.5 }, or an optimizer. */
  readonly optimizer: OptimizerSpec;
  /** Where it starts; where the model is if left out. */
  readonly start?: readonly [u: number, v: number];
  /** 50 by default. */
  readonly steps?: number;
}

const startKind: Kind<readonly [number, number]> = {
  says: "a start [u, v], two finite numbers",
  fits: (x) => pointKind.fits(x) && (x as unknown[]).length === 2,
};

const DESCENTS: Kinds<Omit<DescentOptions, "start">> = {
  optimizer: anything,
  steps: within(1, 100_000),
};

const DESCENT: Kinds<DescentOptions> = { ...DESCENTS, start: startKind };

/**
 * The steps of an optimizer that may change u and v only, from the start on: steps + 1 points.
 * Of an optimizer that flies off the points are NaN or infinite from there on.
 */
export function descentOn(
  objective: Objective,
  plane: SurfacePlane,
  options: DescentOptions,
): SurfacePath {
  expectArgument("descentOn", "objective", objective, func);
  expectArgument("descentOn", "plane", plane, object);
  expectOptions("descentOn", options, DESCENT, ["optimizer"]);
  const { start = plane.here, ...rest } = options;
  return compiledDescent(objective, plane, rest)(start);
}

/**
 * As `descentOn`, compiled once: what is returned follows the optimizer from any start, as from one that is dragged.
 */
export function descentsOn(
  objective: Objective,
  plane: SurfacePlane,
  options: Omit<DescentOptions, "start">,
): (start: readonly [u: number, v: number]) => SurfacePath {
  expectArgument("descentsOn", "objective", objective, func);
  expectArgument("descentsOn", "plane", plane, object);
  expectOptions("descentsOn", options, DESCENTS, ["optimizer"]);
  const descend = compiledDescent(objective, plane, options);
  return (start) => {
    expectArgument("descentsOn", "start", start, startKind);
    return descend(start);
  };
}

interface Carry {
  readonly params: { readonly uv: Tensor };
  readonly slots: Params;
  readonly step: Tensor;
}

function compiledDescent(
  objective: Objective,
  plane: SurfacePlane,
  { optimizer: spec, steps = 50 }: Omit<DescentOptions, "start">,
): (start: readonly [number, number]) => SurfacePath {
  const optimizer = optimizerOf(spec);
  const vector = (data: ArrayLike<number>) => fromData(Float64Array.from(data), [data.length]);
  const onUV = onPlane(objective);
  const frame = {
    origin: vector(plane.origin),
    d1: vector(plane.directions[0]),
    d2: vector(plane.directions[1]),
  };
  const height = (fixed: typeof frame) => (params: Carry["params"]) =>
    onUV(fixed, at(params.uv, 0), at(params.uv, 1));
  const run = compile((fixed: typeof frame, first: Carry) => {
    const turn = (carry: Carry): [Carry, { uv: Tensor; value: Tensor }] => {
      const [value, gradients] = valueAndGrad(height(fixed))(carry.params);
      const step = add(carry.step, scalar(1, "int32"));
      const updated = optimizer.update({
        ...carry,
        gradients,
        learningRate: scalar(optimizer.learningRate, "float64"),
        step,
      });
      const params = updated.params as Carry["params"];
      return [
        { params, slots: updated.slots, step },
        { uv: carry.params.uv, value },
      ];
    };
    return scan(turn, first, null, { length: steps + 1 })[1];
  });
  return (start) => {
    const params = { uv: vector(start) };
    const { uv, value } = run(frame, {
      params,
      slots: optimizer.init(params),
      step: scalar(0, "int32"),
    });
    const points = Array.from({ length: steps + 1 }, (_, i) => ({
      u: uv.data[2 * i]!,
      v: uv.data[2 * i + 1]!,
      height: value.data[i]!,
      away: 0,
    }));
    return { name: optimizer.name, points };
  };
}

const vectors: Kind = listOf(instance("a Float64Array of all parameters", Float64Array));

/**
 * The way of a training, as it falls on a plane: each vector of all parameters (`parameterVectorOf` during
 * a callback gives one) by the nearest point of the plane, and how far from the plane it was.
 * The heights are those of the plane.
 * @throws ShapeError for a vector of another length than the plane's
 */
export function pathOn(
  objective: Objective,
  plane: SurfacePlane,
  parameters: readonly Float64Array[],
): SurfacePath {
  expectArgument("pathOn", "objective", objective, func);
  expectArgument("pathOn", "plane", plane, object);
  expectArgument("pathOn", "parameters", parameters, vectors);
  const { origin, directions } = plane;
  const [a, b] = directions;
  const [aa, ab, bb] = [dotProduct(a, a), dotProduct(a, b), dotProduct(b, b)];
  const places = parameters.map((vector) => {
    if (vector.length !== origin.length) {
      throw new ShapeError(
        `pathOn: expected vectors of ${origin.length} parameters, received one of ${vector.length}`,
      );
    }
    const from = vector.map((x, i) => x - origin[i]!);
    // Least squares: the directions are not at right angles.
    const [fa, fb] = [dotProduct(from, a), dotProduct(from, b)];
    const area = aa * bb - ab * ab;
    const [u, v] = [(fa * bb - fb * ab) / area, (fb * aa - fa * ab) / area];
    const rest = from.map((x, i) => x - u * a[i]! - v * b[i]!);
    return { u, v, away: Math.sqrt(dotProduct(rest, rest)) };
  });
  const heights = heightsAt(
    objective,
    plane,
    places.map(({ u, v }) => [u, v]),
  );
  return { name: "training", points: places.map((p, i) => ({ ...p, height: heights[i]! })) };
}
