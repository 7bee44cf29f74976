// A plane through the space of all parameters: along two of them, or along two random directions.

import {
  expectArgument,
  expectOptions,
  index,
  type Kind,
  type Kinds,
  text,
} from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import { showShape, sizeOf } from "../../ir/shape.ts";
import { foldIn, key, normal } from "../../tensor/random.ts";
import type { Model } from "../../train/model/model.ts";
import { eigenOf } from "./eigen.ts";
import { modelKind, type ParameterSlice, parameterVectorOf } from "./objective.ts";

/** The points origin + u directions[0] + v directions[1] of the space of all parameters. */
export interface SurfacePlane {
  /** What u and v are, for axes. */
  readonly names: readonly [u: string, v: string];
  /** The vector at u = v = 0. */
  readonly origin: Float64Array;
  readonly directions: readonly [Float64Array, Float64Array];
  /** Where the parameters are that the plane was made of. */
  readonly here: readonly [u: number, v: number];
}

/** The plane of a function of two numbers: all there is. */
export function planeOfTwo(names: readonly [string, string] = ["u", "v"]): SurfacePlane {
  const unit = (i: number) => Float64Array.of(i === 0 ? 1 : 0, i === 1 ? 1 : 0);
  return { names, origin: new Float64Array(2), directions: [unit(0), unit(1)], here: [0, 0] };
}

/**
 * The plane along two parameters, the others as they are: u and v are the values of the two.
 * @param u a parameter by layer, name and place, as in "dense1/w[0,2]" (from input 0 to unit 2), "dense1/b[2]"
 * @throws ArgumentError for a parameter that the model does not have, and for the same one twice
 */
export function planeOfParameters(model: Model, u: string, v: string): SurfacePlane {
  expectArgument("planeOfParameters", "model", model, modelKind);
  const { values, slices } = parameterVectorOf(model);
  const places = [u, v].map((name) => placeOf(name, slices));
  const [first, second] = places as [number, number];
  if (first === second) {
    throw new ArgumentError(`planeOfParameters: expected two parameters, received "${u}" twice`);
  }
  const origin = values.slice();
  for (const place of places) origin[place] = 0;
  const directions = places.map((place) => {
    const unit = new Float64Array(values.length);
    unit[place] = 1;
    return unit;
  }) as [Float64Array, Float64Array];
  return { names: [u, v], origin, directions, here: [values[first]!, values[second]!] };
}

/** The place of "dense1/w[0,2]" in the vector of all parameters. */
function placeOf(name: string, slices: ReadonlyMap<string, ParameterSlice>): number {
  expectArgument("planeOfParameters", "a parameter", name, text);
  const match = /^([^[]*)(?:\[([^\]]*)\])?$/.exec(name);
  const path = match?.[1] ?? name;
  const inside = match?.[2];
  const slice = slices.get(path);
  if (!slice) throw unknownName("parameter", path, [...slices.keys()]);
  const { shape, from } = slice;
  const parts = inside === undefined || inside.trim() === "" ? [] : inside.split(",");
  const indices = parts.map((part) => (/^\s*\d+\s*$/.test(part) ? Number(part) : Number.NaN));
  const fits = indices.length === shape.length && indices.every((at, axis) => at < shape[axis]!);
  if (!fits) {
    const example = `${path}[${shape.map(() => 0).join(",")}]`;
    throw new ArgumentError(
      `planeOfParameters: expected a place within "${path}", which has the shape ${showShape(shape)}, ` +
        `as in "${example}", received "${name}"`,
    );
  }
  return from + indices.reduce((sum, at, axis) => sum * shape[axis]! + at, 0);
}

/** Options of planeOfDirections(). */
export interface DirectionOptions {
  /** Of the random numbers; 0 by default. */
  readonly seed?: number;
}

const DIRECTIONS: Kinds<DirectionOptions> = { seed: index };

