// NNDL chapter 4, practice: gradients that vanish through sigmoids and less so through ReLUs, and
// ReLUs that are dead from the start.

import { moons } from "../../../data/synthetic.ts";
import { elu, leakyRelu } from "../../../nn/activations/index.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData, oneHot } from "../../../tensor/create.ts";
import { abs, relu, sigmoid, sub, tanh } from "../../../tensor/elementwise.ts";
import { reshape, transpose } from "../../../tensor/movement.ts";
import { max, norm } from "../../../tensor/reduce.ts";
import { above, atLeast, below, between } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { type Mnist, network2Pixels } from "../../shared/mnist.ts";
import { drawNetwork2 } from "../../shared/network2-start.ts";
import {
  counts,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";
import {
  drawNet,
  gradientDescent,
  gradientNorms,
  type LabelledPoints,
  logisticCost,
  netInputs,
  type SmallNet,
  toPoints,
} from "../../shared/small-net.ts";
import { backpropagate } from "../chapter2/bp-equations.ts";

type Activation = (z: Tensor) => Tensor;

/** Two moons, as in the book. */
export function points(samples = 200): LabelledPoints {
  return toPoints(moons({ samples, noise: 0.5, seed: 1, testFraction: 0 }).train);
}

function costOf({ x, y }: LabelledPoints, f: Activation): (net: SmallNet) => Tensor<[]> {
  return (net) => logisticCost(netInputs(net, x, f), y);
}

/** What the experiment may be told instead. */
export interface VanishingPoint {
  readonly std: number;
  readonly bias: number;
  readonly rate: number;
  readonly epochs: number;
  readonly hidden: readonly number[];
  readonly deadBias: number;
  readonly deadRate: number;
  readonly deadEpochs: number;
  readonly seed: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<VanishingPoint> = {
  std: real("standard deviation of the weights of the deep net", 0.01),
  bias: real("its biases to begin with", 1),
  rate: real("its learning rate", 0.1),
  epochs: natural("epochs before its gradients are looked at", 1),
  hidden: counts("units of its hidden layers", [3, 3, 3, 3]),
  deadBias: real("biases of the net whose ReLUs are dead", -8),
  deadRate: real("its learning rate", 0.01),
  deadEpochs: natural("its epochs", 400),
  seed: natural("what the weights of both are drawn by", 1),
};

const BOOK = experimentPoint("vanishing", PARAMETERS, {});

/** A net of the given hidden layers on the two moons. */
function deepNet({ hidden, std, seed }: VanishingPoint, bias: number): SmallNet {
  return drawNet([2, ...hidden, 1], seed, { std, bias });
}

/** |dC/dW| of each layer after some epochs; in the book weights from N(0, 0.01^2), biases 1. */
export function normsOfDeepNet(
  f: Activation,
  epochs: number,
  point: VanishingPoint = BOOK,
): number[] {
  const cost = costOf(points(), f);
  const start = deepNet(point, point.bias);
  return gradientNorms(cost, gradientDescent(cost, start, { rate: point.rate, steps: epochs }).net);
}

/** |dC/dW| of each layer of the same net with biases of -8, where every ReLU is dead. */
export function deadNorms(f: Activation, point: VanishingPoint = BOOK): number[] {
  return gradientNorms(costOf(points(), f), deepNet(point, point.deadBias));
}

/** By how much the weights of the net that starts dead have moved in the end, at most. */
export function deadMoves(f: Activation, point: VanishingPoint = BOOK): number {
  const start = deepNet(point, point.deadBias);
  const how = { rate: point.deadRate, steps: point.deadEpochs };
  const { net } = gradientDescent(costOf(points(), f), start, how);
  return Math.max(...net.weights.map((w, l) => max(abs(sub(w, start.weights[l]!))).item()));
}

/** |mean delta| of each hidden layer of a fresh network2, over the first 1,000 images. */
export function initialSpeeds(sizes: readonly number[], { train }: Mnist, seed: number): number[] {
  const start = drawNetwork2(sizes, seed);
  const weights = start.weights.map((w) => transpose(w)); // an example is a column here
  const columns = start.biases.map((b) => reshape(b, [-1, 1]));
  const pixels = network2Pixels(train, IMAGES);
  const labels = fromData(Int32Array.from(train.y.data.subarray(0, IMAGES)), [IMAGES]);
  const x = transpose(fromData(pixels, [IMAGES, 784]));
  const y = transpose(oneHot(labels, 10, "float64"));
  const { biases } = backpropagate("crossEntropy", { weights, biases: columns }, x, y);
  return biases.slice(0, -1).map((db) => norm(db).item());
}

const IMAGES = 1_000;

const leaky: Activation = (z) => leakyRelu(z, 0.01);

const tanhSlope = (z: number): number => 1 - Math.tanh(z) ** 2;
const slope = (z: number): number => Math.exp(-z) / (1 + Math.exp(-z)) ** 2;

/** Ten seeds of network2: the smallest and largest norms of each hidden layer. */
const SPEEDS: readonly (readonly [
  sizes: readonly number[],
  ranges: readonly [number, number][],
])[] = [
  [
    [784, 30, 30, 10],
    [
      [0.033, 0.078],
      [0.21, 0.35],
    ],
  ],
  [
    [784, 30, 30, 30, 10],
    [
      [0.007, 0.02],
      [0.036, 0.096],
      [0.21, 0.41],
    ],
  ],
  [
    [784, 30, 30, 30, 30, 10],
    [
      [0.0012, 0.0058],
      [0.008, 0.024],
      [0.037, 0.082],
      [0.21, 0.46],
    ],
  ],
];

const RECOVERY =
  "The notes say that Leaky ReLU keeps a dead net learning: its gradients are not 0, but they shrink at " +
  "every layer on the way down, and no source shows that this net recovers.";

/** The book's numbers of this experiment beside ours. */
export async function claims(
  mnist: () => Promise<Mnist>,
  given: Partial<VanishingPoint> = {},
): Promise<Claim[]> {
  const found = deepNetClaims(given);
  return [...found, ...speedClaims(await mnist())];
}

/** Those that need no digits. */
export function deepNetClaims(given: Partial<VanishingPoint> = {}): Claim[] {
  const point = experimentPoint("vanishing", PARAMETERS, given);
  const norms = (f: Activation, epochs = point.epochs) => normsOfDeepNet(f, epochs, point);
  const fresh = { sigmoid: norms(sigmoid, 0)[0]!, relu: norms(relu, 0)[0]! };
  const after = { sigmoid: norms(sigmoid), relu: norms(relu) };
  const others = {
    tanh: norms(tanh, 0)[0]!,
    elu: norms((z) => elu(z), 0)[0]!,
    leaky: norms(leaky, 0)[0]!,
  };
  const dead = { relu: deadNorms(relu, point), leaky: deadNorms(leaky, point) };
  const depth = point.hidden.length;
  const ratio = ([first, ...others]: readonly number[]) => first! / others.at(-1)!;
  const last = depth + 1;
  const chain = slope(point.bias) ** depth;
  return [
    claim("|dW1|, sigmoid / ReLU: sigma'(1)^4", chain, fresh.sigmoid / fresh.relu, 1e-4),
    claim(
      "|dW1|, tanh / ReLU: tanh'(1)^4",
      tanhSlope(point.bias) ** depth,
      others.tanh / fresh.relu,
      3e-3,
      "The weights of 0.01 move z a little away from the bias of 1.",
    ),
    claim("|dW1|, ELU / ReLU, whose slopes are both 1", 1, others.elu / fresh.relu, 1e-12),
    claim("|dW1|, Leaky / ReLU, the same", 1, others.leaky / fresh.relu, 1e-12),
    claim(`sigmoid: |dW| from layer ${last} to 1`, "falls", falling(after.sigmoid), 0),
    below(`sigmoid: |dW1| / |dW${last}|`, 1e-8, ratio(after.sigmoid), { places: 12 }),
    atLeast(`ReLU: |dW1| / |dW${last}|`, 1e-7, ratio(after.relu), { places: 12 }),
    claim("dead ReLUs: largest |dW|", 0, Math.max(...dead.relu), 0),
    claim("dead ReLUs: how far weights move", 0, deadMoves(relu, point), 0),
    above("the same, Leaky: |dW1|", 0, dead.leaky[0]!, { places: 20 }),
    claim(
      `the same, Leaky: |dW| from layer ${last} to 1`,
      "falls",
      falling(dead.leaky),
      0,
      RECOVERY,
    ),
  ];
}

function speedClaims(digits: Mnist): Claim[] {
  return SPEEDS.flatMap(([sizes, ranges]) => {
    const ours = initialSpeeds(sizes, digits, 12345678);
    return ranges.map((range, l) =>
      between(`${sizes.join("-")}: |dC/db${l + 1}|`, range, ours[l]!, { places: 4 }),
    );
  });
}

function falling(norms: readonly number[]): string {
  return norms.every((n, l) => l === 0 || n > norms[l - 1]!) ? "falls" : "does not fall";
}

/** The norms of the gradients by layer: deep nets on the moons, and fresh ones of network2 on digits. */
export async function curves(
  mnist: () => Promise<Mnist>,
  given: Partial<VanishingPoint> = {},
): Promise<Curves[]> {
  const point = experimentPoint("vanishing", PARAMETERS, given);
  const digits = await mnist();
  const byLayer = (name: string, norms: readonly number[]) => ({
    name,
    points: norms.map((size, l) => [l + 1, size] as const),
  });
  const moonNet = (name: string, f: Activation) =>
    byLayer(name, normsOfDeepNet(f, point.epochs, point));
  return [
    {
      title: "A deep net on two moons: |dC/dW| by layer",
      x: { label: "layer" },
      y: { label: "|dC/dW|", log: true },
      series: [moonNet("sigmoid", sigmoid), moonNet("ReLU", relu), moonNet("Leaky ReLU", leaky)],
    },
    {
      title: "Nielsen's nets before training: |dC/db| by hidden layer",
      x: { label: "hidden layer" },
      y: { label: "|dC/db|", log: true },
      series: [
        ...SPEEDS.map(([sizes]) =>
          byLayer(sizes.join("-"), initialSpeeds(sizes, digits, 12345678)),
        ),
        ...BOOK_SPEEDS.map(([name, norms]) => ({ ...byLayer(`book, ${name}`, norms), book: true })),
      ],
    },
  ];
}

/** As the book prints them, of seeds that it does not tell. */
const BOOK_SPEEDS: readonly (readonly [name: string, norms: readonly number[]])[] = [
  ["two", [0.07, 0.31]],
  ["three", [0.012, 0.06, 0.283]],
  ["four", [0.003, 0.017, 0.07, 0.285]],
];
