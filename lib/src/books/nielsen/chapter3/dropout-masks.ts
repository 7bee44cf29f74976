// Nielsen, chapter 3: dropout trains many nets at once. The mean over all masks is the whole net, scaled by 1 - p.

import { share } from "../../../checks/arguments.ts";
import { dropout } from "../../../nn/layers/index.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData } from "../../../tensor/create.ts";
import { abs, add, exp, log, mul, sigmoid, sub } from "../../../tensor/elementwise.ts";
import { matmul } from "../../../tensor/linear.ts";
import { expandDims } from "../../../tensor/movement.ts";
import { key, normal, uniform } from "../../../tensor/random.ts";
import { max, sum } from "../../../tensor/reduce.ts";
import { softmax } from "../../../tensor/softmax.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { above } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import {
  countedWithin,
  experimentPoint,
  natural,
  type Parameters,
} from "../../shared/parameters.ts";

/** All masks over n units, [2^n, n], and how likely each is when a unit is dropped with probability p, [2^n, 1]. */
export function allMasks(n: number, p: number): { masks: Tensor; likely: Tensor } {
  const rows = 2 ** n;
  const masks = Float64Array.from({ length: rows * n }, (_, i) => {
    return (Math.floor(i / n) >> (i % n)) & 1;
  });
  const likely = Float64Array.from({ length: rows }, (_, row) => {
    const kept = masks.subarray(row * n, row * n + n).reduce((a, b) => a + b, 0);
    return (1 - p) ** kept * p ** (n - kept);
  });
  return { masks: fromData(masks, [rows, n]), likely: fromData(likely, [rows, 1]) };
}

/** What the experiment may be told instead. */
export interface DropoutMasksPoint {
  readonly p: number;
  readonly units: number;
  readonly seed: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<DropoutMasksPoint> = {
  p: { says: "the probability that a unit is dropped", book: 0.5, kind: share },
  units: countedWithin("units that are dropped or kept", 10, [1, 14]),
  seed: natural("what activations and weights are drawn by", 1),
};

const CLASSES = 4;

const EACH =
  "The notes delete units in each training; it is for each minibatch that others go. They say nothing of test " +
  "time: all units answer then, times 1 - p (or 1 / (1 - p) while training).";
const ALMOST =
  "A sigmoid of the mean is not the mean of sigmoids: behind a bent layer the scaled net only comes near the mean.";

/** Means over all masks beside the net without any. */
export async function claims(given: Partial<DropoutMasksPoint> = {}): Promise<Claim[]> {
  const { p, units, seed } = experimentPoint("dropout-masks", PARAMETERS, given);
  const { masks, likely } = allMasks(units, p);
  const a = uniform(key(seed), [1, units], { dtype: "float64" });
  const w = normal(key(seed + 1), [units, CLASSES], { dtype: "float64" });
  const b = normal(key(seed + 2), [CLASSES], { dtype: "float64" });
  const masked = add(matmul(mul(masks, a), w), b);
  const whole = add(mul(matmul(a, w), 1 - p), b);
  const meanOver = (values: Tensor) => sum(mul(values, likely), 0);
  const geometric = exp(meanOver(log(softmax(masked))));
  const normalised = mul(geometric, 1 / sum(geometric).item());
  const apart = (x: Tensor, y: Tensor) => max(abs(sub(x, y))).item();
  const one = expandDims(fromData(Float32Array.from(a.data), [units]), 0);
  const atTest = async (convention: "original" | "inverted") => {
    const model = sequential([units], dropout(p, { convention }));
    return apart(await model.predict(one), mul(one, convention === "original" ? 1 - p : 1));
  };
  return [
    claim("all masks together: probability", 1, sum(likely).item(), 1e-12),
    claim(
      "linear units: mean over all masks - (1 - p) W a",
      0,
      apart(meanOver(masked), whole),
      1e-13,
    ),
    claim(
      "softmax: geometric mean - softmax((1 - p) W a)",
      0,
      apart(normalised, softmax(whole)),
      1e-13,
    ),
    above(
      "sigmoid units: mean - sigmoid of the mean",
      1e-4,
      apart(meanOver(sigmoid(masked)), sigmoid(whole)),
      {
        places: 4,
        note: ALMOST,
      },
    ),
    claim('layer "original" at test time - (1 - p) a', 0, await atTest("original"), 1e-7, EACH),
    claim('layer "inverted" at test time - a', 0, await atTest("inverted"), 0),
  ];
}
