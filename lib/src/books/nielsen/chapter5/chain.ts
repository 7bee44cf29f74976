// Nielsen, chapter 5: a chain of single neurons, through which a gradient vanishes or explodes.

import { compile } from "../../../runtime/compiled/compile.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import { scalar } from "../../../runtime/values/numbers.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData } from "../../../tensor/create.ts";
import { add, mul, sigmoid, square, sub } from "../../../tensor/elementwise.ts";
import { at } from "../../../tensor/indexing.ts";
import { type Claim, claim, decimals } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import {
  countedWithin,
  experimentPoint,
  type Parameters,
  real,
  realAbove0,
} from "../../shared/parameters.ts";

/** What the experiment may be told instead. */
export interface ChainPoint {
  readonly neurons: number;
  readonly z: number;
  readonly weight: number;
  readonly large: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<ChainPoint> = {
  neurons: countedWithin("neurons of the chain", 4, [2, 100]),
  z: real("the net input of each, to which the biases are set", 0),
  weight: real("the weight between two of them where the gradient vanishes", 1),
  large: realAbove0("the weight where it explodes", 100),
};

const INPUT = 0.5;
const TARGET = 1;

/**
 * dC/db of each neuron of the chain a_l = sigma(w a_(l-1) + b_l), C = (a_L - y)^2 / 2, whose biases make every net
 * input z. The first neuron comes first.
 */
export function biasGradients(neurons: number, z: number, w: number): number[] {
  const a = sigmoid(scalar(z, "float64")).item();
  const biases = Float64Array.from({ length: neurons }, (_, l) => z - w * (l === 0 ? INPUT : a));
  const cost = (b: Tensor): Tensor<[]> => {
    let out: Tensor = scalar(INPUT, "float64");
    for (let l = 0; l < neurons; l++) out = sigmoid(add(mul(out, w), at(b, l)));
    return mul(square(sub(out, TARGET)), 0.5) as Tensor<[]>;
  };
  return [...grad(cost)(fromData(biases, [neurons])).data];
}

/** dC/db of the first neuron by that of the last: the product of w sigma'(z) over those between. */
export function firstByLast(neurons: number, z: number, w: number): number {
  const gradients = biasGradients(neurons, z, w);
  return gradients[0]! / gradients.at(-1)!;
}

/** sigma'(z), by differentiation. */
export function makeSlope(): (z: number) => number {
  const slope = compile(grad((z: Tensor<[]>) => sigmoid(z)));
  return (z) => slope(scalar(z, "float64")).item();
}

/**
 * How wide the range of input activations a is in which |w sigma'(w a + b)| >= 1, for the best b: 0 where no z
 * makes it so.
 */
export function windowOf(w: number, slope: (z: number) => number): number {
  const size = Math.abs(w);
  if (size * slope(0) < 1) return 0;
  let [inside, outside] = [0, 50 + Math.log(size)];
  while (outside - inside > 1e-13 * outside) {
    const middle = (inside + outside) / 2;
    if (middle === inside || middle === outside) break;
    if (size * slope(middle) >= 1) inside = middle;
    else outside = middle;
  }
  return (2 * inside) / size;
}

/** The |w| whose window is widest, by golden section between 4 and 20. */
export function widestWindow(slope: (z: number) => number): { w: number; width: number } {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [4, 20];
  while (high - low > 1e-5) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (windowOf(a, slope) > windowOf(b, slope)) high = b;
    else low = a;
  }
  const w = (low + high) / 2;
  return { w, width: windowOf(w, slope) };
}

/** The smallest |w| for which |w sigma'(z)| >= 1 at some z: 1 by the largest slope. */
function smallestWeight(slope: (z: number) => number): number {
  return 1 / slope(0);
}

const BOTH =
  "The notes call the gradient smaller in every earlier layer. It is a product of factors w sigma'(z): it " +
  "vanishes where they are below 1, as is usual, and explodes where they are above.";

/** The book's numbers of this experiment beside ours. */
export function claims(given: Partial<ChainPoint> = {}): Claim[] {
  const { neurons, z, weight, large } = experimentPoint("chain", PARAMETERS, given);
  const slope = makeSlope();
  const widest = widestWindow(slope);
  const ratio = (w: number) => firstByLast(neurons, z, w);
  const named = (w: number) => `dC/db1 / dC/db${neurons}, z = ${z}, w = ${w}`;
  const exploding = ratio(large);
  return [
    claim("largest sigma'", 0.25, slope(0), 0),
    claim(named(weight), 1 / 64, ratio(weight), 1e-15, BOTH),
    claim(named(large), 15_625, exploding, 1e-8),
    ...[5, 10, 20].map((length) => {
      const name = `${length} neurons, z = 0, w = 1: 0.25^${length - 1}`;
      return claim(
        name,
        0.25 ** (length - 1),
        firstByLast(length, 0, 1),
        0.25 ** (length - 1) * 1e-12,
      );
    }),
    claim("|w sigma'(z)| >= 1 for some z needs |w| >=", 4, smallestWeight(slope), 0),
    claim("|w sigma'| >= 1: widest range of activations", 0.4477, widest.width, decimals(4)),
    claim("the |w| of that range", 6.894, widest.w, decimals(3)),
  ];
}

const WINDOWS = 60;

/** The gradient along the chain for both weights, and the range of activations by the weight. */
export function curves(given: Partial<ChainPoint> = {}): Curves[] {
  const { neurons, z, weight, large } = experimentPoint("chain", PARAMETERS, given);
  const slope = makeSlope();
  const along = (w: number) => {
    const gradients = biasGradients(neurons, z, w);
    return gradients.map((g, l) => [l + 1, Math.abs(g / gradients.at(-1)!)] as const);
  };
  return [
    {
      title: `|dC/db| of each neuron by that of the last, z = ${z}`,
      x: { label: "neuron" },
      y: { label: "|dC/db| / |dC/db of the last|", log: true },
      series: [
        { name: `w = ${weight}`, points: along(weight) },
        { name: `w = ${large}`, points: along(large) },
        {
          name: "the book's: z = 0, four neurons, w = 1 and 100",
          points: [
            [1, 1 / 64],
            [1, 15_625],
          ],
          book: true,
        },
      ],
    },
    {
      title: "Range of activations in which |w sigma'| is at least 1",
      x: { label: "|w|", log: true },
      y: { label: "width" },
      series: [
        {
          name: "width",
          points: Array.from({ length: WINDOWS }, (_, i) => {
            const w = 4 * 25 ** (i / (WINDOWS - 1));
            return [w, windowOf(w, slope)] as const;
          }),
        },
        { name: "the book's widest", points: [[6.894, 0.4477]], book: true },
      ],
    },
  ];
}
