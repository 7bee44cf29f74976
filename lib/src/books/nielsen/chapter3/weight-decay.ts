// Nielsen, chapter 3: weight decay shrinks the weights by the same factor at every step, and lets them turn faster.

import type { Examples } from "../../../data/dataset.ts";
import { above, below } from "../../shared/bounds.ts";
import { claim, decimals } from "../../shared/claim.ts";
import type { Mnist } from "../../shared/mnist.ts";
import { NumpyRandom } from "../../shared/mt19937.ts";
import {
  counted,
  countedWithin,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";
import type { ExperimentRun, Sources } from "../../shared/run.ts";
import { compileStep, drawLayers } from "../network2/net.ts";
import { type Network2Options, startNetwork2 } from "../network2/network2.ts";

const SMALL: Omit<Network2Options, "seed" | "lambda" | "train"> = {
  sizes: [784, 30, 10],
  cost: "cross-entropy",
  init: "default",
  eta: 0.5,
  miniBatch: 10,
  epochs: 1,
  monitor: "test",
};

/** What is left of the first weights after some steps on empty images, which have no gradient there. */
export function shrunkBy(steps: number, seed = 1): number {
  const options: Network2Options = { ...SMALL, train: 50_000, lambda: 5, seed };
  const net = drawLayers(new NumpyRandom(seed), options);
  const step = compileStep(net, options);
  const empty: Examples = {
    x: { dtype: "uint8", shape: [10, 784], data: new Uint8Array(7_840) },
    y: { dtype: "int32", shape: [10], data: new Int32Array(10) },
  };
  const before = net.weights[0]!.data.slice();
  for (let done = 0; done < steps; done++)
    step(
      empty,
      Int32Array.from({ length: 10 }, (_, i) => i),
    );
  return normOf(net.weights[0]!.data) / normOf(before);
}

function normOf(w: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < w.length; i++) sum += w[i]! ** 2;
  return Math.sqrt(sum);
}

/** Degrees between two weight vectors. */
export function angleBetween(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let product = 0;
  for (let i = 0; i < a.length; i++) product += a[i]! * b[i]!;
  return (Math.acos(Math.min(1, product / (normOf(a) * normOf(b)))) * 180) / Math.PI;
}

/** The first layer's weights in an epoch: how long they are at its end, and how far a step turns them on average. */
interface Turning {
  readonly norm: number;
  readonly degrees: number;
}

function turningByEpoch(
  mnist: Mnist,
  lambda: number,
  { epochs, train, seed }: WeightDecayPoint,
): Turning[] {
  const training = startNetwork2({ ...SMALL, train, lambda, seed }, mnist);
  const w = training.net.weights[0]!;
  return Array.from({ length: epochs }, () => {
    let before = w.data.slice();
    let [sum, steps] = [0, 0];
    training.epoch(() => {
      const after = w.data.slice();
      sum += angleBetween(before, after);
      steps++;
      before = after;
    });
    return { norm: normOf(w.data), degrees: sum / steps };
  });
}

/** What the experiment may be told instead. */
export interface WeightDecayPoint {
  readonly lambda: number;
  readonly epochs: number;
  readonly train: number;
  readonly seed: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<WeightDecayPoint> = {
  lambda: real("lambda of the run with weight decay", 0.1),
  epochs: counted("epochs", 6),
  train: countedWithin("training images", 1_000, [10, 50_000]),
  seed: natural("the seed of both runs", 12345678),
};

const TURN =
  "The notes say that weight decay speeds weights up, and that large weights change direction less. The second " +
  "is right: the same step turns a long vector by a smaller angle. The first is not: weights shrink.";

/** The factor, and the two runs side by side. */
export async function claims(
  given: Partial<WeightDecayPoint>,
  { mnist }: Sources,
): Promise<ExperimentRun> {
  const point = experimentPoint("weight-decay", PARAMETERS, given);
  const { lambda, epochs } = point;
  const digits = await mnist();
  const [without, decayed] = [0, lambda].map((l) => turningByEpoch(digits, l, point));
  const [last, lastDecayed] = [without!.at(-1)!, decayed!.at(-1)!];
  const measured =
    `A step of epoch ${epochs} turns the first layer by ${last.degrees.toFixed(3)} degrees on average with ` +
    `lambda 0, by ${lastDecayed.degrees.toFixed(3)} with lambda ${lambda}.`;
  const series = (of: keyof Turning) =>
    [without!, decayed!].map((run, i) => ({
      name: `lambda ${[0, lambda][i]}`,
      points: run.map((epoch, at) => [at + 1, epoch[of]] as const),
    }));
  return {
    claims: [
      claim("lambda 5, 50,000 images, eta 0.5: factor of a step", 0.99995, shrunkBy(1), 1e-12),
      claim("left after 100 steps without gradient", 0.995012, shrunkBy(100), decimals(6)),
      below("length of the weights, decayed / not", 1, lastDecayed.norm / last.norm, {
        note: TURN,
      }),
      above("angle of a step, decayed / not", 1, lastDecayed.degrees / last.degrees, {
        note: measured,
      }),
    ],
    curves: [
      {
        title: "How far a step turns the first layer's weights",
        x: { label: "epoch" },
        y: { label: "degrees", log: true },
        series: series("degrees"),
      },
      {
        title: "How long the first layer's weights are",
        x: { label: "epoch" },
        y: { label: "|W|" },
        series: series("norm"),
      },
    ],
  };
}
