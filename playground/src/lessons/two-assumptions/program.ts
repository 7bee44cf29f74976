// The two assumptions on the cost: that it is a mean over examples, and that it depends on weights by the outputs alone.

import { grad, type Tensor, tensor } from "neurite";

type Cost = "quadratic" | "batch" | "l2";

export interface Values {
  readonly cost: Cost;
  readonly lambda: number;
}

const x: Tensor = tensor(
  [
    [0.1, 0.9],
    [0.8, 0.3],
    [-0.5, 0.4],
    [0.7, -0.6],
  ],
  "float64",
);
const y: Tensor = tensor([[1], [0], [1], [0]], "float64");
const w: Tensor = tensor([[0.4], [-0.7]], "float64");

/** The outputs of one sigmoid unit; with "batch" its net inputs are first normalised over the examples at hand. */
function outputs(cost: Cost, at: Tensor, examples: Tensor): Tensor {
  const z = examples.matmul(at);
  if (cost !== "batch") return z.sigmoid();
  const centred = z.sub(z.mean());
  return centred.div(centred.square().mean().add(1e-3).sqrt()).sigmoid();
}

/** The mean over examples of half the squared distance; with "l2" also lambda/2 times the squared weights. */
function costOf(cost: Cost, at: Tensor, a: Tensor, targets: Tensor, lambda: number): Tensor<[]> {
  const mean = targets.sub(a).square().mean().div(2);
  return cost === "l2"
    ? mean.add(
        at
          .square()
          .sum()
          .mul(lambda / 2),
      )
    : mean;
}

function measure(cost: Cost, lambda: number) {
  const gradient = (examples: Tensor, targets: Tensor): Tensor =>
    grad((at: Tensor) => costOf(cost, at, outputs(cost, at, examples), targets, lambda))(w);
  // The first: the gradient of all examples together against the mean of the gradients, one by one.
  const together = gradient(x, y);
  const each = [0, 1, 2, 3].map((n) => gradient(x.at(`${n}:${n + 1}`), y.at(`${n}:${n + 1}`)));
  const mean = each.reduce((sum, one) => sum.add(one)).div(4);
  const gap = together.sub(mean).abs().max().item();
  // The second: the gradient by the weights while the outputs are held where they are.
  const held = outputs(cost, w, x);
  const beside = grad((at: Tensor) => costOf(cost, at, held, y, lambda).add(at.mul(0).sum()))(w);
  return { gap, beside: beside.abs().max().item() };
}

export function run({ cost, lambda }: Values) {
  const [quadratic, batch, l2] = [
    measure("quadratic", lambda),
    measure("batch", lambda),
    measure("l2", lambda),
  ] as const;
  const breaks = (value: number) => value > 1e-12;
  return {
    numbers: {
      ...{ quadratic, batch, l2 }[cost],
      // 1: batch breaks the first; 2: the second; 4: L2 breaks the first; 8: the second.
      pattern:
        (breaks(batch.gap) ? 1 : 0) +
        (breaks(batch.beside) ? 2 : 0) +
        (breaks(l2.gap) ? 4 : 0) +
        (breaks(l2.beside) ? 8 : 0),
    },
    tables: { all: [quadratic, batch, l2].map(({ gap, beside }) => [gap, beside]) },
  };
}
