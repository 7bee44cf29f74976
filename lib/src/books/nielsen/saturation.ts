// Nielsen, chapter 3: one sigmoid neuron that starts saturated must learn to turn input 1 into 0.

import { expectOptions, finite, index, type Kinds, oneOf } from "../../checks/arguments.ts";
import "../../tensor/methods.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { grad } from "../../runtime/derivatives/autodiff.ts";
import { scan } from "../../runtime/loops/scan.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { tensor } from "../../tensor/create.ts";
import { div, sub } from "../../tensor/elementwise.ts";
import { type Claim, claim, decimals } from "../shared/claim.ts";

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

/** Outputs before and after 300 epochs. */
export function claims(): Claim[] {
  const near = { w: 0.6, b: 0.9 };
  const far = { w: 2, b: 2 };
  const ends = (options: SaturationOptions) => train(options).outputs.at(-1)!;
  const starts = (options: SaturationOptions) => train({ ...options, epochs: 1 }).outputs[0]!;
  const end = (cost: SaturationCost, from: typeof near) => ends({ cost, ...from });
  const slow = (cost: SaturationCost, from: typeof near) =>
    ends({ cost, ...from, learningRate: 0.005 });
  return [
    claim("(.6, .9): first output", 0.82, starts(near), decimals(2)),
    claim("(2, 2): first output", 0.98, starts(far), decimals(2)),
    claim("(.6, .9): quadratic", 0.094, end("quadratic", near), decimals(3)),
    claim("(2, 2): quadratic", 0.203, end("quadratic", far), decimals(3), SLOW),
    claim("(.6, .9): cross-entropy", 0.0116, end("crossEntropy", near), decimals(4)),
    claim("(2, 2): cross-entropy", 0.012, end("crossEntropy", far), decimals(4)),
    claim("(.6, .9): cross-entropy, rate .005", 0.418, slow("crossEntropy", near), decimals(3)),
    claim("(2, 2): cross-entropy, rate .005", 0.78, slow("crossEntropy", far), decimals(3)),
    claim("(.6, .9): animation, rate .005", 0.04, slow("widget", near), decimals(3), WIDGET),
    claim("(2, 2): animation, rate .005", 0.048, slow("widget", far), decimals(3), WIDGET),
  ];
}
