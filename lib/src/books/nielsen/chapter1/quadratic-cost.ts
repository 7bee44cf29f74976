// Nielsen, chapter 1: his quadratic cost has a half and a sum over outputs; the mean squared error has neither.

import { ratio } from "../../../checks/arguments.ts";
import { type LossName, lossOf, meanLoss } from "../../../nn/losses/index.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { tensor } from "../../../tensor/create.ts";
import { div } from "../../../tensor/elementwise.ts";
import { key, uniform } from "../../../tensor/random.ts";
import { max, min } from "../../../tensor/reduce.ts";
import { type Claim, claim, decimals } from "../../shared/claim.ts";
import { counted, experimentPoint, type Parameters, real } from "../../shared/parameters.ts";

/** The mean loss of outputs a for targets y, both [examples, outputs]. */
function costOf(name: LossName, y: Tensor, a: Tensor): Tensor<[]> {
  return meanLoss(lossOf(name), y, a);
}

/** What the experiment may be told instead. */
export interface QuadraticCostPoint {
  readonly y: number;
  readonly a: number;
  readonly outputs: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<QuadraticCostPoint> = {
  y: real("the target of one output", 1),
  a: { says: "what it answers", book: 0.5, kind: ratio },
  outputs: counted("outputs of the net", 10),
};

const MSE =
  "The notes call the quadratic cost MSE. It is sum (y - a)^2 / 2 of an example; the mean squared error of Keras and " +
  "PyTorch is the mean over outputs. A rate for one is outputs / 2 times the rate for the other.";

/** Three losses of one output, and the factor between two costs of many. */
export function claims(given: Partial<QuadraticCostPoint> = {}): Claim[] {
  const { y, a, outputs } = experimentPoint("quadratic-cost", PARAMETERS, given);
  const [target, answer] = [y, a].map((value) => tensor([[value]], "float64"));
  const one = (name: LossName) => costOf(name, target!, answer!).item();
  const drawn = (from: number) => uniform(key(from), [8, outputs], { dtype: "float64" });
  const [many, answers] = [drawn(1), drawn(2)];
  const cost = (name: LossName) => costOf(name, many, answers).item();
  const slope = (name: LossName) => grad((at: Tensor) => costOf(name, many, at))(answers);
  const ratios = div(slope("quadratic"), slope("meanSquaredError"));
  return [
    claim(`y = ${y}, a = ${a}: quadratic cost`, 0.125, one("quadratic"), 0),
    claim("squared error, as in NNDL's figure 4.9", 0.25, one("meanSquaredError"), 0),
    claim("cross-entropy", Math.LN2, one("crossEntropy"), decimals(4)),
    claim(
      `${outputs} outputs: quadratic cost / mean squared error`,
      5,
      cost("quadratic") / cost("meanSquaredError"),
      1e-12,
      MSE,
    ),
    claim("their slopes: least ratio", 5, min(ratios).item(), 1e-12),
    claim("largest ratio", 5, max(ratios).item(), 1e-12),
  ];
}
