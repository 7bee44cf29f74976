// Networks that are built, not trained, for a function: out of steps, bumps and towers (Nielsen, chapter 4).

import {
  expectArgument,
  expectOptions,
  finite,
  func,
  type Kinds,
  listOf,
  oneOf,
  positive,
  within,
} from "../../checks/arguments.ts";
import { ArgumentError, NumberError } from "../../checks/errors.ts";
import { dense } from "../../nn/layers/index.ts";
import { fromData } from "../../tensor/create.ts";
import type { Model } from "../../train/model/model.ts";
import { sequential } from "../../train/model/sequential.ts";
import { type Range, rangeKind } from "../surfaces/surface.ts";

/** A function of one or two numbers. */
export type RealFunction = (x: number, y: number) => number;

/**
 * What a network is built of. "steps": a unit a step, each from one level to the next; "bumps": a pair of
 * steps each, up and down; "towers": of two inputs, where a bump along x and one along y meet.
 */
export type BuiltOf = "steps" | "bumps" | "towers";

/** Options of constructNetwork(). */
export interface ConstructOptions {
  /** "bumps" by default. */
  readonly of?: BuiltOf;
  /** Pieces of the range, along each input: 5 by default. */
  readonly pieces?: number;
  /** Of each input: 0 to 1 by default. */
  readonly range?: Range;
  /** w of the units that make steps; 1,000 over the width of the range by default, as in the book. */
  readonly weight?: number;
  /** The level on each piece, row by row of x for towers; the medians of the function there by default. */
  readonly heights?: readonly number[];
}

/** A network built for a function. */
export interface Construction {
  /** In float64. Its last layer is linear: what the book calls the weighted output. */
  readonly model: Model;
  readonly of: BuiltOf;
  readonly pieces: number;
  readonly range: Range;
  readonly weight: number;
  /** Where the steps are, along each input. */
  readonly edges: readonly number[];
  readonly heights: readonly number[];
  /** Hidden units. */
  readonly units: number;
}

export const CONSTRUCT: Kinds<ConstructOptions> = {
  of: oneOf("steps", "bumps", "towers"),
  pieces: within(1, 500),
  range: rangeKind,
  weight: positive,
  heights: listOf(finite),
};

const MOST_TOWERS = 40;

/**
 * A network that approximates f by levels. A hidden unit with a large weight w and the bias b = -w s is a step
 * at s = -b / w; a pair with the output weights h and -h is a bump of height h. A tower adds a bump along x
 * and one along y, of inner height h, under a unit with the bias -3 h / 2, which only both together exceed.
 * @param f a function of x, or for towers of x and y
 * @throws NumberError where f is not finite on the range
 */
export function constructNetwork(f: RealFunction, options: ConstructOptions = {}): Construction {
  expectArgument("constructNetwork", "f", f, func);
  expectOptions("constructNetwork", options, CONSTRUCT);
  const { of = "bumps", pieces = 5, range = [0, 1] } = options;
  const { weight = 1000 / (range[1] - range[0]) } = options;
  if (of === "towers" && pieces > MOST_TOWERS) {
    throw new ArgumentError(
      `constructNetwork: expected at most ${MOST_TOWERS} pieces a side for towers, received ${pieces}`,
    );
  }
  const edges = Array.from(
    { length: pieces + 1 },
    (_, k) => range[0] + ((range[1] - range[0]) * k) / pieces,
  );
  const heights = options.heights ?? bestLevels(f, edges, of === "towers" ? 2 : 1);
  const wanted = of === "towers" ? pieces ** 2 : pieces;
  if (heights.length !== wanted) {
    throw new ArgumentError(
      `constructNetwork: expected ${wanted} heights, one a piece, received ${heights.length}`,
    );
  }
  const model = BUILD[of](edges, heights, weight);
  const units = model.network.placed
    .slice(0, -1)
    .reduce((sum, { outputShape }) => sum + outputShape[0]!, 0);
  return { model, of, pieces, range, weight, edges, heights, units };
}

/** The layers of a network of this sort and size, as it would be trained from scratch. */
export function emptyNetwork(of: BuiltOf, pieces: number, seed: number): Model {
  const hidden = {
    steps: [Math.max(1, pieces - 1)],
    bumps: [2 * pieces],
    towers: [4 * pieces, pieces ** 2],
  }[of];
  const layers = hidden.map((units) => dense(units, { activation: "sigmoid" }));
  const model: Model = sequential([of === "towers" ? 2 : 1], ...[...layers, dense(1)]);
  return model.with({ dtype: "float64", seed });
}

