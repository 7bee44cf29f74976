// NNDL section 4.1: the slope of an activation must be neither too small nor too large, since every layer
// multiplies by it.

import { grad } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { linspace, tensor } from "../../../tensor/create.ts";
import { mul, relu, sigmoid, tanh } from "../../../tensor/elementwise.ts";
import { key, normal } from "../../../tensor/random.ts";
import { max, norm, sum } from "../../../tensor/reduce.ts";
import { above, below, between } from "../../shared/bounds.ts";
import { type Claim, claim, decimals } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import {
  counted,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";
import { drawNet, netInputs, type SmallNet } from "../../shared/small-net.ts";

type Activation = (z: Tensor) => Tensor;

/** f'(x) at every element. */
export function slopesOf(f: Activation, x: Tensor): Tensor {
  return grad((at: Tensor) => sum(f(at)) as Tensor<[]>)(x);
}

/** The first whole number from 0 on where the slope is exactly 0, of the numbers to 100; else infinite. */
export function firstFlat(f: Activation, dtype: "float32" | "float64"): number {
  const found = slopesOf(f, linspace(0, 100, 101, dtype)).data.findIndex((s: number) => s === 0);
  return found < 0 ? Number.POSITIVE_INFINITY : found;
}

/** What the experiment may be told instead. */
export interface SlopesPoint {
  readonly at: number;
  readonly layers: number;
  readonly width: number;
  readonly depth: number;
  readonly steepness: number;
  readonly seed: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<SlopesPoint> = {
  at: real("where the slope of the sigmoid is taken", 1),
  layers: counted("how many such slopes are multiplied", 4),
  width: counted("units of a layer of the deep nets", 50),
  depth: counted("their hidden layers", 10),
  steepness: real("how many times as steep the steep tanh is", 4),
  seed: natural("what weights and inputs are drawn by", 1),
};

const BOOK = experimentPoint("activation-slopes", PARAMETERS, {});

/** The length of dL/db of every layer of a fresh net, where L is a random weighting of its outputs. */
export function errorsByLayer(f: Activation, { width, depth, seed }: SlopesPoint = BOOK): number[] {
  const sizes = Array.from({ length: depth + 2 }, () => width);
  const x = normal(key(seed + 1), [100, width], { dtype: "float64" });
  const weighting = normal(key(seed + 2), [100, width], { dtype: "float64" });
  const loss = (net: SmallNet) => sum(mul(netInputs(net, x, f), weighting)) as Tensor<[]>;
  const { biases } = grad(loss)(drawNet(sizes, seed, { std: 1 / Math.sqrt(width) }));
  return biases.map((db) => norm(db).item());
}

/** What a hidden layer multiplies the error by on its way down, in the geometric mean. */
export function factorOfLayer(errors: readonly number[]): number {
  const hidden = errors.slice(0, -1); // the output layer has no activation
  return (hidden[0]! / hidden.at(-1)!) ** (1 / (hidden.length - 1));
}

const LIMIT =
  "The notes write f'(x) = 0 for a saturated sigmoid. It is a limit, and 0 only where the numbers run out: on the " +
  "right, where sigma(x) rounds to 1. On the left sigma(x) itself is small, and its slope keeps its digits.";
const LARGE =
  "A factor of 1 a layer keeps the gradient. The weights have a part in it: here they are drawn from N(0, 1/n), " +
  "which alone would keep it.";

/** Slopes and their products. */
export function claims(given: Partial<SlopesPoint> = {}): Claim[] {
  const point = experimentPoint("activation-slopes", PARAMETERS, given);
  const { at, layers, depth, steepness } = point;
  const grid = linspace(-10, 10, 2001, "float64");
  const largest = (f: Activation) => max(slopesOf(f, grid)).item();
  const steep: Activation = (z) => tanh(mul(z, steepness));
  const factor = (f: Activation) => factorOfLayer(errorsByLayer(f, point));
  const chain = slopesOf(sigmoid, tensor(at, "float64")).item() ** layers;
  const left = slopesOf(sigmoid, tensor(-17, "float32")).item();
  return [
    claim("largest slope of the sigmoid", 0.25, largest(sigmoid), 0),
    claim("largest slope of tanh", 1, largest(tanh), 0),
    claim(`sigma'(${at})^${layers}`, 0.0015, chain, decimals(4)),
    claim("float32: sigma'(x) is exactly 0 from x =", 17, firstFlat(sigmoid, "float32"), 0, LIMIT),
    above("float32: sigma'(-17)", 0, left, { places: 10 }),
    below(`sigmoid, ${depth} layers: factor a layer`, 0.25, factor(sigmoid), { places: 2 }),
    between("tanh: factor a layer", [0.8, 0.95], factor(tanh), { places: 2 }),
    claim(
      "ReLU, half of whose units are on: factor a layer",
      Math.SQRT1_2,
      factor(relu),
      0.05,
      LARGE,
    ),
    above(`tanh(${steepness} x), its errors grow: factor a layer`, 1, factor(steep), { places: 2 }),
  ];
}

/** How far down the error of a deep net reaches. */
export function curves(given: Partial<SlopesPoint> = {}): Curves[] {
  const point = experimentPoint("activation-slopes", PARAMETERS, given);
  const steep: Activation = (z) => tanh(mul(z, point.steepness));
  const names = { sigmoid, tanh, ReLU: relu, [`tanh(${point.steepness} x)`]: steep };
  return [
    {
      title: "Length of dL/db by layer",
      x: { label: "layer" },
      y: { label: "|dL/db|", log: true },
      series: Object.entries(names).map(([name, f]) => ({
        name,
        points: errorsByLayer(f, point).map((error, l) => [l + 1, error] as const),
      })),
    },
  ];
}
