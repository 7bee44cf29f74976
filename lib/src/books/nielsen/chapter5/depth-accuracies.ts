// Nielsen, chapter 5: more hidden layers do not read more digits, as long as sigmoid layers learn at such different
// speeds.

import { above, around } from "../../shared/bounds.ts";
import type { Claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { type FullRun, once } from "../../shared/full-run.ts";
import type { Mnist } from "../../shared/mnist.ts";
import {
  counted,
  countedWithin,
  experimentPoint,
  natural,
  type Parameters,
} from "../../shared/parameters.ts";
import type { ExperimentRun } from "../../shared/run.ts";
import { startNetwork2 } from "../network2/network2.ts";
import type { Network2Options } from "../network2/options.ts";

/** What the experiment may be told instead. */
export interface DepthAccuraciesPoint {
  readonly train: number;
  readonly epochs: number;
  readonly judge: number;
  readonly seed: number;
}

const parameters = (
  train: number,
  epochs: number,
  judge: number,
): Parameters<DepthAccuraciesPoint> => ({
  train: countedWithin("training images, counted from the first", train, [10, 50_000]),
  epochs: counted("epochs", epochs),
  judge: countedWithin("validation images", judge, [10, 10_000]),
  seed: natural("the seed of both of network2's streams", 12345678),
});

/** A few epochs on few images. */
export const PARAMETERS: Parameters<DepthAccuraciesPoint> = parameters(1_000, 2, 1_000);

/** Percent of the validation images right, by hidden layers of 30. */
const BOOK: readonly (readonly [hidden: number, percent: number])[] = [
  [1, 96.48],
  [2, 96.9],
  [3, 96.57],
  [4, 96.53],
];

/** Percent of the validation images right after each epoch. */
export function percentsByEpoch(
  mnist: Mnist,
  hidden: number,
  { train, epochs, judge, seed }: DepthAccuraciesPoint,
  report: (epoch: number, percent: number) => void = () => {},
): number[] {
  const options: Network2Options = {
    sizes: [784, ...Array<number>(hidden).fill(30), 10],
    cost: "cross-entropy",
    init: "default",
    eta: 0.1,
    lambda: 5,
    miniBatch: 10,
    monitor: "validation",
    train,
    epochs,
    seed,
  };
  const training = startNetwork2(options, mnist);
  return Array.from({ length: epochs }, (_, epoch) => {
    training.epoch();
    const percent = (100 * training.onEvaluation(judge).correct) / judge;
    report(epoch, percent);
    return percent;
  });
}

const named = (hidden: number) => (hidden === 1 ? "1 hidden layer" : `${hidden} hidden layers`);

function curvesOf(runs: readonly (readonly number[])[], withBook: boolean): Curves {
  const book = BOOK.map(([, percent]) => [runs[0]!.length, percent] as const);
  return {
    title: "Validation images right, by hidden layers of 30",
    x: { label: "epoch" },
    y: { label: "%" },
    series: [
      ...runs.map((percents, i) => ({
        name: named(BOOK[i]![0]),
        points: percents.map((percent, epoch) => [epoch + 1, percent] as const),
      })),
      ...(withBook ? [{ name: "the book's, of 1 to 4 layers", points: book, book: true }] : []),
    ],
  };
}

const WHOLE =
  "The book's 96.48, 96.90, 96.57 and 96.53 %: neurite reproduce depth-accuracies --full.";

/** The first epochs on few images: the deeper, the later it begins. */
export async function claims(
  mnist: () => Promise<Mnist>,
  given: Partial<DepthAccuraciesPoint> = {},
): Promise<ExperimentRun> {
  const point = experimentPoint("depth-accuracies", PARAMETERS, given);
  const digits = await mnist();
  const runs = BOOK.map(([hidden]) => percentsByEpoch(digits, hidden, point));
  const [one, , , four] = runs.map((percents) => percents.at(-1)!) as [
    number,
    number,
    number,
    number,
  ];
  const name = `after ${point.epochs} epochs: % right with 1 hidden layer - with 4`;
  return {
    claims: [above(name, 0, one - four, { places: 2, note: WHOLE })],
    curves: [curvesOf(runs, false)],
  };
}

const LONG = parameters(50_000, 30, 10_000);
const UNSEEDED =
  "The book's runs have no seed that it tells; a point to either side counts as the same.";

/** The book's 30 epochs on all images. */
export const full: FullRun = {
  seconds: 600,
  parameters: LONG,
  async run(given, { mnist }, { store, report }) {
    const point = experimentPoint<DepthAccuraciesPoint>("depth-accuracies", LONG, given);
    const digits = await mnist();
    const runs: number[][] = [];
    for (const [hidden] of BOOK) {
      const compute = () =>
        percentsByEpoch(digits, hidden, point, (epoch, percent) => {
          report(
            `${named(hidden)}, epoch ${epoch + 1} of ${point.epochs}: ${percent.toFixed(2)} %`,
          );
        });
      runs.push(await once(store, `hidden-${hidden}`, compute));
    }
    const rows = BOOK.map(([hidden, percent], i): Claim => {
      return around(
        `${named(hidden)}: % right in the best epoch`,
        percent,
        [percent - 1, percent + 1],
        Math.max(...runs[i]!),
        { places: 2, note: UNSEEDED },
      );
    });
    return { claims: rows, curves: [curvesOf(runs, true)] };
  },
};
