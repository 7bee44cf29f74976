// NNDL section 4.1: a ReLU answers exactly 0 to much of what it sees: how many zeros a hidden layer has, fresh and
// trained on digits.

import { activationsOf } from "../../../inspect/model/activations.ts";
import { dense } from "../../../nn/layers/index.ts";
import { fromData } from "../../../tensor/create.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { between } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import { firstDigits, type Mnist } from "../../shared/mnist.ts";
import {
  counted,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";

/** What the experiment may be told instead. */
export interface SparsityPoint {
  readonly hidden: number;
  readonly images: number;
  readonly rate: number;
  readonly epochs: number;
  readonly seed: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<SparsityPoint> = {
  hidden: counted("units of the hidden layer", 100),
  images: counted("digits to train on", 2000),
  rate: real("the learning rate", 0.1),
  epochs: natural("epochs", 3),
  seed: natural("what weights and minibatches are drawn by", 1),
};

/** Share of the hidden activations that are exactly 0, over 1,000 digits that the net does not train on. */
export interface Sparsity {
  readonly fresh: number;
  readonly trained: number;
  readonly accuracy: number;
}

/** Trains a net of one hidden layer by minibatches of 10. */
export async function measure(
  digits: Mnist,
  activation: "relu" | "sigmoid",
  point: Partial<SparsityPoint> = {},
): Promise<Sparsity> {
  const { hidden, images, rate, epochs, seed } = experimentPoint(
    "relu-sparsity",
    PARAMETERS,
    point,
  );
  const model = sequential(
    [784],
    dense(hidden, { activation, name: "hidden" }),
    dense(10, { activation: "softmax" }),
  ).with({ seed });
  model.compile({
    loss: "sparseCategoricalCrossentropy",
    optimizer: { name: "sgd", learningRate: rate },
    metrics: ["accuracy"],
  });
  const [train, test] = [firstDigits(digits.train, images), firstDigits(digits.test, 1000)];
  const zeros = () => {
    const { data } = activationsOf(model, test.images).get("hidden")!;
    return data.filter((a: number) => a === 0).length / data.length;
  };
  const fresh = zeros();
  const labels = (of: readonly number[]) => fromData(Int32Array.from(of), [of.length]);
  if (epochs > 0) {
    await model.fit(train.images, labels(train.labels), { epochs, batchSize: 10, progress: false });
  }
  const { accuracy } = await model.evaluate(test.images, labels(test.labels));
  return { fresh, trained: zeros(), accuracy: accuracy! };
}

const HALF =
  "The lecture counts among the reasons for ReLU that few units fire at once (about half of them on the average). " +
  "A sigmoid is never 0, so that every unit takes part in every answer.";

/** Zeros of a ReLU layer and of a sigmoid one. */
export async function claims(
  mnist: () => Promise<Mnist>,
  given: Partial<SparsityPoint> = {},
): Promise<Claim[]> {
  const digits = await mnist();
  const relu = await measure(digits, "relu", given);
  const sigmoid = await measure(digits, "sigmoid", { ...given, epochs: 0 });
  return [
    between("ReLU, fresh: share of zeros", [0.4, 0.6], relu.fresh, { note: HALF }),
    between("ReLU, trained: share of zeros", [0.4, 0.7], relu.trained),
    claim("sigmoid: share of zeros", 0, sigmoid.trained, 0),
  ];
}
