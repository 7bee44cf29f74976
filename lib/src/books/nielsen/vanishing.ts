// NNDL chapter 4, practice: gradients that vanish through sigmoids and less so through ReLUs, and
// ReLUs that are dead from the start.

import { moons } from "../../data/synthetic.ts";
import { leakyRelu } from "../../nn/activations/index.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { fromData, oneHot } from "../../tensor/create.ts";
import { div, relu, sigmoid, sub } from "../../tensor/elementwise.ts";
import { transpose } from "../../tensor/movement.ts";
import { norm } from "../../tensor/reduce.ts";
import { atLeast, below, between } from "../shared/bounds.ts";
import { type Claim, claim } from "../shared/claim.ts";
import type { Mnist } from "../shared/mnist.ts";
import { NumpyRandom } from "../shared/mt19937.ts";
import {
  accuracyOf,
  drawNet,
  gradientDescent,
  gradientNorms,
  type LabelledPoints,
  logisticCost,
  netInputs,
  type SmallNet,
  toPoints,
} from "../shared/small-net.ts";
import { backpropagate } from "./bp-equations.ts";

type Activation = (z: Tensor) => Tensor;

/** Two moons, as in the book. */
export function points(samples = 200): LabelledPoints {
  return toPoints(moons({ samples, noise: 0.5, seed: 1, testFraction: 0 }).train);
}

const DEEP = [2, 3, 3, 3, 3, 1] as const;

function costOf({ x, y }: LabelledPoints, f: Activation): (net: SmallNet) => Tensor<[]> {
  return (net) => logisticCost(netInputs(net, x, f), y);
}

/** |dC/dW| of layers 1 to 5 after some epochs; weights from N(0, 0.01^2), biases 1. */
export function normsOfDeepNet(f: Activation, epochs: number): number[] {
  const cost = costOf(points(), f);
  const start = drawNet(DEEP, 1, { std: 0.01, bias: 1 });
  return gradientNorms(cost, gradientDescent(cost, start, { rate: 0.1, steps: epochs }).net);
}

/** A 2-5-1 net whose hidden units start out of reach. */
function deadNet(): SmallNet {
  const { weights, biases } = drawNet([2, 5, 1], 1);
  return { weights, biases: [sub(biases[0]!, 8), biases[1]!] };
}

/** |dC/dW| of both layers of the net that starts dead. */
export function deadNorms(f: Activation): number[] {
  return gradientNorms(costOf(points(), f), deadNet());
}

/** The part that the net that starts dead has right in the end. */
export function trainDead(f: Activation, steps = 400): number {
  const data = points();
  const { net } = gradientDescent(costOf(data, f), deadNet(), { rate: 1, steps });
  return accuracyOf(netInputs(net, data.x, f), data.y);
}

/** |mean delta| of each hidden layer of a fresh network2, over the first 1,000 images. */
export function initialSpeeds(sizes: readonly number[], { train }: Mnist, seed: number): number[] {
  const numpy = new NumpyRandom(seed);
  const columns = sizes.slice(1).map((units) => fromData(numpy.randnArray(units), [units, 1]));
  const weights = sizes.slice(1).map((units, l) => {
    const inputs = sizes[l]!;
    return div(fromData(numpy.randnArray(units * inputs), [units, inputs]), Math.sqrt(inputs));
  });
  const pixels = Float64Array.from(train.x.data.subarray(0, IMAGES * 784), (p) => p / 256);
  const labels = fromData(Int32Array.from(train.y.data.subarray(0, IMAGES)), [IMAGES]);
  const x = transpose(fromData(pixels, [IMAGES, 784]));
  const y = transpose(oneHot(labels, 10, "float64"));
  const { biases } = backpropagate("crossEntropy", { weights, biases: columns }, x, y);
  return biases.slice(0, -1).map((db) => norm(db).item());
}

const IMAGES = 1_000;

const leaky: Activation = (z) => leakyRelu(z, 0.01);

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

/** The book's numbers of this experiment beside ours. */
export async function claims(mnist: () => Promise<Mnist>): Promise<Claim[]> {
  const fresh = { sigmoid: normsOfDeepNet(sigmoid, 0)[0]!, relu: normsOfDeepNet(relu, 0)[0]! };
  const after = { sigmoid: normsOfDeepNet(sigmoid, 1), relu: normsOfDeepNet(relu, 1) };
  const falls = (norms: readonly number[]) =>
    norms.every((n, l) => l === 0 || n > norms[l - 1]!) ? "falls" : "does not fall";
  const digits = await mnist();
  const speeds = SPEEDS.flatMap(([sizes, ranges]) => {
    const ours = initialSpeeds(sizes, digits, 12345678);
    return ranges.map((range, l) =>
      between(`${sizes.join("-")}: |dC/db${l + 1}|`, range, ours[l]!, { places: 4 }),
    );
  });
  return [
    claim("|dW1|, sigmoid / ReLU: sigma'(1)^4", slope(1) ** 4, fresh.sigmoid / fresh.relu, 1e-4),
    claim("sigmoid: |dW| from layer 5 to 1", "falls", falls(after.sigmoid), 0),
    below("sigmoid: |dW1| / |dW5|", 1e-8, after.sigmoid[0]! / after.sigmoid[4]!, { places: 12 }),
    atLeast("ReLU: |dW1| / |dW5|", 1e-7, after.relu[0]! / after.relu[4]!, { places: 12 }),
    claim("ReLU, biases -8: |dW1|", 0, deadNorms(relu)[0]!, 0),
    between("ReLU, biases -8: right in the end", [0.45, 0.55], trainDead(relu)),
    atLeast("Leaky ReLU, biases -8: |dW1|", 0.001, deadNorms(leaky)[0]!),
    atLeast("Leaky ReLU, biases -8: right in the end", 0.7, trainDead(leaky)),
    ...speeds,
  ];
}
