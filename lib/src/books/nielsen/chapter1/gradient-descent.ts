// Nielsen, chapter 1: a ball that rolls down a bowl. What the gradient promises for a rate, and what a step does.

import { grad } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { tensor } from "../../../tensor/create.ts";
import { mul, square, sub } from "../../../tensor/elementwise.ts";
import { sum } from "../../../tensor/reduce.ts";
import { above } from "../../shared/bounds.ts";
import { type Claim, claim, decimals } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { counted, experimentPoint, type Parameters, real, reals } from "../../shared/parameters.ts";

const bowl = (v: Tensor): Tensor<[]> => sum(square(v));

const costAt = (v: Tensor): number => bowl(v).item();

/** One step of gradient descent on C = v1^2 + v2^2. */
function stepFrom(v: Tensor, eta: number): Tensor {
  return sub(v, mul(grad(bowl)(v), eta));
}

/** What a step was promised to change the cost by, -eta |grad C|^2, and what it changed it by. */
export function changeOf(
  start: readonly number[],
  eta: number,
): { promised: number; real: number } {
  const v = tensor([...start], "float64");
  const promised = -eta * sum(square(grad(bowl)(v))).item();
  return { promised, real: costAt(stepFrom(v, eta)) - costAt(v) };
}

/** The costs before each of some steps, and after the last. */
export function costsFrom(start: readonly number[], eta: number, steps: number): number[] {
  let v: Tensor = tensor([...start], "float64");
  const costs = [costAt(v)];
  for (let step = 0; step < steps; step++) {
    v = stepFrom(v, eta);
    costs.push(costAt(v));
  }
  return costs;
}

/** The least rate whose step no longer lowers the cost, by halving what lies between 0 and 4. */
export function firstThatOvershoots(start: readonly number[]): number {
  let [low, high] = [0, 4];
  for (let halving = 0; halving < 30; halving++) {
    const middle = (low + high) / 2;
    if (changeOf(start, middle).real < 0) low = middle;
    else high = middle;
  }
  return high;
}

/** Degrees from the gradient to the short step that lowers the cost most, of 72 directions. */
export function bestDirection(start: readonly number[], length = 1e-4): number {
  const v = tensor([...start], "float64");
  const [g1, g2] = grad(bowl)(v).data as unknown as [number, number];
  let [best, lowest] = [0, Number.POSITIVE_INFINITY];
  for (let degree = 0; degree < 360; degree += 5) {
    const angle = Math.atan2(g2, g1) + (degree * Math.PI) / 180;
    const to = [start[0]! + length * Math.cos(angle), start[1]! + length * Math.sin(angle)];
    const cost = costAt(tensor(to, "float64"));
    if (cost < lowest) [best, lowest] = [degree, cost];
  }
  return best;
}

/** What the experiment may be told instead. */
export interface GradientDescentPoint {
  readonly start: readonly number[];
  readonly eta: number;
  readonly large: number;
  readonly steps: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<GradientDescentPoint> = {
  start: reals("where the ball starts, (v1, v2)", [1, 1]),
  eta: real("the learning rate", 0.01),
  large: real("a rate that is too large", 1.1),
  steps: counted("steps of the ball", 50),
};

const CHANGE =
  "The notes lost both deltas and the norm: it is the change dC that is about -eta |grad C|^2, and the step " +
  "dv = -eta grad C.";
const EDGE =
  "At a rate of 1 the ball jumps from (v1, v2) to (-v1, -v2) for ever, at the same height.";

/** The promise kept where the rate is small, half kept, and broken. */
export function claims(given: Partial<GradientDescentPoint> = {}): Claim[] {
  const { start, eta, large, steps } = experimentPoint("gradient-descent", PARAMETERS, given);
  const small = changeOf(start, eta);
  const costs = costsFrom(start, eta, steps);
  const falls = costs.filter((cost, i) => i > 0 && cost < costs[i - 1]!).length;
  // The error of the promise is of second order: a tenth of the rate makes it a hundredth.
  const errorAt = (rate: number) => {
    const { promised, real } = changeOf(start, rate);
    return real - promised;
  };
  return [
    claim(`eta ${eta}: promised change of C`, -0.08, small.promised, 1e-12, CHANGE),
    claim(`eta ${eta}: real change`, -0.0792, small.real, 1e-12),
    claim(
      "error of the promise, a tenth of the rate / the rate",
      0.01,
      errorAt(eta / 10) / errorAt(eta),
      1e-6,
    ),
    claim("eta 1: real change", 0, changeOf(start, 1).real, 1e-12, EDGE),
    claim("least rate that no longer descends", 1, firstThatOvershoots(start), decimals(3)),
    above(`eta ${large}: real change`, 0, changeOf(start, large).real),
    claim(`eta ${eta}: steps that lower C, of ${steps}`, steps, falls, 0),
    claim("C after them", 2 * (1 - 2 * 0.01) ** 100, costs.at(-1)!, 1e-12),
    claim(
      "direction of the best short step, degrees from the gradient",
      180,
      bestDirection(start),
      0,
    ),
  ];
}

/** The height of the ball step by step, at some rates. */
export function curves(given: Partial<GradientDescentPoint> = {}): Curves[] {
  const { start, eta, large, steps } = experimentPoint("gradient-descent", PARAMETERS, given);
  const most = Math.min(steps, 20);
  return [
    {
      title: "A ball on a bowl, at several rates",
      x: { label: "step" },
      y: { label: "C", log: true },
      series: [eta, 0.1, 0.25, 1, large].map((rate) => ({
        name: `eta ${rate}`,
        points: costsFrom(start, rate, most).map((cost, step) => [step, cost] as const),
      })),
    },
  ];
}
