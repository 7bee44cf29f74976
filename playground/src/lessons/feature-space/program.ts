// Where a hidden layer of two tanh units puts the points of exclusive or, before, while and after it learns.

import { compile, grad, mapTree, random, scan, type Tensor, tensor } from "neurite";
import { separatingLineOf } from "neurite/inspect";
import { lossOf, meanLoss } from "neurite/nn";

export interface Values {
  readonly learns: "both" | "head";
  readonly space: "input" | "hidden";
  readonly seed: number;
  readonly steps: number;
}

const COUNT = 40;
const [forCorners, forNoise] = random.splitKey(random.key(1)) as [random.Key, random.Key];
const bits = random.bernoulli(forCorners, 0.5, [COUNT, 2]).cast("float64");
/** Corners of the square from -1 to 1, each point off by a little; class 1 where the signs differ. */
const x: Tensor = bits
  .mul(2)
  .sub(1)
  .add(random.normal(forNoise, [COUNT, 2], { dtype: "float64" }).mul(0.15));
const y: Tensor = bits.at(":", 0).sub(bits.at(":", 1)).abs().reshape([COUNT, 1]);
const labels = Array.from(y.data);
const crossEntropy = lossOf({ name: "binaryCrossentropy", fromLogits: true });

interface Net {
  readonly w1: Tensor;
  readonly b1: Tensor;
  readonly w2: Tensor;
  readonly b2: Tensor;
}

const features = ({ w1, b1 }: Net, at: Tensor): Tensor => at.matmul(w1).add(b1).tanh();
const head = ({ w2, b2 }: Net, at: Tensor): Tensor => at.matmul(w2).add(b2);
const cost = (net: Net): Tensor<[]> => meanLoss(crossEntropy, y, head(net, features(net, x)));

function start(seed: number): Net {
  const keys = random.splitKey(random.key(seed), 4);
  const draw = (i: number, shape: number[]): Tensor =>
    random.normal(keys[i]!, shape, { dtype: "float64" });
  return { w1: draw(0, [2, 2]), b1: draw(1, [2]), w2: draw(2, [2, 1]), b2: draw(3, [1]) };
}

/** Gradient descent with the rate 1/2: of all, or of the last layer alone. */
function train(learns: Values["learns"], from: Net, steps: number): Net {
  const descend = (at: Net): [Net, Tensor] => {
    const next = mapTree((p, dp) => p.sub(dp.mul(0.5)) as Tensor, at, grad(cost)(at));
    const kept = learns === "both" ? next : { ...next, w1: at.w1, b1: at.b1 };
    return [kept, tensor(0, "float64")];
  };
  return compile((net: Net) => scan(descend, net, null, { length: steps })[0])(from);
}

/** The distance of the nearest points from the best separating line; 0 where no line separates. */
function marginOf(points: Tensor): number {
  const cloud = { count: COUNT, dimensions: 2, values: Float64Array.from(points.data) };
  return separatingLineOf(cloud, labels)?.margin ?? 0;
}

export function run({ learns, space, seed, steps }: Values) {
  const first = start(seed);
  const net = steps === 0 ? first : train(learns, first, steps);
  const right = (at: Net) => {
    const isOne = head(at, features(at, x)).greater(0).cast("float64");
    return 1 - isOne.sub(y).abs().mean().item();
  };
  const hidden = features(net, x);
  return {
    numbers: {
      right: right(net),
      inputMargin: marginOf(x),
      marginBefore: marginOf(features(first, x)),
      margin: marginOf(hidden),
      loss: cost(net).item(),
    },
    plane: planeOf(space, net, space === "input" ? x : hidden),
  };
}

/** The answers over the inputs, or over what the hidden units give, and where the points are. */
function planeOf(space: Values["space"], net: Net, points: Tensor) {
  const [cells, reach] = [40, space === "input" ? 1.6 : 1.1];
  const at = (i: number) => reach * (-1 + (2 * (i + 0.5)) / cells);
  const places: Tensor = tensor(
    Array.from({ length: cells * cells }, (_, i) => {
      return [at(i % cells), at(cells - 1 - Math.floor(i / cells))];
    }),
    "float64",
  );
  const seen = space === "input" ? features(net, places) : places;
  const values = Array.from(head(net, seen).sigmoid().data);
  const shown = labels.map((label, i) => {
    const [a, b] = points.at(i).data as unknown as [number, number];
    return { x: [a, b] as const, y: label };
  });
  return { cells, center: [0, 0] as const, reach, values, points: shown };
}
