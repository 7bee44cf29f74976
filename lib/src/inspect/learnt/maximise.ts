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
import { reshape } from "../../tensor/movement.ts";
import { sum } from "../../tensor/reduce.ts";
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

/** Options of maximiseUnits(). */
export interface MaximiseOptions {
  readonly layer: string;
  /** Units of a dense layer, or channels of maps. */
  readonly units: readonly number[];
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
  units: listOf(index),
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
 * Gradient ascent on the input, one input for each unit: every step follows the gradient of the unit's net input (of
 * its output, in layers that have none), scaled to a fixed length, and stays between low and high. All start from the
 * same noise about the middle, and end at inputs that need not look like any example (Erhan et al. 2009).
 * @throws ArgumentError for a layer, unit or place that is not there
 * @throws NumberError where a gradient is not finite
 */
export function maximiseUnits(model: Model, options: MaximiseOptions): MaximisedInput[] {
  const where = "maximiseUnits";
  expectOptions(where, options, OPTIONS, ["layer", "units"]);
  const { layer, units, seed = 0, steps = 100, low = 0, high = 1, rate = 0.05 } = options;
  if (low >= high) {
    throw new ArgumentError(`${where}: expected low below high, received ${low} and ${high}`);
  }
  const placed = layerOf(where, model, layer);
  const at = placeIn(where, placed.outputShape, options);
  if (units.length === 0) return [];
  const { network, dtype, engine } = model.instance;
  const shape = network.inputShapes[0]!;
  const [size, rng] = [sizeOf(shape), new Rng(seed)];
  const noise = Array.from(
    { length: size },
    () => (low + high) / 2 + START * (high - low) * (rng.uniform() - 0.5),
  );
  const data = allocate(dtype, units.length * size).map((_, i) => noise[i % size]!);
  const start = oneInput(where, model, toTensor({ dtype, shape: [units.length, ...shape], data }));
  const mask = oneHots([units.length, ...placed.outputShape], at, units, dtype);
  return withCurrent({ engine }, () => {
    const ascend = compile(
      valueAndGrad(
        (x: Tensor) => {
          const { value } = climbedOf(model, placed, x);
          const each = sum(reshape(mul(value, mask), [units.length, -1]), 1);
          return [sum(each), each] as [Tensor<[]>, Tensor];
        },
        { hasAux: true },
      ),
    );
    const { isNetInput } = climbedOf(model, placed, toTensor(start));
    const climbs = units.map((): number[] => []);
    const values = start.data.slice();
    for (let step = 0; step <= steps; step++) {
      const [[, heights], gradient] = ascend(toTensor({ ...start, data: values.slice() }));
      heights.data.forEach((height: number, i: number) => climbs[i]!.push(height));
      if (step === steps) break;
      units.forEach((_, i) => {
        const own = values.subarray(i * size, (i + 1) * size);
        const g = gradient.data.subarray(i * size, (i + 1) * size);
        const length = rootMeanSquare(g);
        if (!Number.isFinite(length)) {
          throw new NumberError(
            `${where}: the gradient of "${layer}" is not finite at step ${step}`,
          );
        }
        const stride = length === 0 ? 0 : (rate * (high - low)) / length;
        for (let k = 0; k < size; k++) {
          own[k] = Math.min(high, Math.max(low, own[k]! + stride * g[k]!));
        }
      });
    }
    return units.map((unit, i) => {
      const found = values.slice(i * size, (i + 1) * size);
      return { layer, unit, at, shape, values: found, isNetInput, climb: climbs[i]! };
    });
  });
}

function rootMeanSquare(numbers: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]! ** 2;
  return Math.sqrt(sum / numbers.length);
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
function placeIn(where: string, shape: Shape, { layer, units, at }: MaximiseOptions): number[] {
  const places = shape.slice(0, -1);
  const found = at ?? places.map((length) => Math.floor(length / 2));
  const fits = found.length === places.length && found.every((place, i) => place < places[i]!);
  const wrong = units.find((unit) => unit >= (shape.at(-1) ?? 1));
  if (fits && wrong === undefined) return [...found];
  const asked = `unit ${wrong ?? units[0]}${at ? ` at [${at.join(", ")}]` : ""}`;
  throw new ArgumentError(
    `${where}: "${layer}" gives [${shape.join(", ")}], the last axis counting its units; received ${asked}`,
  );
}

/** For every unit a 1 at its place of its row, and zeros. */
function oneHots(
  shape: Shape,
  at: readonly number[],
  units: readonly number[],
  dtype: "float32" | "float64",
): Tensor {
  const data = allocate(dtype, sizeOf(shape));
  units.forEach((unit, row) => {
    const where = [row, ...at, unit];
    data[where.reduce((place, index, axis) => place * shape[axis]! + index, 0)] = 1;
  });
  return toTensor({ dtype, shape, data });
}
