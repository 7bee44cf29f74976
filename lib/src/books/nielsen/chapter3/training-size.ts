// Nielsen, chapter 3: how much more data help: nine sizes of training set, each with as many steps.

import { above, around, between } from "../../shared/bounds.ts";
import type { Claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { type FullRun, once } from "../../shared/full-run.ts";
import type { Mnist } from "../../shared/mnist.ts";
import {
  counted,
  countedWithin,
  counts,
  experimentPoint,
  natural,
  type Parameters,
} from "../../shared/parameters.ts";
import type { ExperimentRun, Sources } from "../../shared/run.ts";
import { startNetwork2 } from "../network2/network2.ts";
import { BY_IMAGES } from "../network2/ranges.ts";

interface SizeRun {
  readonly train: number;
  /** Steps of ten images each. */
  readonly steps: number;
  readonly judge: number;
  readonly seed: number;
}

/** Percent right of the first validation images after some steps, lambda in proportion to the images. */
export function percentRight(mnist: Mnist, { train, steps, judge, seed }: SizeRun): number {
  const epochs = Math.max(1, Math.round((10 * steps) / train));
  const training = startNetwork2(
    {
      sizes: [784, 30, 10],
      cost: "cross-entropy",
      init: "default",
      eta: 0.5,
      lambda: train * 1e-4,
      miniBatch: 10,
      monitor: "validation",
      train,
      epochs,
      seed,
    },
    mnist,
  );
  for (let epoch = 0; epoch < epochs; epoch++) training.epoch();
  return (100 * training.onEvaluation(judge).correct) / judge;
}

/** What the experiment may be told instead. */
export interface TrainingSizePoint {
  readonly sizes: readonly number[];
  readonly steps: number;
  readonly judge: number;
  readonly seed: number;
}

/** The quick point: three of the book's sizes, and a hundredth of its steps. */
export const PARAMETERS: Parameters<TrainingSizePoint> = {
  sizes: counts("numbers of training images, 50,000 at most", [100, 500, 2_000]),
  steps: counted("minibatches of ten that each net learns from; the book has 150,000", 1_500),
  judge: countedWithin("validation images", 2_000, [10, 10_000]),
  seed: natural("the seed of each run", 12345678),
};

const SHORT = "The book trains a hundred times as long: `--full`.";

/** More images, more right. */
export async function claims(
  given: Partial<TrainingSizePoint>,
  { mnist }: Sources,
): Promise<ExperimentRun> {
  const { sizes, steps, judge, seed } = experimentPoint("training-size", PARAMETERS, given);
  const digits = await mnist();
  const right = sizes.map((train) => percentRight(digits, { train, steps, judge, seed }));
  const found: Claim[] = right.slice(1).map((percent, i) =>
    above(`percent right: ${sizes[i + 1]} images - ${sizes[i]} images`, 0, percent - right[i]!, {
      places: 2,
      note: SHORT,
    }),
  );
  const first = between(`${sizes[0]} images: percent right`, [64, 74], right[0]!, { places: 2 });
  return { claims: [first, ...found], curves: [drawn(sizes, right)] };
}

function drawn(sizes: readonly number[], right: readonly number[]): Curves {
  return {
    title: "Percent of validation images right",
    x: { label: "training images", log: true },
    y: { label: "%" },
    series: [
      { name: "here", points: sizes.map((size, i) => [size, right[i]!] as const) },
      { name: "the book", points: BY_IMAGES, book: true },
    ],
  };
}

/** The book's nine sizes, 150,000 steps each. */
export const full: FullRun = {
  seconds: 200,
  parameters: {
    steps: counted("minibatches of ten that each net learns from", 150_000),
    seed: natural("the seed of each run", 12345678),
  },
  async run(given, { mnist }, { store, report }): Promise<ExperimentRun> {
    const { steps, seed } = experimentPoint("training-size", full.parameters, given) as {
      steps: number;
      seed: number;
    };
    const right: number[] = [];
    for (const [train] of BY_IMAGES) {
      const run = { train, steps, judge: 10_000, seed };
      right.push(
        await once(store, `${train} images`, async () => percentRight(await mnist(), run)),
      );
      report(`${train} images: ${right.at(-1)} % right`);
    }
    const claims = BY_IMAGES.map(([train, percent], i) => {
      // The fewer images, the more depends on where the weights start.
      const reach = train < 1_000 ? 4 : 1;
      const range = [percent - reach, percent + reach] as const;
      return around(`${train} images: percent right`, percent, range, right[i]!, {
        places: 2,
        note: "Ranges: the book's figures are of runs whose seed it does not tell.",
      });
    });
    return {
      claims,
      curves: [
        drawn(
          BY_IMAGES.map(([size]) => size),
          right,
        ),
      ],
    };
  },
};
