// NNDL's practice on sequences: letters are written backwards by a small transformer, and by nothing less than
// attention that knows the places.

import { dense, embedding, positionEmbedding, transformerBlock } from "../../../nn/layers/index.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { equal } from "../../../tensor/comparison.ts";
import { cast } from "../../../tensor/elementwise.ts";
import { flip } from "../../../tensor/movement.ts";
import { key, randint } from "../../../tensor/random.ts";
import { argmax, mean, min } from "../../../tensor/reduce.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { atLeast, below } from "../../shared/bounds.ts";
import type { Claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import {
  counted,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";

/** What the experiment may be told instead. */
export interface ReversalPoint {
  readonly letters: number;
  readonly steps: number;
  readonly width: number;
  readonly sequences: number;
  readonly epochs: number;
  readonly rate: number;
  readonly seed: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<ReversalPoint> = {
  letters: counted("letters that there are", 8),
  steps: counted("letters of a sequence", 5),
  width: counted("numbers that stand for a letter", 16),
  sequences: counted("sequences to learn from", 600),
  epochs: counted("epochs", 8),
  rate: real("the learning rate of Adam", 0.01),
  seed: natural("what sequences and weights are drawn by", 1),
};

/** What it has learnt of unseen sequences. */
export interface ReversalResult {
  /** The share of letters that stand right, and of sequences without a mistake. */
  readonly letters: number;
  readonly sequences: number;
  readonly losses: readonly number[];
}

/** Trains on random sequences. @param knowsPlaces false leaves out which letter stands where */
export async function train(
  knowsPlaces: boolean,
  given: Partial<ReversalPoint> = {},
): Promise<ReversalResult> {
  const point = experimentPoint("sequence-reversal", PARAMETERS, given);
  const { letters, steps, width, epochs, rate, seed } = point;
  const draw = (count: number, from: number) => randint(key(from), [count, steps], 0, letters);
  const [seen, unseen] = [draw(point.sequences, seed), draw(500, seed + 1)];
  const weights = { name: "normal", std: 0.5 } as const;
  const model = sequential([
    embedding(letters, width, { weights, inputShape: [steps] }),
    ...(knowsPlaces ? [positionEmbedding({ weights })] : []),
    transformerBlock(2, { hidden: width }),
    dense(letters, { activation: "softmax" }),
  ]).with({ seed });
  model.compile({
    loss: "sparseCategoricalCrossentropy",
    optimizer: { name: "adam", learningRate: rate },
  });
  const history = await model.fit(seen, flip(seen, 1), { epochs, batchSize: 50, progress: false });
  const guess = argmax((await model.predict(unseen)) as Tensor, -1);
  const right = cast(equal(guess, flip(unseen, 1)), "float32");
  return {
    letters: mean(right).item(),
    sequences: mean(min(right, 1)).item(),
    losses: history.epochs.map(({ loss }) => loss!),
  };
}

const PLACES =
  "Attention alone does not see order: without the places each step sees the same letters, and none can know which " +
  "of them is its mirror image, but for the one in the middle, which is itself.";

/** Letters in place, with and without the places. */
export async function claims(given: Partial<ReversalPoint> = {}): Promise<Claim[]> {
  const [placed, blind] = [await train(true, given), await train(false, given)];
  return [
    atLeast("unseen letters in place", 0.95, placed.letters, { note: PLACES }),
    atLeast("unseen sequences without a mistake", 0.8, placed.sequences),
    below("without places: unseen letters in place", 0.6, blind.letters),
  ];
}

/** How it learns. */
export async function curves(given: Partial<ReversalPoint> = {}): Promise<Curves[]> {
  const lines = await Promise.all(
    [true, false].map(async (knowsPlaces) => {
      const { losses } = await train(knowsPlaces, given);
      const points = losses.map((loss, epoch) => [epoch + 1, loss] as const);
      return { name: knowsPlaces ? "attention with places" : "without places", points };
    }),
  );
  return [
    { title: "Learning", x: { label: "epoch" }, y: { label: "training loss" }, series: lines },
  ];
}
