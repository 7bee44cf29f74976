// Softmax turns numbers into probabilities: the picture in the notes, and Nielsen's widget of chapter 3, in
// which raising one input raises its own output and lowers all others.

import { lossOf, meanLoss } from "../../../nn/losses/index.ts";
import { valueAndGrad } from "../../../runtime/derivatives/autodiff.ts";
import { jacobian } from "../../../runtime/derivatives/jacobian.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { tensor } from "../../../tensor/create.ts";
import { expandDims } from "../../../tensor/movement.ts";
import { sum } from "../../../tensor/reduce.ts";
import { softmax } from "../../../tensor/softmax.ts";
import { type Claim, claim, decimals } from "../../shared/claim.ts";
import { experimentPoint, type Parameters, reals } from "../../shared/parameters.ts";

/** What the experiment may be told instead. */
export interface SoftmaxPoint {
  readonly picture: readonly number[];
  readonly widget: readonly number[];
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<SoftmaxPoint> = {
  picture: reals("the three net inputs of the picture in the notes", [3, 1, -3]),
  widget: reals("the four net inputs of Nielsen's widget", [2.5, -1, 3.2, 0.5]),
};

const RANGE =
  "The notes say that each value lies in {0, 1}; softmax values lie in the interval (0, 1).";

const LIKELIHOOD =
  "The notes call -ln a_y a maximum-likelihood cost; it is the negative log-likelihood, which one makes least. Behind " +
  "softmax its slope dC/dz is a - y: nothing saturates.";

/** -ln a_1 and its slope over the net inputs, where the first class is the right one. */
function logLikelihoodAt(z: readonly number[]): { cost: number; slope: readonly number[] } {
  const loss = lossOf({ name: "logLikelihood" });
  const right = tensor([z.map((_, j) => (j === 0 ? 1 : 0))], "float64");
  const costOf = (at: Tensor) => meanLoss(loss, right, softmax(expandDims(at, 0)));
  const [cost, slope] = valueAndGrad(costOf)(tensor([...z], "float64"));
  return { cost: cost.item(), slope: [...slope.data] };
}

/** The book's numbers of this experiment beside ours. */
export function claims(given: Partial<SoftmaxPoint> = {}): Claim[] {
  const { picture, widget } = experimentPoint("softmax", PARAMETERS, given);
  const z = tensor([...widget], "float64");
  const drawn = softmax(tensor([...picture], "float64")).data;
  // A second input of 0 leaves the logistic function of the first.
  const z1 = picture[0]!;
  const pair = softmax(tensor([z1, 0], "float64")).data[0]!;
  const a = softmax(z);
  const slopes = jacobian((at: Tensor) => softmax(at))(z);
  const { length } = widget;
  const raised = softmax(tensor([z1 + 1, ...picture.slice(1)], "float64")).data;
  const { cost, slope } = logLikelihoodAt(picture);
  const signs = widget.map((_, row) =>
    Array.from(slopes.data.subarray(row * length, (row + 1) * length), (s: number) =>
      s > 0 ? "+" : "-",
    ).join(""),
  );
  return [
    ...[0.88, 0.12, 0].map((printed, j) =>
      claim(`notes: y${j + 1}`, printed, drawn[j]!, decimals(2)),
    ),
    ...[0.9517, 0.0474, 0.0009].map((printed, j) =>
      claim(`notes, z1 raised by 1: y${j + 1}`, printed, raised[j]!, decimals(4)),
    ),
    claim("notes: log-likelihood cost -ln y1", 0.1291, cost, decimals(4), LIKELIHOOD),
    ...[-0.1211, 0.1189, 0.0022].map((printed, j) =>
      claim(`notes: its slope over z${j + 1}`, printed, slope[j]!, decimals(4)),
    ),
    claim("softmax(z, 0) - the logistic function of z", 0, pair - 1 / (1 + Math.exp(-z1)), 1e-15),
    ...[0.315, 0.009, 0.633, 0.043].map((printed, j) =>
      claim(`widget: a${j + 1}`, printed, a.data[j]!, decimals(3), RANGE),
    ),
    claim("sum", 1, sum(a).item(), 1e-15),
    claim("signs of da_j/dz_k", "+--- -+-- --+- ---+", signs.join(" "), 0),
  ];
}
