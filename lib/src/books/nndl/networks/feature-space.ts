// NNDL section 4.2: a hidden layer transforms features. Exclusive or, which no line separates, is separated by one
// in the space of two hidden units.

import { type SeparatingLine, separatingLineOf } from "../../../inspect/learnt/separating-line.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { tensor } from "../../../tensor/create.ts";
import { add, sigmoid } from "../../../tensor/elementwise.ts";
import { matmul } from "../../../tensor/linear.ts";
import { TRUTH } from "../../nielsen/chapter1/gates.ts";
import { between } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { experimentPoint, natural, type Parameters, real } from "../../shared/parameters.ts";
import {
  column,
  drawNet,
  gradientDescent,
  logisticCost,
  netInputs,
  type SmallNet,
} from "../../shared/small-net.ts";

/** What the experiment may be told instead. */
export interface FeatureSpacePoint {
  readonly rate: number;
  readonly steps: number;
  readonly seed: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<FeatureSpacePoint> = {
  rate: real("the learning rate", 1),
  steps: natural("steps of gradient descent", 2000),
  seed: natural("what the weights are drawn by", 1),
};

const INPUTS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

/** Where the four rows of the truth table lie, and the widest street between their classes, if there is one. */
export interface FeatureSpace {
  readonly points: readonly (readonly [number, number])[];
  readonly line: SeparatingLine | null;
}

function spaceOf(features: Tensor): FeatureSpace {
  const values = Float64Array.from(features.data);
  const line = separatingLineOf({ count: 4, dimensions: 2, values }, TRUTH.xor);
  const points = [0, 1, 2, 3].map((n) => [values[2 * n]!, values[2 * n + 1]!] as const);
  return { points, line };
}

/** The inputs, and the hidden units before and after training. */
export function spaces(
  given: Partial<FeatureSpacePoint> = {},
): Readonly<Record<"inputs" | "fresh" | "trained", FeatureSpace>> {
  const { rate, steps, seed } = experimentPoint("feature-space", PARAMETERS, given);
  const x = tensor(INPUTS, "float64");
  const y = column(TRUTH.xor);
  const start = drawNet([2, 2, 1], seed);
  const cost = (net: SmallNet) => logisticCost(netInputs(net, x, sigmoid), y);
  const { net } = gradientDescent(cost, start, { rate, steps });
  const hidden = ({ weights, biases }: SmallNet) =>
    sigmoid(add(matmul(x, weights[0]!), biases[0]!));
  return { inputs: spaceOf(x), fresh: spaceOf(hidden(start)), trained: spaceOf(hidden(net)) };
}

const CORNERS =
  "The margin is the distance from the line to the nearest point. Two sigmoid units that answer 0 or 1 put two rows " +
  "into one corner and the others into two: then it is half of 1 / sqrt(2), 0.354.";

/** Whether a line separates the classes, and by what margin. */
export function claims(given: Partial<FeatureSpacePoint> = {}): Claim[] {
  const { inputs, fresh, trained } = spaces(given);
  const says = ({ line }: FeatureSpace) => (line ? "a line" : "no line");
  const widest = Math.SQRT2 / 4;
  return [
    claim("inputs: separated by", "no line", says(inputs), 0),
    claim("two hidden units, trained: separated by", "a line", says(trained), 0),
    between("their margin", [0.25, Number(widest.toFixed(4))], trained.line?.margin ?? 0, {
      note: CORNERS,
    }),
    between("before training", [0, 0.1], fresh.line?.margin ?? 0),
  ];
}

/** The four points in the space of the inputs and in that of the hidden units. */
export function curves(given: Partial<FeatureSpacePoint> = {}): Curves[] {
  const { inputs, trained } = spaces(given);
  const picture = (title: string, axes: readonly [string, string], { points }: FeatureSpace) => ({
    title,
    x: { label: axes[0] },
    y: { label: axes[1] },
    series: [0, 1].map((c) => ({
      // Where the two lines cross no straight line separates their ends.
      name: `between the rows of ${c}`,
      points: points.filter((_, n) => TRUTH.xor[n] === c),
    })),
  });
  return [
    picture("Inputs", ["x1", "x2"], inputs),
    picture("Hidden units after training", ["h1", "h2"], trained),
  ];
}
