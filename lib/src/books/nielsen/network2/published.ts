// The runs of network2.py that Nielsen prints with their seed: the first epochs in short, all in full.

import type { Claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { type FullRun, once, type Work } from "../../shared/full-run.ts";
import type { Mnist } from "../../shared/mnist.ts";
import type { ExperimentPoint } from "../../shared/parameters.ts";
import type { ExperimentRun, Sources } from "../../shared/run.ts";
import { type Network2Epoch, type Network2Options, runNetwork2 } from "./network2.ts";
import { compareEpoch, NETWORK2_RUNS } from "./numbers.ts";

/** What a run is told but for what the book varies. */
const COMMON = {
  sizes: [784, 30, 10],
  cost: "cross-entropy",
  miniBatch: 10,
  seed: 12345678,
} as const;

/** Epochs of a run that is short enough to be run again and again. */
const SHORT = 2;

interface Published {
  readonly name: string;
  readonly options: Network2Options;
}

/** The published runs, as long as the book's. */
const RUNS: readonly Published[] = NETWORK2_RUNS.map(({ options, epochs }) => {
  const all = { ...COMMON, ...options, epochs: Math.max(...epochs) + 1 } as Network2Options;
  const { train, init, eta, lambda } = all;
  const name = `${train.toLocaleString("en-US")} images, ${init} weights, rate ${eta}, lambda ${lambda}`;
  return { name, options: all };
});

/** A run of network2 that is kept when it has ended: what each of its epochs reports. */
export function keptNetwork2(
  key: string,
  options: Network2Options,
  digits: Mnist,
  { store, report }: Work,
): Promise<Network2Epoch[]> {
  return once(store, key, () => {
    const epochs: Network2Epoch[] = [];
    for (const epoch of runNetwork2(options, digits)) {
      epochs.push(epoch);
      if (epoch.epoch % 10 > 0) continue;
      report(`${key}, epoch ${epoch.epoch}: ${epoch.evaluationCorrect} of 10,000`);
    }
    return epochs;
  });
}

/** The first epochs of the runs on 1,000 images. */
export async function claims(_: ExperimentPoint, { mnist }: Sources): Promise<Claim[]> {
  const digits = await mnist();
  return RUNS.filter(({ options }) => options.train === 1_000).flatMap(({ name, options }) => {
    const epochs = [...runNetwork2({ ...options, epochs: SHORT }, digits)];
    return epochs.flatMap((epoch) => claimsOf(name, options, epoch));
  });
}

export const full: FullRun = {
  seconds: 100,
  parameters: {},
  async run(_, { mnist }, work): Promise<ExperimentRun> {
    const digits = await mnist();
    const found: Claim[] = [];
    const curves: Curves[] = [];
    for (const { name, options } of RUNS) {
      const epochs = await keptNetwork2(name, options, digits, work);
      const ours = epochs.flatMap((epoch) => claimsOf(name, options, epoch));
      found.push(...ours);
      if (epochs.length > SHORT) curves.push(...curvesOf(name, options, epochs));
    }
    return { claims: found, curves };
  },
};

const WORDS: Readonly<Record<string, string>> = {
  evaluationCost: "evaluation cost",
  evaluationCorrect: "evaluation correct",
  trainingCost: "training cost",
  trainingCorrect: "training correct",
};

function claimsOf(run: string, options: Network2Options, epoch: Network2Epoch): Claim[] {
  return compareEpoch(options, epoch).map((one) => ({
    ...one,
    name: `${run}, epoch ${epoch.epoch}: ${WORDS[one.name]}`,
  }));
}

/** Costs and shares right over the epochs, with the points that the book prints. */
function curvesOf(
  run: string,
  options: Network2Options,
  epochs: readonly Network2Epoch[],
): Curves[] {
  const pairs = [
    { what: "cost", of: "Cost", sizes: { training: 1, evaluation: 1 } },
    {
      what: "percent right",
      of: "Correct",
      sizes: { training: options.train, evaluation: 10_000 },
    },
  ] as const;
  return pairs.map(({ what, of, sizes }) => ({
    title: `${run}: ${what}`,
    x: { label: "epoch" },
    y: { label: what, log: of === "Cost" },
    series: (["training", "evaluation"] as const).flatMap((part) => {
      const scale = of === "Cost" ? 1 : 100 / sizes[part];
      const key = `${part}${of}` as const;
      const points = epochs.map((one) => [one.epoch, scale * one[key]] as const);
      const book = epochs.flatMap((one) =>
        compareEpoch(options, one)
          .filter(({ name }) => name === key)
          .map(({ expected }) => [one.epoch, scale * Number(expected)] as const),
      );
      return [
        { name: part, points },
        ...(book.length > 0 ? [{ name: `${part}, book`, points: book, book: true }] : []),
      ];
    }),
  }));
}