type Build = (edges: readonly number[], heights: readonly number[], w: number) => Model;

const BUILD: Readonly<Record<BuiltOf, Build>> = {
  steps: (edges, heights, w) => {
    const steps = edges.slice(1, -1);
    const model = emptyNetwork("steps", heights.length, 0);
    // One piece needs no step: its unit is left without weight.
    const at = steps.length > 0 ? steps : [edges[0]!];
    const rises = at.map((_, k) => (steps.length > 0 ? heights[k + 1]! - heights[k]! : 0));
    set(
      model,
      "dense1",
      at.map(() => w),
      at.map((s) => -w * s),
    );
    set(model, "dense2", rises, [heights[0]!]);
    return model;
  },
  bumps: (edges, heights, w) => {
    const model = emptyNetwork("bumps", heights.length, 0);
    const at = pairsOf(edges);
    set(
      model,
      "dense1",
      at.map(() => w),
      at.map((s) => -w * s),
    );
    set(
      model,
      "dense2",
      heights.flatMap((h) => [h, -h]),
      [0],
    );
    return model;
  },
  towers: (edges, heights, w) => {
    const pieces = edges.length - 1;
    const model = emptyNetwork("towers", pieces, 0);
    const at = pairsOf(edges);
    // [2, 4 pieces]: the first half of the units sees x, the second y.
    const none = at.map(() => 0);
    const all = at.map(() => w);
    const biases = at.map((s) => -w * s);
    set(model, "dense1", [...all, ...none, ...none, ...all], [...biases, ...biases]);
    const inner = new Float64Array(4 * pieces * pieces ** 2);
    for (let i = 0; i < pieces; i++) {
      for (let j = 0; j < pieces; j++) {
        const tower = i * pieces + j;
        for (const [unit, sign] of [
          [2 * i, 1],
          [2 * i + 1, -1],
        ] as const) {
          inner[unit * pieces ** 2 + tower] = sign * INNER;
        }
        for (const [unit, sign] of [
          [2 * j, 1],
          [2 * j + 1, -1],
        ] as const) {
          inner[(2 * pieces + unit) * pieces ** 2 + tower] = sign * INNER;
        }
      }
    }
    set(
      model,
      "dense2",
      inner,
      heights.map(() => (-3 * INNER) / 2),
    );
    set(model, "dense3", heights, [0]);
    return model;
  },
};

/** The height of the bumps under a tower: both together exceed 3 h / 2 by enough to saturate. */
const INNER = 30;

function pairsOf(edges: readonly number[]): number[] {
  return edges.slice(0, -1).flatMap((edge, k) => [edge, edges[k + 1]!]);
}

function set(model: Model, layer: string, w: ArrayLike<number>, b: ArrayLike<number>): void {
  const variables = model.layer(layer);
  for (const [name, data] of [
    ["w", w],
    ["b", b],
  ] as const) {
    const variable = variables[name]!;
    variable.assign(fromData(Float64Array.from(data), variable.shape));
  }
}

const SAMPLES = { 1: 201, 2: 15 } as const;

/** The median of f on each piece: of all levels it deviates least on the mean. */
function bestLevels(f: RealFunction, edges: readonly number[], inputs: 1 | 2): number[] {
  const samples = SAMPLES[inputs];
  const inside = (k: number) =>
    Array.from({ length: samples }, (_, i) => {
      const from = edges[k]!;
      return from + ((edges[k + 1]! - from) * (i + 0.5)) / samples;
    });
  const pieces = edges.slice(1).map((_, k) => inside(k));
  if (inputs === 1) return pieces.map((xs) => median(xs.map((x) => valueAt(f, x))));
  return pieces.flatMap((xs) =>
    pieces.map((ys) => median(xs.flatMap((x) => ys.map((y) => valueAt(f, x, y))))),
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) / 2]!;
}

/** @throws NumberError where the function has no finite value */
export function valueAt(f: RealFunction, x: number, y?: number): number {
  const value = y === undefined ? (f as (x: number) => number)(x) : f(x, y);
  if (Number.isFinite(value)) return value;
  const at = [x, ...(y === undefined ? [] : [y])].map((c) => Number(c.toPrecision(6))).join(", ");
  throw new NumberError(
    `the function is ${value} at (${at}): only a function that is finite on the whole range can be approximated`,
  );
}
