// How far a network is from a function: on average, at the book's points and over the whole range.

import { expectArgument, func, instance } from "../../checks/arguments.ts";
import { fromData } from "../../tensor/create.ts";
import { Model } from "../../train/model/model.ts";
import { type Range, rangeKind } from "../surfaces/surface.ts";
import { type RealFunction, valueAt } from "./construct.ts";

/** The mean of |network - function|. */
export interface AverageDeviation {
  /** At the book's points, 0, 0.01 ... 0.99 of the range; with two inputs 0, 0.02 ... 0.98 of both. */
  readonly atPoints: number;
  /** Over the whole range: in the middle of 2,000 parts, with two inputs of 60 x 60. */
  readonly overRange: number;
}

/**
 * The average deviation of a model of one or two inputs from a function, by two measures. They differ
 * where steps are steep, since some of the book's points lie on the steps themselves.
 * @throws NumberError where the function is not finite
 */
export function averageDeviationOf(
  model: Model,
  f: RealFunction,
  range: Range = [0, 1],
): AverageDeviation {
  expectArgument("averageDeviationOf", "model", model, instance("a model", Model));
  expectArgument("averageDeviationOf", "f", f, func);
  expectArgument("averageDeviationOf", "range", range, rangeKind);
  const inputs = model.network.inputShapes[0]?.[0] === 2 ? 2 : 1;
  const [points, parts] = inputs === 1 ? [100, 2000] : [50, 60];
  return {
    atPoints: averageOver(model, f, axisOf(range, points, 0), inputs),
    overRange: averageOver(model, f, axisOf(range, parts, 0.5), inputs),
  };
}

function averageOver(
  model: Model,
  f: RealFunction,
  axis: readonly number[],
  inputs: 1 | 2,
): number {
  const at = inputs === 1 ? axis.map((x) => [x]) : axis.flatMap((x) => axis.map((y) => [x, y]));
  const outputs = outputsAt(model, at);
  const total = at.reduce((sum, [x, y], i) => sum + Math.abs(outputs[i]! - valueAt(f, x!, y)), 0);
  return total / at.length;
}

/** `count` points of a range; `shift` is where in its part each lies. */
export function axisOf([from, to]: Range, count: number, shift: number): number[] {
  return Array.from({ length: count }, (_, i) => from + ((to - from) * (i + shift)) / count);
}

/** What a model of one output gives at some points, in float64. */
export function outputsAt(model: Model, points: readonly (readonly number[])[]): number[] {
  const inputs = points[0]!.length;
  const x = fromData(Float64Array.from(points.flat()), [points.length, inputs]);
  return Array.from(model.instance.forward([x])[0]!.data);
}
