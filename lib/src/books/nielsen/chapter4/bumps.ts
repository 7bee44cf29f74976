// Nielsen, chapter 4: five bumps of sigmoid units approximate a wavy function.

import { type Construction, constructNetwork } from "../../../inspect/universality/construct.ts";
import { averageDeviationOf } from "../../../inspect/universality/deviation.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData } from "../../../tensor/create.ts";
import { expandDims, reshape } from "../../../tensor/movement.ts";
import { below } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import {
  countedWithin,
  experimentPoint,
  type Parameters,
  realAbove0,
} from "../../shared/parameters.ts";

/** The goal of the chapter's game: 0.2 + 0.4 x^2 + 0.3 x sin(15 x) + 0.05 cos(50 x) on [0, 1]. */
export function goal(x: number): number {
  return 0.2 + 0.4 * x ** 2 + 0.3 * x * Math.sin(15 * x) + 0.05 * Math.cos(50 * x);
}

/** What the hidden layer must add up to, since the output unit is a sigmoid: ln(f / (1 - f)). */
function wanted(x: number): number {
  return Math.log(goal(x) / (1 - goal(x)));
}

/** The x at which the book measures: 0, 0.01 ... 0.99. */
const BOOK: readonly number[] = Array.from({ length: 100 }, (_, i) => i / 100);

/** The middles of 2,000 parts of [0, 1]. */
const WHOLE: readonly number[] = Array.from({ length: 2_000 }, (_, i) => (i + 0.5) / 2_000);

/** The best height of each of some equal bumps: the median of what is wanted at the points in it. */
export function bestHeights(bumps: number, points: readonly number[] = WHOLE): number[] {
  return Array.from({ length: bumps }, (_, k) => {
    const inside = points.filter((x) => bumpAt(x, bumps) === k).map(wanted);
    inside.sort((a, b) => a - b);
    const half = (inside.length - 1) / 2;
    return (inside[Math.floor(half)]! + inside[Math.ceil(half)]!) / 2;
  });
}

/** The bump that x is in; 0.6 * 5 is 3 though 0.6 is less in binary. */
function bumpAt(x: number, bumps: number): number {
  return Math.min(bumps - 1, Math.floor(x * bumps + 1e-9));
}

/** The mean of |height - what is wanted| were the steps without any width, over some points. */
export function idealDeviation(
  heights: readonly number[],
  points: readonly number[] = WHOLE,
): number {
  const off = points.map((x) => Math.abs(heights[bumpAt(x, heights.length)]! - wanted(x)));
  return off.reduce((sum, x) => sum + x, 0) / points.length;
}

/** A network of these bumps: hidden units of weight w and bias -w s, the output before its sigmoid. */
export function network(heights: readonly number[], steepness = 1_000): Construction {
  return constructNetwork(wanted, { pieces: heights.length, heights, weight: steepness });
}

/**
 * The hidden layer's weighted output at some x: a pair of steep sigmoid units a bump, one step up by
 * its height and one down.
 * @param x [n]
 */
export function weightedOutput(heights: readonly number[], x: Tensor, steepness = 1_000): Tensor {
  const [y] = network(heights, steepness).model.instance.forward([expandDims(x, 1)]);
  return reshape(y!, [-1]);
}

/** The mean of |weighted output - what is wanted| over [0, 1]. */
export function averageDeviation(heights: readonly number[], steepness = 1_000): number {
  return averageDeviationOf(network(heights, steepness).model, wanted).overRange;
}

const DEVIATION =
  "The deviation is measured before the output unit, between the weighted output and ln(f / (1 - f)).";
const IDEAL =
  "Best heights and steps without width. At the book's points, x = 0, 0.01 ... 0.99, and over the whole interval " +
  "it is not the same: do not compare one with the other.";

/** What the experiment may be told. */
export interface BumpsPoint {
  readonly pieces: number;
  readonly steepness: number;
}

/** At the book's points there must be one in every piece. */
export const PARAMETERS: Parameters<BumpsPoint> = {
  pieces: countedWithin("how many bumps; twice and eight times as many stand beside", 5, [1, 50]),
  steepness: realAbove0("weight of the hidden units, which make its steps steep", 1_000),
};

const IN_WORDS: Readonly<Record<number, string>> = { 5: "five", 10: "ten", 40: "forty" };

/** The book's numbers of this experiment beside ours. */
export function claims(given: Partial<BumpsPoint> = {}): Claim[] {
  const { pieces, steepness } = experimentPoint("bumps", PARAMETERS, given);
  const counts = [pieces, 2 * pieces, 8 * pieces];
  const [few, twice, many] = counts.map((count) => IN_WORDS[count] ?? String(count));
  const bumps = pieces === 1 ? `${few} bump` : `${few} bumps`;
  const [five, ten, forty] = counts.map((count) => averageDeviation(bestHeights(count), steepness));
  const less = (name: string, fewer: number, more: number) =>
    below(name, Number(fewer.toFixed(3)), more);
  const [book, whole] = [BOOK, WHOLE].map((x) => idealDeviation(bestHeights(pieces, x), x));
  return [
    below(`${bumps}: average deviation`, 0.405, five!, { note: DEVIATION, printed: true }),
    claim(`${bumps}, ideal: at the book's points`, 0.37173, book!, 0.5e-5, IDEAL),
    claim(`${bumps}, ideal: over the interval`, 0.3592, whole!, 0.5e-4),
    less(`${twice} bumps: less than ${few}`, five!, ten!),
    less(`${many} bumps: less than ${twice}`, ten!, forty!),
  ];
}

/** What is wanted of the hidden layer, and what the bumps make of it; the deviation by their number. */
export function curves(given: Partial<BumpsPoint> = {}): Curves[] {
  const { pieces, steepness } = experimentPoint("bumps", PARAMETERS, given);
  const xs = Float64Array.from({ length: 401 }, (_, i) => i / 400);
  const against = (values: ArrayLike<number>) => Array.from(xs, (x, i) => [x, values[i]!] as const);
  const made = (count: number) => ({
    name: `${count} bumps`,
    points: against(weightedOutput(bestHeights(count), fromData(xs, [xs.length]), steepness).data),
  });
  const counts = [1, 2, 4, 8].map((times) => times * pieces);
  return [
    {
      title: "Weighted output of the hidden layer",
      x: { label: "x" },
      y: { label: "ln(f / (1 - f))" },
      series: [{ name: "wanted", points: against(xs.map(wanted)) }, made(pieces), made(8 * pieces)],
    },
    {
      title: "Average deviation by the number of bumps",
      x: { label: "bumps", log: true },
      y: { label: "average deviation", log: true },
      series: [
        {
          name: "best heights",
          points: counts.map((n) => [n, averageDeviation(bestHeights(n), steepness)] as const),
        },
        { name: "book's goal for five", points: [[5, 0.4]], book: true },
      ],
    },
  ];
}
