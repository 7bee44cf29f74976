// The set "gaussians" has a true p(y|x): how near a model comes to it.

import {
  count,
  expectArgument,
  expectOptions,
  type Kinds,
  notNegative,
  number,
} from "../../checks/arguments.ts";
import { ShapeError } from "../../checks/errors.ts";
import type { Model } from "../../train/model/model.ts";
import { decisionSurfaceOf, type PlaneWindow } from "../model/decision-surface.ts";
import { probabilitiesOf } from "../model/predictions.ts";

/**
 * The probability of class 1 at a point of the set "gaussians": two round normal clouds of variance
 * v = 0.5 + 7 noise about (2, 2) and (-2, -2), as many points in each, so that
 * p(1 | x, y) = sigmoid(4 (x + y) / v).
 * @param noise as the set was made with
 */
export function gaussiansPosterior(x: number, y: number, noise = 0): number {
  expectArgument("gaussiansPosterior", "x", x, number);
  expectArgument("gaussiansPosterior", "y", y, number);
  expectArgument("gaussiansPosterior", "noise", noise, notNegative);
  return 1 / (1 + Math.exp((-4 * (x + y)) / (0.5 + 7 * noise)));
}

/** What a model says of the plane beside what is true. */
export interface PosteriorGap {
  readonly window: PlaneWindow;
  readonly cells: number;
  /** p(1 | x), row by row from the top left. */
  readonly model: Float64Array;
  readonly truth: Float64Array;
  /** The mean of their distance over where points of the set lie, each cell by its density. */
  readonly mean: number;
  /** The largest distance in the window. */
  readonly largest: number;
}

/** Options of posteriorGapOf(). */
export interface PosteriorOptions {
  readonly noise?: number;
  /** Cells to a side; 80 by default. */
  readonly cells?: number;
}

const OPTIONS: Kinds<PosteriorOptions> = { noise: notNegative, cells: count };

/**
 * Sets a classifier of the set "gaussians" beside its true posterior.
 * @throws ShapeError (as a rejection) for a model that does not tell two classes of points apart
 */
export async function posteriorGapOf(
  model: Model,
  options: PosteriorOptions = {},
): Promise<PosteriorGap> {
  expectOptions("posteriorGapOf", options, OPTIONS);
  const { noise = 0, cells = 80 } = options;
  const variance = 0.5 + 7 * noise;
  const window = { center: [0, 0], reach: 2 + 3 * Math.sqrt(variance) } as const;
  const surface = await decisionSurfaceOf(model, window, cells);
  if (surface.outputs > 2) {
    throw new ShapeError(
      `posteriorGapOf: expected a model of two classes, received ${surface.outputs}`,
    );
  }
  const [found, truth] = [new Float64Array(cells * cells), new Float64Array(cells * cells)];
  let [sum, weight, largest] = [0, 0, 0];
  for (let i = 0; i < truth.length; i++) {
    const at = (cell: number) => window.reach * ((2 * (cell + 0.5)) / cells - 1);
    const [x, y] = [at(i % cells), -at(Math.floor(i / cells))];
    found[i] = probabilitiesOf(surface, i)[1]!;
    truth[i] = gaussiansPosterior(x, y, noise);
    const gap = Math.abs(found[i]! - truth[i]!);
    const density =
      Math.exp(-((x - 2) ** 2 + (y - 2) ** 2) / (2 * variance)) +
      Math.exp(-((x + 2) ** 2 + (y + 2) ** 2) / (2 * variance));
    sum += density * gap;
    weight += density;
    largest = Math.max(largest, gap);
  }
  return { window, cells, model: found, truth, mean: sum / weight, largest };
}
