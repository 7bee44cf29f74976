// Nielsen, chapter 3: how to choose a learning rate and lambda: quick feedback, orders of magnitude, then halving.

import { dense } from "../../../nn/layers/index.ts";
import { oneHot, tensor } from "../../../tensor/create.ts";
import { halveLearningRate } from "../../../train/callbacks/index.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { atLeast, between } from "../../shared/bounds.ts";
import { claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { firstDigits, type Mnist } from "../../shared/mnist.ts";
import {
  counted,
  countedWithin,
  experimentPoint,
  natural,
  type Parameters,
} from "../../shared/parameters.ts";
import type { ExperimentRun, Sources } from "../../shared/run.ts";
import { type Network2Options, startNetwork2 } from "../network2/network2.ts";

const QUICK = {
  cost: "cross-entropy",
  init: "default",
  miniBatch: 10,
  monitor: "validation",
} satisfies Partial<Network2Options>;

/** What the experiment may be told instead. */
export interface HyperParametersPoint {
  readonly train: number;
  readonly monitor: number;
  readonly epochs: number;
  readonly patience: number;
  readonly seed: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<HyperParametersPoint> = {
  train: countedWithin("training images", 1_000, [10, 50_000]),
  monitor: countedWithin("validation images that are asked after each epoch", 100, [10, 10_000]),
  epochs: counted("epochs of each trial", 4),
  patience: counted("epochs without improvement after which the rate is halved", 10),
  seed: natural("the seed of all trials", 12345678),
};

/** How many of the monitored images are right after each epoch of a 784-10 net. */
export function trial(
  mnist: Mnist,
  { eta, lambda }: { readonly eta: number; readonly lambda: number },
  { train, monitor, epochs, seed }: Omit<HyperParametersPoint, "patience">,
): number[] {
  const training = startNetwork2(
    { ...QUICK, sizes: [784, 10], eta, lambda, train, epochs, seed },
    mnist,
  );
  return Array.from({ length: epochs }, () => {
    training.epoch();
    return training.onEvaluation(monitor).correct;
  });
}

/** The training cost of a 784-30-10 net before and after each of the first epochs, at a rate. */
function firstCosts(mnist: Mnist, eta: number, { train, seed }: HyperParametersPoint): number[] {
  const epochs = 2;
  const training = startNetwork2(
    { ...QUICK, sizes: [784, 30, 10], eta, lambda: 0, train, epochs, seed },
    mnist,
  );
  const costs = [training.onTraining().cost];
  for (let epoch = 0; epoch < epochs; epoch++) {
    training.epoch();
    costs.push(training.onTraining().cost);
  }
  return costs;
}

/** The largest power of ten at which the cost falls in each of the first epochs: from 0.01, up or down. */
export function thresholdRate(falls: (eta: number) => boolean): number {
  const at = (power: number) => Number(`1e${power}`);
  let power = -2;
  if (falls(at(power))) {
    while (power < 6 && falls(at(power + 1))) power++;
    return at(power);
  }
  while (power > -12 && !falls(at(power))) power--;
  return at(power);
}

/** Validation images that halving goes by: more than for feedback, since it must see small improvements. */
const HELD = 1_000;

/** Halves the rate whenever patience epochs bring nothing, and stops at 1/128 of it. */
async function halving(
  mnist: Mnist,
  { train, patience, seed }: HyperParametersPoint,
): Promise<{ rates: number[]; right: number[] }> {
  const learn = firstDigits(mnist.train, train);
  const { x, y } = mnist.train;
  const held = firstDigits(
    {
      x: { ...x, data: x.data.slice(50_000 * 784, (50_000 + HELD) * 784) },
      y: { ...y, data: y.data.slice(50_000, 50_000 + HELD) },
    },
    HELD,
  );
  const model = sequential(
    [784],
    dense(10, { activation: "sigmoid", weights: "scaledNormal" }),
  ).with({ seed });
  model.compile({
    loss: "crossEntropy",
    optimizer: { name: "sgd", learningRate: 0.5 },
    metrics: ["accuracy"],
  });
  const targets = (labels: readonly number[]) => oneHot(tensor([...labels], "int32"), 10);
  const { epochs } = await model.fit(learn.images, targets(learn.labels), {
    epochs: 400,
    batchSize: 10,
    progress: false,
    validationData: [held.images, targets(held.labels)],
    callbacks: [halveLearningRate({ monitor: "valAccuracy", patience, stopBelow: 1 / 128 })],
  });
  return {
    rates: epochs.map(({ learningRate }) => learningRate),
    right: epochs.map((epoch) => 100 * epoch["valAccuracy"]!),
  };
}

/** The book's trials on the way to a rate, and what it prints of the first epochs, of 100 images. */
const TRIALS = [
  { eta: 10, lambda: 1_000, book: "10 10 10 10", mean: [5, 15] },
  { eta: 10, lambda: 20, book: "12 14 25 18", mean: [10, 35] },
  { eta: 100, lambda: 20, book: "10 10 10 10", mean: [5, 15] },
  { eta: 1, lambda: 20, book: "62 42 43 61", mean: [40, 75] },
] as const;

const FEEDBACK =
  'What the notes call "feedback" is a way to get it quickly: few images, a small net, a look after each epoch. With ' +
  "lambda 1,000 and eta 10 each step multiplies the weights by 1 - 10 = -9.";

/** The recipe trial by trial, the threshold of the rate, and halving by no-improvement-in-ten. */
export async function claims(
  given: Partial<HyperParametersPoint>,
  { mnist }: Sources,
): Promise<ExperimentRun> {
  const point = experimentPoint("hyper-parameters", PARAMETERS, given);
  const { monitor, patience } = point;
  const digits = await mnist();
  const trials = TRIALS.map((setting) => ({ ...setting, right: trial(digits, setting, point) }));
  const told = trials.map(({ eta, lambda, book, mean, right }) => {
    const percent = (100 * right.reduce((a, b) => a + b, 0)) / right.length / monitor;
    const note = `eta ${eta}, lambda ${lambda}: ${right.join(" ")} of ${monitor} right; the book's run: ${book}.`;
    return between(`eta ${eta}, lambda ${lambda}: percent right on average`, mean, percent, {
      places: 1,
      note: lambda === 1_000 ? `${note} ${FEEDBACK}` : note,
    });
  });
  const best = Math.max(...trials.flatMap(({ right }) => right));
  const threshold = thresholdRate((eta) => {
    const costs = firstCosts(digits, eta, point);
    return costs.every((cost, epoch) => epoch === 0 || cost < costs[epoch - 1]!);
  });
  const { rates, right } = await halving(digits, point);
  const first = rates.findIndex((rate) => rate < rates[0]!);
  const atFirst = Math.max(...right.slice(0, first < 0 ? right.length : first));
  const ended =
    `${rates.length} epochs until 1/128 of the rate brings nothing for ${patience} epochs: ${atFirst.toFixed(1)} % with ` +
    `the first rate, ${Math.max(...right).toFixed(1)} % at best, ${right.at(-1)!.toFixed(1)} % at the end: a smaller rate calms the net here, and gains nothing.`;
  return {
    claims: [
      ...told,
      atLeast("best of the trials, percent", 60, (100 * best) / monitor, { places: 0 }),
      between("threshold of the rate, by powers of ten", [0.1, 1], threshold, { places: 2 }),
      claim("rate at the end / at the start", 1 / 128, rates.at(-1)! / rates[0]!, 1e-9, ended),
      atLeast("percent right: at the end - best with the first rate", -2, right.at(-1)! - atFirst),
    ],
    curves: drawn(trials, { rates, right }),
  };
}

function drawn(
  trials: readonly { eta: number; lambda: number; book: string; right: readonly number[] }[],
  { rates, right }: { readonly rates: readonly number[]; readonly right: readonly number[] },
): Curves[] {
  const over = (values: readonly number[]) => values.map((value, i) => [i + 1, value] as const);
  return [
    {
      title: "Images right in the first epochs of a 784-10 net",
      x: { label: "epoch" },
      y: { label: "right" },
      series: trials.flatMap(({ eta, lambda, book, right }) => [
        { name: `eta ${eta}, lambda ${lambda}`, points: over(right) },
        { name: "the book", points: over(book.split(" ").map(Number)), book: true },
      ]),
    },
    {
      title: "The rate, halved where nothing gets better",
      x: { label: "epoch" },
      y: { label: "learning rate", log: true },
      series: [{ name: "learning rate", points: over(rates) }],
    },
    {
      title: "Percent of the monitored images right",
      x: { label: "epoch" },
      y: { label: "%" },
      series: [{ name: "right", points: over(right) }],
    },
  ];
}
