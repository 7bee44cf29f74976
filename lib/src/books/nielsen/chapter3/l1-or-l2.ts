// Nielsen, chapter 3: L1 drives small weights to zero and leaves a few large ones; L2 shrinks all in proportion.

import { dense } from "../../../nn/layers/index.ts";
import { penaltySlope, type Regularizer } from "../../../nn/regularizers/index.ts";
import { oneHot, tensor } from "../../../tensor/create.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { above, atLeast } from "../../shared/bounds.ts";
import { claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { type Digits, firstDigits } from "../../shared/mnist.ts";
import {
  counted,
  countedWithin,
  experimentPoint,
  natural,
  type Parameters,
  realAbove0,
} from "../../shared/parameters.ts";
import type { ExperimentRun, Sources } from "../../shared/run.ts";

type Kind = Regularizer["kind"];

/** What the penalty alone makes of a weight, step by step: w -= eta lambda / n times sign(w), or times w. */
export function decayed(kind: Kind, w: number, shrinking: number, steps: number): number[] {
  const sizes = { trainingSize: 1, batchSize: 1, batches: 1 };
  const regularizer: Regularizer = { kind, lambda: shrinking, convention: "network2" };
  const path = [w];
  for (let step = 0; step < steps; step++) {
    const at = path.at(-1)!;
    path.push(at - penaltySlope(regularizer, tensor(at, "float64"), sizes).item());
  }
  return path;
}

/** A trained 784-30-10 net: its first weights, and how much of the test set it has right. */
interface Regularized {
  readonly weights: Float32Array;
  readonly right: number;
}

async function trainWith(
  kind: Kind,
  { images, labels }: Digits,
  judge: Digits,
  { lambda, epochs, seed }: L1OrL2Point,
): Promise<Regularized> {
  const model = sequential(
    [784],
    dense(30, { activation: "sigmoid", weights: "scaledNormal" }),
    dense(10, { activation: "sigmoid", weights: "scaledNormal" }),
  ).with({ seed });
  model.compile({
    loss: "crossEntropy",
    optimizer: { name: "sgd", learningRate: 0.5 },
    regularizer: { kind, lambda, convention: "network2" },
  });
  const targets = oneHot(tensor([...labels], "int32"), 10);
  await model.fit(images, targets, { epochs, batchSize: 10, progress: false });
  const outputs = await model.predict(judge.images);
  const right = judge.labels.filter((digit, i) => {
    const row = outputs.data.subarray(10 * i, 10 * i + 10) as Float32Array;
    return row.indexOf(Math.max(...row)) === digit;
  });
  return {
    weights: Float32Array.from(model.layer("dense1")["w"]!.data),
    right: right.length / judge.labels.length,
  };
}

/** The share of some weights that are nearer to 0 than a bound. */
function shareBelow(weights: Float32Array, bound: number): number {
  return weights.filter((w) => Math.abs(w) < bound).length / weights.length;
}

/** The share of the sum of squares that the largest tenth of the weights has. */
function heldByLargest(weights: Float32Array): number {
  const squares = Float64Array.from(weights, (w) => w * w).sort();
  const total = squares.reduce((a, b) => a + b, 0);
  const tenth = squares.subarray(Math.floor(0.9 * squares.length));
  return tenth.reduce((a, b) => a + b, 0) / total;
}

/** What the experiment may be told instead. */
export interface L1OrL2Point {
  readonly lambda: number;
  readonly near: number;
  readonly train: number;
  readonly epochs: number;
  readonly seed: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<L1OrL2Point> = {
  lambda: realAbove0("lambda of both penalties", 0.3),
  near: realAbove0("what counts as near 0", 0.003),
  train: countedWithin("training images", 1_000, [10, 50_000]),
  epochs: counted("epochs", 10),
  seed: natural("what the weights are drawn by", 1),
};

const SIGN = "sign(0) is 0: the book and the notes leave a weight that is 0 where it is.";

/** One weight by hand, and the weights of two nets. */
export async function claims(
  given: Partial<L1OrL2Point>,
  { mnist }: Sources,
): Promise<ExperimentRun> {
  const point = experimentPoint("l1-or-l2", PARAMETERS, given);
  const { near, train } = point;
  const digits = await mnist();
  const [learn, judge] = [firstDigits(digits.train, train), firstDigits(digits.test, 1_000)];
  const l1 = await trainWith("l1", learn, judge, point);
  const l2 = await trainWith("l2", learn, judge, point);
  const [small1, small2] = (["l1", "l2"] as const).map((kind) => decayed(kind, 0.05, 0.01, 5));
  const right = ({ right }: Regularized) => `${(100 * right).toFixed(1)} %`;
  const note = `Right of the first 1,000 test images: ${right(l1)} with L1, ${right(l2)} with L2.`;
  return {
    claims: [
      claim(
        "w = 0.05, eta lambda / n = 0.01: after 5 steps by L1",
        0,
        Math.abs(small1!.at(-1)!),
        1e-15,
      ),
      claim("by L2", 0.05 * 0.99 ** 5, small2!.at(-1)!, 1e-15),
      claim("w = 1: after a step by L1", 0.99, decayed("l1", 1, 0.01, 1)[1]!, 1e-15),
      claim("by L2", 0.99, decayed("l2", 1, 0.01, 1)[1]!, 1e-15),
      claim("w = 0: after a step by L1", 0, decayed("l1", 0, 0.01, 1)[1]!, 0, SIGN),
      atLeast(
        `share of weights below ${near}, L1 / L2`,
        2,
        shareBelow(l1.weights, near) / shareBelow(l2.weights, near),
      ),
      above(
        "share of |W|^2 in the largest tenth, L1 - L2",
        0,
        heldByLargest(l1.weights) - heldByLargest(l2.weights),
        { note },
      ),
    ],
    curves: [histogram({ L1: l1.weights, L2: l2.weights })],
  };
}

/** The share of weights in each of forty bins from -0.2 to 0.2. */
function histogram(of: Readonly<Record<string, Float32Array>>): Curves {
  const series = Object.entries(of).map(([name, weights]) => {
    const counts = new Float64Array(40);
    for (const w of weights) {
      const bin = Math.floor((w + 0.2) * 100);
      if (bin >= 0 && bin < 40) counts[bin]!++;
    }
    const points = Array.from(counts, (n, bin) => {
      return [(bin + 0.5) / 100 - 0.2, n / weights.length] as const;
    });
    return { name, points };
  });
  return {
    title: "The first layer's weights",
    x: { label: "weight" },
    y: { label: "share in a bin of 0.01" },
    series,
  };
}
