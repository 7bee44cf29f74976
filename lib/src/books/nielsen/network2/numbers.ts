// What Nielsen's seeded network2 runs print: epochs of theirs to hold ours against.

import { type Claim, claim } from "../../shared/claim.ts";
import type { Network2Epoch, Network2Options } from "./network2.ts";

type Figures = Partial<Omit<Network2Epoch, "epoch">>;

interface PublishedRun {
  readonly options: Partial<Network2Options>;
  /** By epoch, from 0. */
  readonly epochs: Readonly<Record<number, Figures>>;
}

/** What all of them share. */
const COMMON: Partial<Network2Options> = {
  cost: "cross-entropy",
  miniBatch: 10,
  seed: 12345678,
};

const RUNS: readonly PublishedRun[] = [
  {
    options: { init: "large", eta: 0.5, lambda: 0, train: 1000, monitor: "test" },
    epochs: {
      0: {
        evaluationCost: 2.076277232332908,
        evaluationCorrect: 5887,
        trainingCost: 1.8433647860328504,
        trainingCorrect: 690,
      },
      1: { evaluationCorrect: 6505 },
      29: { evaluationCorrect: 8126 },
      199: { evaluationCorrect: 8190 },
      279: { evaluationCorrect: 8223 },
      399: {
        evaluationCost: 1.7731493757222807,
        evaluationCorrect: 8223,
        trainingCost: 0.0042016444290295845,
        trainingCorrect: 1000,
      },
    },
  },
  {
    options: { init: "large", eta: 0.5, lambda: 0.1, train: 1000, monitor: "test" },
    epochs: { 0: { evaluationCorrect: 5898 }, 1: { evaluationCorrect: 6512 } },
  },
  {
    options: { init: "large", eta: 0.5, lambda: 0, train: 50_000, monitor: "test" },
    epochs: { 0: { evaluationCost: 0.5613559005863086, evaluationCorrect: 9136 } },
  },
  {
    options: { init: "default", eta: 0.1, lambda: 5, train: 50_000, monitor: "validation" },
    epochs: { 0: { evaluationCorrect: 9270 } },
  },
];

/** The arguments of the runs that the book prints numbers of, and the epochs, from 0. */
export const NETWORK2_RUNS: readonly {
  readonly options: Partial<Network2Options>;
  readonly epochs: readonly number[];
}[] = RUNS.map(({ options, epochs }) => ({
  options,
  epochs: Object.keys(epochs).map(Number),
}));

/** Counts must agree exactly, costs to this. */
const COST_TOLERANCE = 1e-10;

/** The book's figures for an epoch of a run beside ours; none where it prints none. */
export function compareEpoch(options: Network2Options, ours: Network2Epoch): Claim[] {
  const run = RUNS.find((published) => describes({ ...COMMON, ...published.options }, options));
  const figures = run?.epochs[ours.epoch] ?? {};
  return Object.entries(figures).map(([name, value]) =>
    claim(name, value, ours[name as keyof Figures], name.endsWith("Cost") ? COST_TOLERANCE : 0),
  );
}

function describes(published: Partial<Network2Options>, options: Network2Options): boolean {
  const same = Object.entries(published).every(
    ([name, value]) => options[name as keyof Network2Options] === value,
  );
  return same && options.sizes.join() === "784,30,10";
}
