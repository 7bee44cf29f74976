// Nielsen, chapter 3: on few images a net overfits. Where to stop: the cost and the count turn at other epochs.

import { around, atLeast, between } from "../../shared/bounds.ts";
import { type Claim, claim, decimals } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { type FullRun, once } from "../../shared/full-run.ts";
import type { Mnist } from "../../shared/mnist.ts";
import {
  countedWithin,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";
import type { ExperimentRun, Sources } from "../../shared/run.ts";
import { type Network2Options, startNetwork2 } from "../network2/network2.ts";

/** What the experiment may be told instead. */
export interface EarlyStoppingPoint {
  readonly train: number;
  readonly judge: number;
  readonly epochs: number;
  readonly lambda: number;
  readonly seed: number;
}

/** The book's point of this experiment; the book judges by all 10,000 images. */
export const PARAMETERS: Parameters<EarlyStoppingPoint> = {
  train: countedWithin("training images", 1_000, [10, 50_000]),
  judge: countedWithin("test images that it is judged by", 2_000, [10, 10_000]),
  epochs: countedWithin("epochs", 22, [2, 400]),
  lambda: real("L2 penalty", 0),
  seed: natural("the seed of the run", 12345678),
};

/** An epoch: cost and percentage over test images, and the percentage over the training images. */
interface Reported {
  readonly cost: number;
  readonly right: number;
  readonly trainingRight: number;
}

const OVERFITTING = {
  sizes: [784, 30, 10],
  cost: "cross-entropy",
  init: "large",
  eta: 0.5,
  miniBatch: 10,
  monitor: "test",
} satisfies Partial<Network2Options>;

function reportsOf(
  mnist: Mnist,
  { train, judge, epochs, lambda, seed }: EarlyStoppingPoint,
  report: (epoch: number, reported: Reported) => void = () => {},
): Reported[] {
  const training = startNetwork2({ ...OVERFITTING, train, lambda, epochs, seed }, mnist);
  return Array.from({ length: epochs }, (_, epoch) => {
    training.epoch();
    const { cost, correct } = training.onEvaluation(judge);
    const trainingRight = (100 * training.onTraining().correct) / train;
    const reported = { cost, right: (100 * correct) / judge, trainingRight };
    report(epoch, reported);
    return reported;
  });
}

/** The epoch, counted from 1, of the least or the largest. */
function bestEpoch(values: readonly number[], best: "least" | "most"): number {
  return values.indexOf(best === "least" ? Math.min(...values) : Math.max(...values)) + 1;
}

/**
 * The epoch after which a rule stops that waits for an improvement for so many epochs, counted from 1; null
 * where it does not.
 */
export function stopsAfter(values: readonly number[], patience: number): number | null {
  let best = Number.NEGATIVE_INFINITY;
  let waited = 0;
  for (const [epoch, value] of values.entries()) {
    waited = value > best ? 0 : waited + 1;
    best = Math.max(best, value);
    if (waited === patience) return epoch + 1;
  }
  return null;
}

const TURNS =
  "The cost over the test images turns long before their count does: it punishes sure mistakes. The book stops by " +
  "the count, on images kept for validation. By seeds 1 to 7 the cost turns in epochs 10 to 21.";

/** Where the cost over the test images turns. */
export async function claims(
  given: Partial<EarlyStoppingPoint>,
  { mnist }: Sources,
): Promise<ExperimentRun> {
  const point = experimentPoint("early-stopping", PARAMETERS, given);
  const reports = reportsOf(await mnist(), point);
  const costs = reports.map(({ cost }) => cost);
  const turn = bestEpoch(costs, "least");
  const last = reports.at(-1)!;
  return {
    claims: [
      between("epoch in which the test cost turns, near 15", [10, 20], turn, {
        places: 0,
        note: TURNS,
      }),
      atLeast("test cost at the end / at its least", 1, last.cost / costs[turn - 1]!),
      atLeast(
        "percent right: training - test images, at the end",
        10,
        last.trainingRight - last.right,
      ),
      atLeast(
        "percent right at the end - where the cost turns",
        -0.5,
        last.right - reports[turn - 1]!.right,
      ),
    ],
    curves: drawn(reports),
  };
}

function drawn(reports: readonly Reported[], book: Curves["series"] = []): Curves[] {
  const over = (name: string, of: keyof Reported) => {
    return { name, points: reports.map((report, epoch) => [epoch + 1, report[of]] as const) };
  };
  return [
    {
      title: "Cost over the test images",
      x: { label: "epoch" },
      y: { label: "cost" },
      series: [over("test images", "cost")],
    },
    {
      title: "Percent right",
      x: { label: "epoch" },
      y: { label: "%" },
      series: [over("test images", "right"), over("training images", "trainingRight"), ...book],
    },
  ];
}

/** What network2.py gives for this seed: percent right of the test images after some epochs. */
const BOOK_COUNTS: Curves["series"][number]["points"] = [
  [1, 58.87],
  [2, 65.05],
  [30, 81.26],
  [200, 81.9],
  [280, 82.23],
  [400, 82.23],
];

interface FullPoint {
  readonly epochs: number;
  readonly seed: number;
}

/** The book's 400 epochs, with and without weight decay, judged by all test images. */
export const full: FullRun = {
  seconds: 60,
  parameters: {
    epochs: countedWithin("epochs", 400, [12, 400]),
    seed: natural("the seed of both runs", 12345678),
  },
  async run(given, { mnist }, { store, report }): Promise<ExperimentRun> {
    const { epochs, seed } = experimentPoint(
      "early-stopping",
      full.parameters,
      given,
    ) as object as FullPoint;
    const judge = (await mnist()).test.x.shape[0]!;
    const point = { train: 1_000, judge, epochs, seed };
    const run = (lambda: number) =>
      once(store, `lambda ${lambda}`, async () =>
        reportsOf(await mnist(), { ...point, lambda }, (epoch, { right }) => {
          if ((epoch + 1) % 10 === 0) report(`lambda ${lambda}, epoch ${epoch + 1}: ${right} %`);
        }),
      );
    const [plain, decayed] = [await run(0), await run(0.1)];
    const right = plain.map((epoch) => epoch.right);
    const rightDecayed = decayed.map((epoch) => epoch.right);
    const stop = stopsAfter(right, 10);
    const stopped = stop ?? epochs;
    const note =
      `No-improvement-in-ten stops after epoch ${stopped}, at ${Math.max(...right.slice(0, stopped))} %; the best of ` +
      `all is ${Math.max(...right)} %, in epoch ${bestEpoch(right, "most")}.`;
    const claims: Claim[] = [
      between(
        "epoch in which the test cost turns, near 15",
        [12, 18],
        bestEpoch(
          plain.map(({ cost }) => cost),
          "least",
        ),
        { places: 0, note: TURNS },
      ),
      claim(
        "epoch from which all training images are right",
        "found",
        plain.some((epoch) => epoch.trainingRight === 100) ? "found" : "none",
        0,
      ),
      claim("percent right in the best epoch", 82.27, Math.max(...right), decimals(2), note),
      around(
        "lambda 0.1: percent right in the best epoch",
        87.1,
        [86.1, 88.1],
        Math.max(...rightDecayed),
        { places: 2 },
      ),
    ];
    const book: Curves["series"] = [
      { name: "test images, the book", points: BOOK_COUNTS, book: true },
    ];
    return { claims, curves: drawn(plain, book) };
  },
};