/**
 * The plane along two random directions, filter-normalised (Li et al. 2018, "Visualizing the loss
 * landscape of neural nets", section 4): what leads into a unit or makes a channel, along the last axis
 * of a weight, is as long in a direction as it is in the model. So u = 1 changes each by its own length,
 * and models of other scales can be compared. Biases and all that has one axis stand still. The model is at u = v = 0.
 */
export function planeOfDirections(model: Model, options: DirectionOptions = {}): SurfacePlane {
  expectArgument("planeOfDirections", "model", model, modelKind);
  expectOptions("planeOfDirections", options, DIRECTIONS);
  const { values, slices } = parameterVectorOf(model);
  const root = key(options.seed ?? 0);
  const [first, second] = [0, 1].map((which) => {
    const drawn = normal(foldIn(root, which), [values.length], { dtype: "float64" }).data;
    return filterNormalised(drawn as Float64Array, values, slices);
  }) as [Float64Array, Float64Array];
  const names = ["direction 1", "direction 2"] as const;
  return { names, origin: values, directions: [first, second], here: [0, 0] };
}

function filterNormalised(
  drawn: Float64Array,
  values: Float64Array,
  slices: ReadonlyMap<string, ParameterSlice>,
): Float64Array {
  const direction = new Float64Array(drawn.length);
  for (const { from, shape } of slices.values()) {
    if (shape.length < 2) continue;
    const filters = shape.at(-1)!;
    const end = from + sizeOf(shape);
    for (let filter = 0; filter < filters; filter++) {
      let [own, other] = [0, 0];
      for (let i = from + filter; i < end; i += filters) {
        own += values[i]! ** 2;
        other += drawn[i]! ** 2;
      }
      const factor = other === 0 ? 0 : Math.sqrt(own / other);
      for (let i = from + filter; i < end; i += filters) direction[i] = drawn[i]! * factor;
    }
  }
  return direction;
}

/** What planeOfPath() says beside the plane. */
export interface PathPlane extends SurfacePlane {
  /** The part of the way's variance that lies in each direction. */
  readonly shares: readonly [number, number];
}

/**
 * The plane in which most of a training's way lies: the first two principal components of where it was,
 * seen from its end (Li et al. 2018, section 7). Of random directions a way shows next to nothing.
 * The end is at u = v = 0; directions have length 1.
 * @param parameters vectors of all parameters, as of `parameterVectorOf`, three at least
 * @throws ShapeError for vectors of other lengths than the last
 */
export function planeOfPath(parameters: readonly Float64Array[]): PathPlane {
  expectArgument("planeOfPath", "parameters", parameters, PATH);
  const origin = parameters.at(-1)!;
  const rows = parameters.slice(0, -1).map((vector) => {
    if (vector.length === origin.length) return vector.map((x, i) => x - origin[i]!);
    throw new ShapeError(
      `planeOfPath: expected vectors of ${origin.length} parameters, received one of ${vector.length}`,
    );
  });
  // The eigenvectors of rows rows^T, which is small, give those of rows^T rows.
  const { values, vectors } = eigenOf(rows.map((a) => rows.map((b) => dotProduct(a, b))));
  const total = values.reduce((sum, x) => sum + Math.max(0, x), 0);
  const [first, second] = [1, 2].map((k) => {
    const direction = new Float64Array(origin.length);
    rows.forEach((row, r) => {
      const by = vectors.at(-k)![r]!;
      for (let i = 0; i < row.length; i++) direction[i]! += by * row[i]!;
    });
    const length = Math.sqrt(dotProduct(direction, direction));
    return length === 0 ? direction : direction.map((x) => x / length);
  }) as [Float64Array, Float64Array];
  const share = (k: number) => (total === 0 ? 0 : Math.max(0, values.at(-k)!) / total);
  return {
    names: ["component 1", "component 2"],
    origin,
    directions: [first, second],
    here: [0, 0],
    shares: [share(1), share(2)],
  };
}

const PATH: Kind = {
  says: "a list of three or more Float64Arrays",
  fits: (x) => Array.isArray(x) && x.length >= 3 && x.every((v) => v instanceof Float64Array),
};

/** a . b */
export function dotProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
