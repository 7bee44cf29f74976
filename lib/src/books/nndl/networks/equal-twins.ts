// NNDL, chapter 4: parameters are hard to interpret. Hidden units in another order, with other signs, are the same net.

import { moons } from "../../../data/synthetic.ts";
import { twinsOf } from "../../../inspect/learnt/twins.ts";
import { dense } from "../../../nn/layers/index.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { above } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import {
  counted,
  countedWithin,
  experimentPoint,
  natural,
  type Parameters,
} from "../../shared/parameters.ts";
import { toPoints } from "../../shared/small-net.ts";

/** What the experiment may be told instead. */
export interface EqualTwinsPoint {
  readonly hidden: number;
  readonly epochs: number;
  readonly seed: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<EqualTwinsPoint> = {
  hidden: countedWithin("hidden units", 3, [1, 100]),
  epochs: counted("epochs on two moons before", 20),
  seed: natural("what the weights are drawn by", 1),
};

const MEANING =
  "No weight means anything by its place: what unit 1 does here, unit 3 does there, perhaps with its sign turned.";

/** All twins of a trained 2-3-1 net of tanh units, and how they differ. */
export async function claims(given: Partial<EqualTwinsPoint> = {}): Promise<Claim[]> {
  const { hidden, epochs, seed } = experimentPoint("equal-twins", PARAMETERS, given);
  const { x, y } = toPoints(moons({ samples: 100, noise: 0.2, seed: 1, testFraction: 0 }).train);
  const twins = async (activation: "tanh" | "relu") => {
    const model = sequential(
      [2],
      dense(hidden, { activation, name: "hidden" }),
      dense(1, { activation: "sigmoid" }),
    ).with({ seed, dtype: "float64" });
    model.compile({ loss: "binaryCrossentropy", optimizer: { name: "sgd", learningRate: 0.5 } });
    await model.fit(x, y, { epochs, batchSize: 10, progress: false });
    return twinsOf(model, x, y, { layer: "hidden" });
  };
  const [bent, rectified] = [await twins("tanh"), await twins("relu")];
  return [
    claim("tanh: equal twins, 3! 2^3", 48, bent.count, 0),
    claim("tried", 48, bent.losses.length, 0),
    claim("largest difference of their losses", 0, bent.difference, 1e-14, MEANING),
    above("largest distance of their parameters", 1, bent.farthest),
    claim("ReLU: equal twins by order, 3!", 6, rectified.count, 0),
    claim("largest difference of their losses, ReLU", 0, rectified.difference, 1e-14),
  ];
}
