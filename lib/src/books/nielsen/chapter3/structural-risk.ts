// Nielsen, chapter 3, and NNDL, chapter 4: structural risk is the mean loss and a penalty; what lambda means where.

import { moons } from "../../../data/synthetic.ts";
import { dense } from "../../../nn/layers/index.ts";
import {
  type Convention,
  coefficient,
  penalty,
  type Regularizer,
} from "../../../nn/regularizers/index.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { add, tanh } from "../../../tensor/elementwise.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { above, below } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import {
  counted,
  experimentPoint,
  natural,
  type Parameters,
  real,
  realAbove0,
} from "../../shared/parameters.ts";
import {
  drawNet,
  gradientDescent,
  logisticCost,
  netInputs,
  type SmallNet,
  toPoints,
} from "../../shared/small-net.ts";

/** Lambda of each convention for one and the same decay of weights, on n = 50,000 images in minibatches of 10. */
function lambdasFor(decay: number): Readonly<Record<Convention, number>> {
  return {
    network2: decay * 50_000,
    network3: decay * 5_000,
    nndl: decay,
    playground: decay,
    keras: decay / 2,
  };
}

/** What the experiment may be told instead. */
export interface StructuralRiskPoint {
  readonly lambda: number;
  readonly eta: number;
  readonly risk: number;
  readonly steps: number;
  readonly seed: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<StructuralRiskPoint> = {
  lambda: realAbove0("Nielsen's lambda, for 50,000 images", 5),
  eta: real("the learning rate of one step", 0.5),
  risk: realAbove0("lambda of R = mean loss + lambda / 2 |W|^2 on two moons", 0.01),
  steps: counted("steps of gradient descent there", 300),
  seed: natural("what points and weights are drawn by", 1),
};

const NOT_SHOWN =
  "What fit() reports as loss leaves the penalty out. Keras's loss has it, and so has network2's total_cost, whose " +
  "lambda is divided by the number of images that are judged.";

/** Five lambdas for one decay; and two nets, each the better by its own measure. */
export async function claims(given: Partial<StructuralRiskPoint> = {}): Promise<Claim[]> {
  const { lambda, eta, risk, steps, seed } = experimentPoint("structural-risk", PARAMETERS, given);
  const sizes = { trainingSize: 50_000, batchSize: 10, batches: 5_000 };
  const of = (convention: Convention, value: number): Regularizer => {
    return { kind: "l2", lambda: value, convention };
  };
  const decay = coefficient(of("network2", lambda), sizes);
  const lambdas = lambdasFor(decay);
  const same = (Object.keys(lambdas) as Convention[]).map((convention) => {
    const ours = coefficient(of(convention, lambdas[convention]), sizes);
    const shown = Number(lambdas[convention].toPrecision(6));
    return claim(`decay by ${convention}'s lambda of ${shown}`, 1e-4, ours, 1e-16);
  });
  const { x, y } = toPoints(moons({ samples: 100, noise: 0.5, seed, testFraction: 0 }).train);
  const meanLoss = (net: SmallNet) => logisticCost(netInputs(net, x, tanh), y);
  const term = (net: SmallNet) => penalty(of("nndl", risk), net.weights as Tensor[], sizes);
  const riskOf = (net: SmallNet) => add(meanLoss(net), term(net)) as Tensor<[]>;
  const start = drawNet([2, 8, 1], seed);
  const byLoss = gradientDescent(meanLoss, start, { rate: 0.5, steps }).net;
  const byRisk = gradientDescent(riskOf, start, { rate: 0.5, steps }).net;
  const value = (f: (net: SmallNet) => Tensor<[]>, net: SmallNet) => f(net).item();
  const told = (net: SmallNet) =>
    `mean loss ${value(meanLoss, net).toFixed(4)}, penalty ${value(term, net).toFixed(4)}, R ${value(riskOf, net).toFixed(4)}`;
  return [
    ...same,
    claim(`factor of a step at eta ${eta}`, 0.99995, 1 - eta * decay, 1e-15),
    above(
      "R - mean loss, of the net that descends R",
      0,
      value(riskOf, byRisk) - value(meanLoss, byRisk),
      { places: 4 },
    ),
    below(
      "R: the net that descends R - the other",
      0,
      value(riskOf, byRisk) - value(riskOf, byLoss),
      {
        places: 4,
        note: `Descending R: ${told(byRisk)}. Descending the loss: ${told(byLoss)}.`,
      },
    ),
    above(
      "mean loss: the net that descends R - the other",
      0,
      value(meanLoss, byRisk) - value(meanLoss, byLoss),
      { places: 4 },
    ),
    claim(
      "loss reported by fit() with a penalty - without",
      0,
      await reportedDifference(),
      0,
      NOT_SHOWN,
    ),
  ];
}

/** What fit() reports in its first epoch with a penalty less what it reports without, the same weights and one step. */
async function reportedDifference(): Promise<number> {
  const { train } = moons({ samples: 50, noise: 0.2, seed: 1, testFraction: 0 });
  const lossWith = async (regularizer: Regularizer[]) => {
    const model = sequential([2], dense(1, { activation: "sigmoid" })).with({ seed: 1 });
    model.compile({ loss: "binaryCrossentropy", optimizer: "sgd", regularizer });
    const { epochs } = await model.fit(train.x, train.y, { epochs: 1, batchSize: 50 });
    return epochs[0]!.loss;
  };
  return (await lossWith([{ kind: "l2", lambda: 1, convention: "nndl" }])) - (await lossWith([]));
}
