// A function approximated three ways by as many units: built, trained from there, trained from scratch.

import {
  count,
  expectArgument,
  expectOptions,
  flag,
  func,
  index,
  type Kinds,
  listOf,
  positive,
} from "../../checks/arguments.ts";
import { fromData } from "../../tensor/create.ts";
import type { Model } from "../../train/model/model.ts";
import {
  CONSTRUCT,
  type Construction,
  type ConstructOptions,
  constructNetwork,
  emptyNetwork,
  type RealFunction,
  valueAt,
} from "./construct.ts";
import { type AverageDeviation, averageDeviationOf, axisOf, outputsAt } from "./deviation.ts";

/** Options of approximate(). */
export interface ApproximateOptions extends ConstructOptions {
  /** Train from the construction, and from scratch, too; false by default. */
  readonly train?: boolean;
  /** Steps of Adam on all examples at once; 1,000 by default. */
  readonly steps?: number;
  /** Of Adam; 0.03 by default. */
  readonly learningRate?: number;
  /** Of the weights from scratch; 0 by default. */
  readonly seed?: number;
}

/** One of the networks, with what it gives on a grid and how far it is from the function. */
export interface Approximated {
  readonly model: Model;
  readonly deviation: AverageDeviation;
  /** At the points of the approximation. */
  readonly outputs: readonly number[];
}

/** A function and its networks. */
export interface Approximation {
  readonly construction: Construction;
  /** Where values and outputs are: [x] or [x, y]. */
  readonly points: readonly (readonly number[])[];
  /** Of the function. */
  readonly values: readonly number[];
  readonly built: Approximated;
  /** From the construction on; null unless it was asked for. */
  readonly trained: Approximated | null;
  /** From random weights, as many units, as many steps. */
  readonly scratch: Approximated | null;
}

const OPTIONS: Kinds<ApproximateOptions> = {
  ...CONSTRUCT,
  train: flag,
  steps: count,
  learningRate: positive,
  seed: index,
};

/** Points of the picture and of the training, along each input. */
const POINTS = { 1: 200, 2: 30 } as const;

/**
 * Approximates a function by a network built of steps, bumps or towers, and if asked trains one from there
 * and one from scratch, which has as many units, on the squared error (Adam, 200 points or 30 x 30).
 * @throws NumberError where the function is not finite on the range, or training diverges
 */
export async function approximate(
  f: RealFunction,
  options: ApproximateOptions = {},
): Promise<Approximation> {
  expectArgument("approximate", "f", f, func);
  expectOptions("approximate", options, OPTIONS);
  const { train = false, steps = 1000, learningRate = 0.03, seed = 0, ...how } = options;
  const construction = constructNetwork(f, how);
  const { of, pieces, range } = construction;
  const inputs = of === "towers" ? 2 : 1;
  const axis = axisOf(range, POINTS[inputs], 0.5);
  const points = inputs === 1 ? axis.map((x) => [x]) : axis.flatMap((x) => axis.map((y) => [x, y]));
  const values = points.map(([x, y]) => valueAt(f, x!, y));
  const told = (model: Model): Approximated => ({
    model,
    deviation: averageDeviationOf(model, f, range),
    outputs: outputsAt(model, points),
  });
  const learn = async (model: Model) => {
    model.compile({ loss: "meanSquaredError", optimizer: { name: "adam", learningRate } });
    const x = fromData(Float64Array.from(points.flat()), [points.length, inputs]);
    const y = fromData(Float64Array.from(values), [points.length, 1]);
    await model.fit(x, y, { epochs: steps, batchSize: points.length, shuffle: false });
    return told(model);
  };
  return {
    construction,
    points,
    values,
    built: told(construction.model),
    trained: train ? await learn(constructNetwork(f, how).model) : null,
    scratch: train ? await learn(emptyNetwork(of, pieces, seed)) : null,
  };
}

/** The error of a construction with `pieces` pieces. */
export interface DeviationOfPieces extends AverageDeviation {
  readonly pieces: number;
  /** Hidden units. */
  readonly units: number;
}

/** The error of constructions as their pieces, and so their units, grow. */
export function deviationsByPieces(
  f: RealFunction,
  pieces: readonly number[],
  options: Omit<ConstructOptions, "pieces" | "heights"> = {},
): DeviationOfPieces[] {
  expectArgument("deviationsByPieces", "pieces", pieces, listOf(count));
  return pieces.map((many) => {
    const { model, units, range } = constructNetwork(f, { ...options, pieces: many });
    return { pieces: many, units, ...averageDeviationOf(model, f, range) };
  });
}
