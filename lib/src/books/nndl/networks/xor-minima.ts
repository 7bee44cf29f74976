// The loss of a 2-2-1 net on exclusive or: where it has minima and saddles, and the trap beside its answer.

import {
  expectOptions,
  index,
  type Kinds,
  notNegative,
  within,
} from "../../../checks/arguments.ts";
import {
  type CriticalPoints,
  criticalPointsOf,
} from "../../../inspect/surfaces/critical-points.ts";
import type { Objective } from "../../../inspect/surfaces/objective.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData, tensor } from "../../../tensor/create.ts";
import { add, mul, sigmoid, square } from "../../../tensor/elementwise.ts";
import { at } from "../../../tensor/indexing.ts";
import { reshape } from "../../../tensor/movement.ts";
import { sum } from "../../../tensor/reduce.ts";
import { TRUTH } from "../../nielsen/chapter1/gates.ts";
import { atLeast } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import {
  counted,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";
import { column, logisticCost, netInputs } from "../../shared/small-net.ts";

const INPUTS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

/**
 * The mean cross-entropy of a 2-2-1 net of sigmoid units, over the vector of its nine parameters: w of the hidden
 * layer [2, 2], its b [2], w of the output [2, 1], its b [1]; with lambda / 2 times the square of
 * its length.
 */
export function objective(lambda = 0): Objective {
  expectOptions("xorMinima.objective", { lambda }, { lambda: notNegative });
  const y = column(TRUTH.xor);
  return (p) => {
    const cost = logisticCost(netInputsAt(p), y);
    return lambda === 0 ? cost : add(cost, mul(sum(square(p)), lambda / 2));
  };
}

/** How minima are searched. */
export interface XorMinimaOptions {
  /** The penalty, lambda / 2 |w|^2, which brings minima in from the infinite; 1e-5 by default. */
  readonly lambda?: number;
  /** How many starts; 30 by default. */
  readonly starts?: number;
  readonly seed?: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<Required<XorMinimaOptions>> = {
  lambda: real("the penalty, lambda / 2 |w|^2", 1e-5),
  starts: counted("how many starts", 30),
  seed: natural("what the starts are drawn by", 0),
};

const OPTIONS: Kinds<XorMinimaOptions> = {
  lambda: notNegative,
  starts: within(1, 10_000),
  seed: index,
};

/** The critical points that are found from starts of N(0, 3^2). */
export function criticalPoints(options: XorMinimaOptions = {}): CriticalPoints {
  expectOptions("xorMinima.criticalPoints", options, OPTIONS);
  const { lambda, starts, seed } = experimentPoint("xor-minima", PARAMETERS, options);
  return criticalPointsOf(objective(lambda), {
    starts: { dimensions: 9, count: starts, spread: 3, seed },
  });
}

/** The loss at a point, without penalty. */
export function lossAt(point: readonly number[]): number {
  return objective()(fromData(Float64Array.from(point), [point.length])).item();
}

/** What the net answers to 00, 01, 10 and 11. */
export function answersAt(point: readonly number[]): number[] {
  const p = fromData(Float64Array.from(point), [point.length]);
  return [...sigmoid(netInputsAt(p)).data];
}

function netInputsAt(p: Tensor): Tensor {
  const weights = [reshape(at(p, "0:4"), [2, 2]), reshape(at(p, "6:8"), [2, 1])];
  const net = { weights, biases: [at(p, "4:6"), at(p, "8:9")] };
  return netInputs(net, tensor(INPUTS, "float64"), sigmoid);
}

const PENALTY =
  "Without a penalty no minimum is at a finite place: the surer the answers, the lower the loss, and the " +
  "trap too lies in the infinite. A penalty of 1e-5 / 2 |w|^2 brings both to where a search can arrive.";
const LN2 = "All four answers are 1/2: the loss is ln 2 whatever the hidden units do.";

/** What is known of this surface beside what is found. */
export function claims(given: XorMinimaOptions = {}): Claim[] {
  const { points } = criticalPoints(given);
  const minima = points.filter(({ bend }) => bend === "minimum");
  const saddles = points.filter(({ bend }) => bend === "saddle");
  const losses = minima.map(({ point }) => lossAt(point));
  const nearest = (to: number, list: readonly number[]) =>
    list.reduce((a, b) => (Math.abs(b - to) < Math.abs(a - to) ? b : a), Number.POSITIVE_INFINITY);
  const trap = minima[losses.indexOf(nearest(Math.LN2 / 2, losses))];
  const halves = trap ? answersAt(trap.point).filter((a) => Math.abs(a - 0.5) < 0.01).length : 0;
  return [
    claim("a minimum that answers right: loss", 0, Math.min(...losses), 1e-2, PENALTY),
    claim(
      "a minimum that is a trap: loss ln 2 / 2",
      Math.LN2 / 2,
      nearest(Math.LN2 / 2, losses),
      1e-2,
    ),
    claim("the trap: answers of 1/2", 2, halves, 0),
    atLeast("saddles found", 1, saddles.length),
    claim(
      "a saddle: loss ln 2",
      Math.LN2,
      nearest(
        Math.LN2,
        saddles.map(({ point }) => lossAt(point)),
      ),
      1e-3,
      LN2,
    ),
  ];
}
