// Penalties in plain text, to stand beside the control that sets lambda.

import { type Convention, type Regularizer, regularizerOf } from "./regularizer.ts";

const L2: Readonly<Record<Convention, string>> = {
  network2: "lambda / (2 n) * sum w^2, n = training examples",
  network3: "lambda / (2 B) * sum w^2, B = minibatches in an epoch",
  nndl: "lambda / 2 * sum w^2",
  playground: "lambda / 2 * sum w^2, left out of the loss shown",
  keras: "lambda * sum w^2",
};

const L1: Readonly<Record<Convention, string>> = {
  network2: "lambda / n * sum |w|, n = training examples",
  network3: "lambda / B * sum |w|, B = minibatches in an epoch",
  nndl: "lambda * sum |w|",
  playground: "lambda * sum |w|, left out of the loss shown; a weight that crosses 0 stays 0",
  keras: "lambda * sum |w|",
};

/** What the regularizer adds to the mean cost, with its number for lambda. */
export function formula(regularizer: Regularizer): string {
  const { kind, lambda, convention } = regularizerOf(regularizer);
  const text = (kind === "l2" ? L2 : L1)[convention];
  return text.replace("lambda", String(lambda));
}
