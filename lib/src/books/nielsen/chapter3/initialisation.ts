// Nielsen, chapter 3: weights of N(0, 1) make net inputs that saturate; divided by the root of their number they do not.

import { grad } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { greater } from "../../../tensor/comparison.ts";
import { tensor } from "../../../tensor/create.ts";
import { abs, add, cast, erf, sigmoid, square, sub } from "../../../tensor/elementwise.ts";
import { key, normal, splitKey } from "../../../tensor/random.ts";
import { mean, sum } from "../../../tensor/reduce.ts";
import { above, around, between } from "../../shared/bounds.ts";
import { type Claim, claim, decimals } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { type FullRun, once } from "../../shared/full-run.ts";
import {
  counted,
  countedWithin,
  experimentPoint,
  natural,
  type Parameters,
} from "../../shared/parameters.ts";
import type { ExperimentRun, Sources } from "../../shared/run.ts";
import { type Network2Options, startNetwork2 } from "../network2/network2.ts";

/** Net inputs of many neurons with n inputs, half of which are 1 and half 0, and a bias of N(0, 1). */
export function drawNetInputs(inputs: number, neurons: number, std: number, seed: number): Tensor {
  const [k1, k2] = splitKey(key(seed));
  const on = Math.ceil(inputs / 2);
  const w = normal(k1, [neurons, on], { std, dtype: "float64" });
  return add(sum(w, 1), normal(k2, [neurons], { dtype: "float64" }));
}

/** P(|z| > bound) of z from N(0, deviation^2). */
function beyond(bound: number, deviation: number): number {
  return 1 - erf(tensor(bound / (deviation * Math.SQRT2), "float64")).item();
}

function deviationOf(z: Tensor): number {
  return Math.sqrt(mean(square(sub(z, mean(z)))).item());
}

function shareBeyond(bound: number, z: Tensor): number {
  return mean(cast(greater(abs(z), bound), "float64")).item();
}

/** The mean of sigma'(z). */
function meanSlope(z: Tensor): number {
  return mean(grad((at: Tensor) => sum(sigmoid(at)))(z)).item();
}

