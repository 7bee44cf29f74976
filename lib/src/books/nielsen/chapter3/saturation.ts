// Nielsen, chapter 3: one sigmoid neuron that starts saturated must learn to turn input 1 into 0.

import { expectOptions, finite, index, type Kinds, oneOf } from "../../../checks/arguments.ts";
import "../../../tensor/methods.ts";
import { compile } from "../../../runtime/compiled/compile.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import { scan } from "../../../runtime/loops/scan.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { tensor } from "../../../tensor/create.ts";
import { div, sub } from "../../../tensor/elementwise.ts";
import { type Claim, claim, decimals } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { experimentPoint, natural, type Parameters, real, reals } from "../../shared/parameters.ts";

/**
 * What the neuron descends: the quadratic cost a^2 / 2, the cross-entropy -ln(1 - a), or what the
 * book's cross-entropy animations really follow: the slope dC/da = 1 / (1 - a) where dC/dz belongs.
 */
export type SaturationCost = "quadratic" | "crossEntropy" | "widget";

/** Where the neuron starts, and how it learns. */
export interface SaturationOptions {
  readonly cost?: SaturationCost;
  /** The starting weight and bias; 2 and 2 by default. */
  readonly w?: number;
  readonly b?: number;
  readonly learningRate?: number;
  readonly epochs?: number;
}

const OPTIONS: Kinds<SaturationOptions> = {
  cost: oneOf("quadratic", "crossEntropy", "widget"),
  w: finite,
  b: finite,
  learningRate: finite,
  epochs: index,
};

/** What the neuron answers as it learns, and what it ends with. */
export interface SaturationResult {
  /** The output before each epoch and after the last: epochs + 1 numbers. */
  readonly outputs: readonly number[];
  readonly w: number;
  readonly b: number;
}

interface Neuron {
  readonly w: Tensor<[]>;
  readonly b: Tensor<[]>;
}

/** The net input, for input 1. */
function net({ w, b }: Neuron): Tensor<[]> {
  return w.add(b);
}

function output(neuron: Neuron): Tensor<[]> {
  return net(neuron).sigmoid();
}

/** Target 0: half the squared output. */
function quadratic(neuron: Neuron): Tensor<[]> {
  return output(neuron).square().div(2);
}

/** Target 0: -ln(1 - a), where 1 - a = sigma(-z) keeps its digits when a is nearly 1. */
function crossEntropy(neuron: Neuron): Tensor<[]> {
  return net(neuron).neg().sigmoid().log().neg();
}

/** dC/da without the factor da/dz = a (1 - a): no cost has this gradient. */
function widgetSlope(neuron: Neuron): Neuron {
  const slope = div(1, sub(1, output(neuron)));
  return { w: slope, b: slope };
}

const GRADIENTS: Readonly<Record<SaturationCost, (neuron: Neuron) => Neuron>> = {
  quadratic: grad(quadratic),
  crossEntropy: grad(crossEntropy),
  widget: widgetSlope,
};

/** Trains the neuron in float64, all epochs in one compiled loop. */
export function train(options: SaturationOptions = {}): SaturationResult {
  expectOptions("saturation.train", options, OPTIONS);
  const { cost = "crossEntropy", w = 2, b = 2, learningRate = 0.15, epochs = 300 } = options;
  const gradientOf = GRADIENTS[cost];
  const epoch = (neuron: Neuron): [Neuron, Tensor] => {
    const gradient = gradientOf(neuron);
    const next = {
      w: neuron.w.sub(gradient.w.mul(learningRate)),
      b: neuron.b.sub(gradient.b.mul(learningRate)),
    };
    return [next, output(neuron)];
  };
  const run = compile((neuron: Neuron) => scan(epoch, neuron, null, { length: epochs }));
  const [last, outputs] = run({ w: tensor(w, "float64"), b: tensor(b, "float64") });
  return {
    outputs: [...outputs.data, output(last).item()],
    w: last.w.item(),
    b: last.b.item(),
  };
}

