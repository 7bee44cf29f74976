// Nielsen, chapter 5: how fast each hidden layer learns, from the first epoch on: the earlier, the slower.

import { lossOf, meanLoss } from "../../../nn/losses/index.ts";
import { compile } from "../../../runtime/compiled/compile.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import { scan } from "../../../runtime/loops/scan.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData, oneHot } from "../../../tensor/create.ts";
import { mul, sigmoid, sub } from "../../../tensor/elementwise.ts";
import { stack } from "../../../tensor/joining.ts";
import { norm } from "../../../tensor/reduce.ts";
import { above, between } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import type { FullRun } from "../../shared/full-run.ts";
import { once } from "../../shared/full-run.ts";
import { type Mnist, network2Pixels } from "../../shared/mnist.ts";
import { drawNetwork2 } from "../../shared/network2-start.ts";
import {
  countedWithin,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";
import type { ExperimentRun } from "../../shared/run.ts";
import { netInputs, type SmallNet } from "../../shared/small-net.ts";

/** What the experiment may be told instead. */
export interface LearningSpeedsPoint {
  readonly epochs: number;
  readonly images: number;
  readonly rate: number;
  readonly lambda: number;
  readonly seed: number;
}

const parameters = (epochs: number): Parameters<LearningSpeedsPoint> => ({
  epochs: countedWithin("epochs, a step over all images each", epochs, [2, 10_000]),
  images: countedWithin("images, counted from the first", 1_000, [1, 50_000]),
  rate: real("learning rate", 0.1),
  lambda: real("L2 penalty; weights shrink by 1 - rate lambda / images a step", 5),
  seed: natural("what network2's start is drawn by", 12345678),
});

/** The first epochs of the book's 500. */
export const PARAMETERS: Parameters<LearningSpeedsPoint> = parameters(10);

/** The nets of the chapter, by their hidden layers, and |dC/db| of each hidden layer before training as it prints them. */
const BOOK: readonly (readonly [hidden: number, speeds: readonly number[]])[] = [
  [2, [0.07, 0.31]],
  [3, [0.012, 0.06, 0.283]],
  [4, [0.003, 0.017, 0.07, 0.285]],
];

const CROSS_ENTROPY = lossOf({ name: "crossEntropy", fromLogits: true });

/** |dC/db| of every hidden layer before each epoch: [epochs][hidden layers]. */
export function speeds(mnist: Mnist, hidden: number, point: LearningSpeedsPoint): number[][] {
  const { epochs, images, rate, lambda, seed } = point;
  const { y } = mnist.train;
  const pixels = network2Pixels(mnist.train, images);
  const labels = fromData(Int32Array.from(y.data.subarray(0, images)), [images]);
  const decay = 1 - (rate * lambda) / images;
  const run = compile((start: SmallNet, inputs: Tensor, targets: Tensor) => {
    const cost = (net: SmallNet) =>
      meanLoss(CROSS_ENTROPY, targets, netInputs(net, inputs, sigmoid));
    const step = (net: SmallNet): [SmallNet, Tensor] => {
      const { weights, biases } = grad(cost)(net);
      const next = {
        weights: net.weights.map((w, l) => sub(mul(w, decay), mul(weights[l]!, rate))),
        biases: net.biases.map((b, l) => sub(b, mul(biases[l]!, rate))),
      };
      return [next, stack(biases.slice(0, -1).map((db) => norm(db)))];
    };
    return scan(step, start, null, { length: epochs })[1];
  });
  const sizes = [784, ...Array.from({ length: hidden }, () => 30), 10];
  const targets = oneHot(labels, 10, "float64");
  const norms = run(drawNetwork2(sizes, seed), fromData(pixels, [images, 784]), targets);
  return Array.from({ length: epochs }, (_, epoch) => [
    ...(norms.data.subarray(epoch * hidden, (epoch + 1) * hidden) as Float64Array),
  ]);
}

/** In how many of the epochs every hidden layer learns faster than the one before it. */
export function orderedEpochs(norms: readonly (readonly number[])[]): number {
  return norms.filter((one) => one.every((speed, l) => l === 0 || speed > one[l - 1]!)).length;
}

const ABOUT =
  "The book calls the first of four hidden layers about a hundred times slower than the fourth; over six seeds it " +
  "was 80 to 178 times before the first epoch.";
const TWO =
  "With two hidden layers the first can become the faster one for a while: over six seeds it was the slower in " +
  "309 to 500 of 500 epochs.";

type Speeds = readonly (readonly (readonly number[])[])[];

function claimsOf(found: Speeds, epochs: number): Claim[] {
  const ordered = found.map((norms, k) => {
    const name = `${BOOK[k]![0]} hidden layers: epochs with speeds in their order`;
    const count = orderedEpochs(norms);
    if (BOOK[k]![0] > 2) return claim(name, epochs, count, 0);
    return between(name, [Math.floor(0.6 * epochs), epochs], count, { places: 0, note: TWO });
  });
  const slowest = found.map((norms) => norms[0]!.at(-1)! / norms[0]![0]!);
  return [
    ...ordered,
    between("4 hidden layers: speed of the last / of the first", [50, 250], slowest[2]!, {
      places: 0,
      note: ABOUT,
    }),
    above("that for 3 / that for 2 hidden layers", 1, slowest[1]! / slowest[0]!, { places: 1 }),
    above("that for 4 / that for 3 hidden layers", 1, slowest[2]! / slowest[1]!, { places: 1 }),
  ];
}

function curvesOf(found: Speeds): Curves[] {
  return found.map((norms, k) => {
    const [hidden, book] = BOOK[k]!;
    return {
      title: `Speed of learning, ${hidden} hidden layers`,
      x: { label: "epoch" },
      y: { label: "|dC/db|", log: true },
      series: [
        ...book.map((_, l) => ({
          name: `hidden layer ${l + 1}`,
          points: norms.map((one, epoch) => [epoch, one[l]!] as const),
        })),
        { name: "the book's, before training", points: book.map((y) => [0, y]), book: true },
      ],
    };
  });
}

/** The book's numbers of this experiment beside ours. */
export async function claims(
  mnist: () => Promise<Mnist>,
  given: Partial<LearningSpeedsPoint> = {},
): Promise<ExperimentRun> {
  const point = experimentPoint("learning-speeds", PARAMETERS, given);
  const digits = await mnist();
  const found = BOOK.map(([hidden]) => speeds(digits, hidden, point));
  return { claims: claimsOf(found, point.epochs), curves: curvesOf(found) };
}

const WHOLE = parameters(500);

/** The book's 500 epochs. */
export const full: FullRun = {
  seconds: 25,
  parameters: WHOLE,
  async run(given, { mnist }, { store, report }) {
    const point = experimentPoint<LearningSpeedsPoint>("learning-speeds", WHOLE, given);
    const digits = await mnist();
    const found: number[][][] = [];
    for (const [hidden] of BOOK) {
      found.push(await once(store, `hidden-${hidden}`, () => speeds(digits, hidden, point)));
      report(`${hidden} hidden layers: ${point.epochs} epochs`);
    }
    return { claims: claimsOf(found, point.epochs), curves: curvesOf(found) };
  },
};
