// The input that a unit responds to most, climbed to from a seed (activation maximisation).

import {
  count,
  expectOptions,
  finite,
  index,
  type Kinds,
  listOf,
  positive,
  text,
  whole,
} from "../../checks/arguments.ts";
import { ArgumentError, NumberError } from "../../checks/errors.ts";
import { Rng } from "../../data/random.ts";
import { allocate } from "../../ir/dtype.ts";
import { sameShape, sizeOf } from "../../ir/shape.ts";
import type { Placed } from "../../nn/network/network.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { valueAndGrad } from "../../runtime/derivatives/autodiff.ts";
import { withCurrent } from "../../runtime/interpreter/current.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Shape } from "../../shapes/index.ts";
import { mul } from "../../tensor/elementwise.ts";
import { norm, sum } from "../../tensor/reduce.ts";
import { toTensor } from "../../train/batches/examples.ts";
import type { Model } from "../../train/model/model.ts";
import { applyWith, layerOf, oneInput } from "./layer-outputs.ts";

/** An input that a unit responds to strongly, and how it came about. */
export interface MaximisedInput {
  readonly layer: string;
  readonly unit: number;
  readonly at: readonly number[];
  /** The input, of the shape of one example. */
  readonly shape: Shape;
  readonly values: ArrayLike<number>;
  /** Whether the net input z of the unit was climbed, or its output, where a layer has no z. */
  readonly isNetInput: boolean;
  /** What was climbed, before the first step and after each. */
  readonly climb: readonly number[];
}

/** Options of maximiseUnit(). */
export interface MaximiseOptions {
  readonly layer: string;
  /** A unit of a dense layer, or a channel of maps. */
  readonly unit: number;
  /** Where in the layer's output: [row, column] of a map, by default its middle. */
  readonly at?: readonly number[];
  /** Of the noise that it starts from; 0 by default. */
  readonly seed?: number;
  /** 100 by default. */
  readonly steps?: number;
  /** What numbers of an input may be; 0 to 1 by default. */
  readonly low?: number;
  readonly high?: number;
  /** How far a number moves in a step on average, as a share of high - low; 0.05 by default. */
  readonly rate?: number;
}

const OPTIONS: Kinds<MaximiseOptions> = {
  layer: text,
  unit: index,
  at: listOf(index),
  seed: whole,
  steps: count,
  low: finite,
  high: finite,
  rate: positive,
};

/** How far the noise of the start strays from the middle, as a share of the range. */
const START = 0.1;

/**
 * Gradient ascent on the input: every step follows the gradient of the unit's net input (of its output, in
 * layers that have none), scaled to a fixed length, and stays between low and high. It starts from noise about the
 * middle, and ends at an input that need not look like any example (Erhan et al. 2009).
 * @throws ArgumentError for a layer, unit or place that is not there
 * @throws NumberError where the gradient is not finite
 */
export function maximiseUnit(model: Model, options: MaximiseOptions): MaximisedInput {
  const where = "maximiseUnit";
  expectOptions(where, options, OPTIONS, ["layer", "unit"]);
  const { layer, unit, seed = 0, steps = 100, low = 0, high = 1, rate = 0.05 } = options;
  if (low >= high) {
    throw new ArgumentError(`${where}: expected low below high, received ${low} and ${high}`);
  }
  const placed = layerOf(where, model, layer);
  const at = placeIn(where, placed.outputShape, options);
  const { network, dtype, engine } = model.instance;
  const shape = network.inputShapes[0]!;
  const rng = new Rng(seed);
  const data = allocate(dtype, sizeOf(shape)).map(
    () => (low + high) / 2 + START * (high - low) * (rng.uniform() - 0.5),
  );
  const start = oneInput(where, model, toTensor({ dtype, shape: [1, ...shape], data }));
  const mask = oneHot([1, ...placed.outputShape], [0, ...at, unit], dtype);
  return withCurrent({ engine }, () => {
    const climbed = (x: Tensor) => sum(mul(climbedOf(model, placed, x).value, mask));
    const ascend = compile(valueAndGrad(climbed as (x: Tensor) => Tensor<[]>));
    const { isNetInput } = climbedOf(model, placed, toTensor(start));
    const climb: number[] = [];
    const values = start.data.slice();
    for (let step = 0; step <= steps; step++) {
      const [value, gradient] = ascend(toTensor({ ...start, data: values.slice() }));
      climb.push(value.item());
      const g = gradient.data;
      const length = norm(gradient).item() / Math.sqrt(g.length);
      if (!Number.isFinite(length)) {
        throw new NumberError(`${where}: the gradient of "${layer}" is not finite at step ${step}`);
      }
      if (step === steps || length === 0) break;
      const stride = (rate * (high - low)) / length;
      for (let i = 0; i < values.length; i++) {
        values[i] = Math.min(high, Math.max(low, values[i]! + stride * g[i]!));
      }
    }
    return { layer, unit, at, shape, values, isNetInput, climb };
  });
}

/** z of a layer that has one for every unit, else its output: where a ReLU is silent, z still has a gradient. */
function climbedOf(model: Model, { name }: Placed, x: Tensor) {
  let z: Tensor | undefined;
  const { layers } = applyWith(model, model.instance.params.tree, x, (layer, seen) => {
    if (layer === name) z = seen;
    return seen;
  });
  const y = layers.get(name)!;
  const isNetInput = z !== undefined && sameShape(z.shape, y.shape);
  return { value: isNetInput ? z! : y, isNetInput };
}

/** @throws ArgumentError for a unit or a place that the layer does not have */
function placeIn(where: string, shape: Shape, { layer, unit, at }: MaximiseOptions): number[] {
  const places = shape.slice(0, -1);
  const found = at ?? places.map((length) => Math.floor(length / 2));
  const fits = found.length === places.length && found.every((place, i) => place < places[i]!);
  const units = shape.at(-1) ?? 1;
  if (fits && unit < units) return [...found];
  const asked = `unit ${unit}${at ? ` at [${at.join(", ")}]` : ""}`;
  throw new ArgumentError(
    `${where}: "${layer}" gives [${shape.join(", ")}], the last axis counting its units; received ${asked}`,
  );
}

function oneHot(shape: Shape, at: readonly number[], dtype: "float32" | "float64"): Tensor {
  const data = allocate(dtype, sizeOf(shape));
  data[at.reduce((place, index, axis) => place * shape[axis]! + index, 0)] = 1;
  return toTensor({ dtype, shape, data });
}