const SLOW =
  "The notes tie fast learning to large weights; here the larger ones learn more slowly, because " +
  "they saturate the neuron and sigma'(z) is nearly 0.";
const WIDGET =
  "The animations take dC/da = 1/(1 - a) for dC/dz; the gradient of the cross-entropy is a, which " +
  "at this learning rate ends far higher.";

/** What the experiment may be told instead. */
export interface SaturationPoint {
  readonly near: readonly number[];
  readonly far: readonly number[];
  readonly rate: number;
  readonly slowRate: number;
  readonly epochs: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<SaturationPoint> = {
  near: reals("weight and bias of the first start", [0.6, 0.9]),
  far: reals("weight and bias of the second start", [2, 2]),
  rate: real("the learning rate", 0.15),
  slowRate: real("that of the book's animations of the cross-entropy", 0.005),
  epochs: natural("epochs", 300),
};

/** Outputs before and after 300 epochs. */
export function claims(given: Partial<SaturationPoint> = {}): Claim[] {
  const { near, far, rate, slowRate, epochs } = experimentPoint("saturation", PARAMETERS, given);
  const outputs = (cost: SaturationCost, [w, b]: readonly number[], learningRate: number) =>
    train({ cost, w: w!, b: b!, learningRate, epochs }).outputs;
  const start = (from: readonly number[]) => outputs("quadratic", from, rate)[0]!;
  const end = (cost: SaturationCost, from: readonly number[], learningRate = rate) =>
    outputs(cost, from, learningRate).at(-1)!;
  const [first, second] = [near, far].map((from) => `(${from.join(", ")})`);
  const slowly = `rate ${slowRate}`;
  const entropy = "crossEntropy";
  return [
    claim(`${first}: first output`, 0.82, start(near), decimals(2)),
    claim(`${second}: first output`, 0.98, start(far), decimals(2)),
    claim(`${first}: quadratic`, 0.094, end("quadratic", near), decimals(3)),
    claim(`${second}: quadratic`, 0.203, end("quadratic", far), decimals(3), SLOW),
    claim(`${first}: cross-entropy`, 0.0116, end(entropy, near), decimals(4)),
    claim(`${second}: cross-entropy`, 0.012, end(entropy, far), decimals(4)),
    claim(`${first}: cross-entropy, ${slowly}`, 0.418, end(entropy, near, slowRate), decimals(3)),
    claim(`${second}: cross-entropy, ${slowly}`, 0.78, end(entropy, far, slowRate), decimals(3)),
    claim(
      `${first}: animation, ${slowly}`,
      0.04,
      end("widget", near, slowRate),
      decimals(3),
      WIDGET,
    ),
    claim(
      `${second}: animation, ${slowly}`,
      0.048,
      end("widget", far, slowRate),
      decimals(3),
      WIDGET,
    ),
  ];
}

/** What the neuron answers over the epochs, from both starts and down both costs. */
export function curves(given: Partial<SaturationPoint> = {}): Curves[] {
  const { near, far, rate, epochs } = experimentPoint("saturation", PARAMETERS, given);
  const ours = (cost: SaturationCost) => (from: readonly number[]) => ({
    name: `start (${from.join(", ")})`,
    points: train({ cost, w: from[0]!, b: from[1]!, learningRate: rate, epochs }).outputs.map(
      (output, epoch) => [epoch, output] as const,
    ),
  });
  const picture = (title: string, cost: SaturationCost, ends: readonly number[]): Curves => ({
    title,
    x: { label: "epoch" },
    y: { label: "output" },
    series: [
      ...[near, far].map(ours(cost)),
      ...[0.82, 0.98].map((first, i) => ({
        name: `book, ${i === 0 ? "first" : "second"} start`,
        points: [[0, first] as const, [300, ends[i]!] as const],
        book: true,
      })),
    ],
  });
  return [
    picture("Quadratic cost", "quadratic", [0.094, 0.203]),
    picture("Cross-entropy", "crossEntropy", [0.0116, 0.012]),
  ];
}