/** What the experiment may be told instead. */
export interface InitialisationPoint {
  readonly inputs: number;
  readonly neurons: number;
  readonly train: number;
  readonly seed: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<InitialisationPoint> = {
  inputs: countedWithin("inputs of a neuron, half of which are on", 1_000, [2, 10_000]),
  neurons: counted("neurons that are drawn", 1_000),
  train: countedWithin("training images of one epoch with both", 3_000, [10, 50_000]),
  seed: natural("the seed of all draws", 1),
};

const OUTPUT =
  "The notes call z the sum of the outputs; it is the net input of one neuron, and it is |z| that is large.";

const RATES = { cost: "cross-entropy", eta: 0.1, miniBatch: 10, monitor: "validation" } as const;

/** The spread of z by formula and by draws, and one epoch of both ways to start. */
export async function claims(
  given: Partial<InitialisationPoint>,
  { mnist }: Sources,
): Promise<Claim[]> {
  const { inputs, neurons, train, seed } = experimentPoint("initialisation", PARAMETERS, given);
  const on = Math.ceil(inputs / 2);
  const [large, small] = [Math.sqrt(on + 1), Math.sqrt(on / inputs + 1)];
  const zLarge = drawNetInputs(inputs, neurons, 1, seed);
  const zSmall = drawNetInputs(inputs, neurons, 1 / Math.sqrt(inputs), seed);
  const digits = await mnist();
  const rightAfterOne = (init: Network2Options["init"]) => {
    // Lambda in proportion to the images, as the book has 5 for 50,000.
    const options = {
      ...RATES,
      sizes: [784, 30, 10],
      init,
      lambda: train / 10_000,
      train,
      epochs: 1,
    };
    const training = startNetwork2({ ...options, seed }, digits);
    training.epoch();
    return training.onEvaluation(2_000).correct / 20;
  };
  const [byLarge, bySmall] = [rightAfterOne("large"), rightAfterOne("default")];
  const both = `After one epoch over ${train} images: ${byLarge} % with N(0, 1), ${bySmall} % with N(0, 1/n).`;
  return [
    claim("N(0, 1): deviation of z", 22.38, large, decimals(2), OUTPUT),
    claim("N(0, 1/n): deviation of z", 1.2247, small, decimals(4)),
    between("N(0, 1): drawn", [21.3, 23.5], deviationOf(zLarge), { places: 2 }),
    between("N(0, 1/n): drawn", [1.16, 1.29], deviationOf(zSmall), { places: 4 }),
    claim("N(0, 1): P(|z| > 5)", 0.823, beyond(5, large), decimals(3)),
    claim("N(0, 1/n): P(|z| > 5)", 0.000045, beyond(5, small), decimals(6)),
    between("N(0, 1): drawn share beyond 5", [0.78, 0.86], shareBeyond(5, zLarge)),
    above(
      "mean slope of the neurons, N(0, 1/n) / N(0, 1)",
      5,
      meanSlope(zSmall) / meanSlope(zLarge),
    ),
    above("one epoch: percent right, N(0, 1/n) - N(0, 1)", 0, bySmall - byLarge, { note: both }),
  ];
}

/** The densities of z. */
export function curves(given: Partial<InitialisationPoint> = {}): Curves[] {
  const { inputs } = experimentPoint("initialisation", PARAMETERS, given);
  const on = Math.ceil(inputs / 2);
  const density = (z: number, deviation: number) =>
    Math.exp(-((z / deviation) ** 2) / 2) / (deviation * Math.sqrt(2 * Math.PI));
  const at = Array.from({ length: 241 }, (_, i) => (i - 120) / 2);
  const of = (name: string, deviation: number) => ({
    name,
    points: at.map((z) => [z, density(z, deviation)] as const),
  });
  return [
    {
      title: "Net inputs of a neuron at the start",
      x: { label: "z" },
      y: { label: "density" },
      series: [of("N(0, 1)", Math.sqrt(on + 1)), of("N(0, 1/n)", Math.sqrt(on / inputs + 1))],
    },
  ];
}

const PUBLISHED = { large: [86.43, 96.37], default: [92.7, 96.5] } as const;

/** Both ways on all images, thirty epochs. */
export const full: FullRun = {
  seconds: 45,
  parameters: {
    epochs: counted("epochs", 30),
    seed: natural("the seed of both runs", 12345678),
  },
  async run(given, { mnist }, { store, report }): Promise<ExperimentRun> {
    const { epochs, seed } = experimentPoint("initialisation", full.parameters, given) as {
      epochs: number;
      seed: number;
    };
    const rows: Claim[] = [];
    const series: Curves["series"][number][] = [];
    for (const init of ["large", "default"] as const) {
      const name = init === "large" ? "N(0, 1)" : "N(0, 1/n)";
      const right = await once(store, init, async () => {
        const options = { ...RATES, sizes: [784, 30, 10], init, lambda: 5, train: 50_000, epochs };
        const training = startNetwork2({ ...options, seed }, await mnist());
        return Array.from({ length: epochs }, (_, epoch) => {
          training.epoch();
          const percent = training.onEvaluation().correct / 100;
          report(`${name}, epoch ${epoch + 1}: ${percent} %`);
          return percent;
        });
      });
      const [first, last] = PUBLISHED[init];
      rows.push(
        around(`${name}: percent right after epoch 1`, first, about(first, 1.5), right[0]!, {
          places: 2,
          note: `The book prints 86.43 and 96.37 % for N(0, 1), 92.70 and 96.50 % for N(0, 1/n), of unseeded runs.`,
        }),
        around(`${name}: after epoch ${epochs}`, last, about(last, 1), right.at(-1)!, {
          places: 2,
        }),
      );
      const points = right.map((percent, epoch) => [epoch + 1, percent] as const);
      const book = [[1, first] as const, [30, last] as const];
      series.push({ name, points }, { name: `${name}, book`, points: book, book: true });
    }
    const title = "Percent of the validation images right";
    return { claims: rows, curves: [{ title, x: { label: "epoch" }, y: { label: "%" }, series }] };
  },
};

function about(value: number, reach: number): [number, number] {
  return [value - reach, value + reach];
}
