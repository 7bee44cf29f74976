// Nielsen, chapters 1 and 3: the accuracies that the book prints of runs whose seed it does not tell, over several seeds.

import { above, around, between } from "../../shared/bounds.ts";
import type { Claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { type FullRun, once } from "../../shared/full-run.ts";
import type { Mnist } from "../../shared/mnist.ts";
import {
  counted,
  countedWithin,
  experimentPoint,
  natural,
  naturals,
  type Parameters,
} from "../../shared/parameters.ts";
import type { ExperimentRun, Sources } from "../../shared/run.ts";
import { type Network2Options, startNetwork2 } from "../network2/network2.ts";
import { UNSEEDED_RUNS, type UnseededRun } from "../network2/ranges.ts";

/** Percent right of the monitored images after each epoch. */
function percentsOf(
  mnist: Mnist,
  options: Network2Options,
  judge: number,
  report: (epoch: number, percent: number) => void = () => {},
): number[] {
  const training = startNetwork2(options, mnist);
  return Array.from({ length: options.epochs }, (_, epoch) => {
    training.epoch();
    const percent = (100 * training.onEvaluation(judge).correct) / judge;
    report(epoch, percent);
    return percent;
  });
}

/** What the experiment may be told instead. */
export interface UnseededRunsPoint {
  readonly train: number;
  readonly epochs: number;
  readonly judge: number;
  readonly seed: number;
}

/** The quick point: few images, few epochs. */
export const PARAMETERS: Parameters<UnseededRunsPoint> = {
  train: countedWithin("training images; the book has 50,000", 2_000, [10, 50_000]),
  epochs: counted("epochs; the book has 30", 3),
  judge: countedWithin("test images", 1_000, [10, 10_000]),
  seed: natural("the seed of each run", 12345678),
};

const CHAPTER_1 = {
  sizes: [784, 30, 10],
  cost: "quadratic",
  init: "large",
  lambda: 0,
  miniBatch: 10,
  monitor: "test",
} satisfies Partial<Network2Options>;

const WHOLE =
  "The whole runs beside 95.42, 96.59, 95.49, 96.82, 96.49, 97.92 and 98.04 %: `--full`.";

/** Three rates of chapter 1, shortly. */
export async function claims(
  given: Partial<UnseededRunsPoint>,
  { mnist }: Sources,
): Promise<ExperimentRun> {
  const { train, epochs, judge, seed } = experimentPoint("unseeded-runs", PARAMETERS, given);
  const digits = await mnist();
  const rates = [3, 0.001, 100];
  const runs = rates.map((eta) =>
    percentsOf(digits, { ...CHAPTER_1, eta, train, epochs, seed }, judge),
  );
  const [good, slow, wild] = runs.map((percents) => percents.at(-1)!) as [number, number, number];
  return {
    claims: [
      above("eta 3: percent right, above eta 0.001", slow, good, { places: 2, note: WHOLE }),
      between("eta 0.001: percent right, hardly more than chance", [3, 25], slow, { places: 2 }),
      between("eta 100: percent right, chance", [5, 15], wild, { places: 2 }),
    ],
    curves: [
      {
        title: "Percent of the test images right, by learning rate",
        x: { label: "epoch" },
        y: { label: "%" },
        series: runs.map((percents, i) => ({
          name: `eta ${rates[i]}`,
          points: percents.map((percent, epoch) => [epoch + 1, percent] as const),
        })),
      },
    ],
  };
}

/** Runs of chapters 1 and 3 on all images; those by training-set size are an experiment of their own. */
const PUBLISHED = UNSEEDED_RUNS.filter(
  ({ where, options }) => options.train === 50_000 && where !== "chapter 5" && !isBySize(options),
);

function isBySize({ init, eta }: Partial<Network2Options>): boolean {
  return init === "default" && eta === 0.5;
}

/** A run in words. */
function nameOf({ where, options }: UnseededRun): string {
  const { sizes, cost, eta, lambda, init, monitor } = options;
  const start = init === "large" ? "N(0, 1)" : "N(0, 1/n)";
  const decay = lambda === 0 ? "" : `, lambda ${lambda}`;
  return `${where}: ${sizes!.join("-")}, ${cost}, ${start}, eta ${eta}${decay}, ${monitor} images`;
}

/** The median of several seeds beside the book's figure; where starts differ by whole digits, the best of them. */
function besideTheBook(
  published: UnseededRun,
  seeds: readonly number[],
  figures: readonly number[],
): Claim {
  const { percent, of, range = [percent - 1, percent + 1], moreSeeds } = published;
  const name = nameOf(published);
  const sorted = [...figures].sort((a, b) => a - b);
  const ours = moreSeeds ? sorted.at(-1)! : sorted[Math.floor(sorted.length / 2)]!;
  const taken = moreSeeds
    ? "Ours above is the best of them: a start that leaves a digit unanswered loses ten percent, which the book calls quite some variation."
    : "Ours above is their median.";
  return around(
    `${name}; ${of} epoch`,
    percent,
    moreSeeds ? [percent - 1, percent + 1] : range,
    ours,
    {
      places: 2,
      note: `${name}: the book prints ${percent.toFixed(2)}; seeds ${seeds.join(", ")} give ${figures.map((x) => x.toFixed(2)).join(", ")}. ${taken}`,
    },
  );
}

/** All of them, each with several seeds. */
export const full: FullRun = {
  seconds: 1_500,
  parameters: {
    seeds: naturals("the seeds of each run", [12345678, 1, 2]),
  },
  async run(given, { mnist }, { store, report }): Promise<ExperimentRun> {
    const { seeds } = experimentPoint("unseeded-runs", full.parameters, given) as {
      seeds: readonly number[];
    };
    const rows: Claim[] = [];
    const curves: Curves[] = [];
    for (const published of PUBLISHED) {
      const name = nameOf(published);
      const { epochs, percent, of, moreSeeds } = published;
      const tried = [...new Set([...seeds, ...(moreSeeds ?? [])])];
      const runs: number[][] = [];
      for (const seed of tried) {
        const options = { ...published.options, epochs, seed } as Network2Options;
        const run = async () =>
          percentsOf(await mnist(), options, 10_000, (epoch, right) =>
            report(`${name}; seed ${seed}, epoch ${epoch + 1}: ${right} %`),
          );
        runs.push(await once(store, `${name}; seed ${seed}`, run));
      }
      const figures = runs.map((percents) =>
        of === "best" ? Math.max(...percents) : percents.at(-1)!,
      );
      rows.push(besideTheBook(published, tried, figures));
      curves.push({
        title: name,
        x: { label: "epoch" },
        y: { label: "% right" },
        series: [
          ...runs.map((percents, i) => ({
            name: `seed ${tried[i]}`,
            points: percents.map((right, epoch) => [epoch + 1, right] as const),
          })),
          { name: "the book", points: [[epochs, percent] as const], book: true },
        ],
      });
    }
    return { claims: rows, curves };
  },
};
