// Nielsen, chapter 2: a weight learns slowly where its input is small or its neuron is saturated, however large it is.

import { grad } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { tensor } from "../../../tensor/create.ts";
import { add, mul, sigmoid, square, sub } from "../../../tensor/elementwise.ts";
import { sum } from "../../../tensor/reduce.ts";
import { above } from "../../shared/bounds.ts";
import { type Claim, claim, decimals } from "../../shared/claim.ts";
import { experimentPoint, type Parameters, real, reals } from "../../shared/parameters.ts";

/** One neuron with a weight for each input: w . x + b. */
interface Neuron {
  readonly w: Tensor;
  readonly b: Tensor;
}

function neuronOf(w: readonly number[], b: number): Neuron {
  return { w: tensor([...w], "float64"), b: tensor(b, "float64") };
}

/** The gradient of (a - y)^2 / 2 over the weights. */
export function weightGradients(
  { w, b }: Neuron,
  inputs: readonly number[],
  target: number,
): number[] {
  const x = tensor([...inputs], "float64");
  const cost = (weights: Tensor) =>
    mul(square(sub(sigmoid(add(sum(mul(weights, x)), b)), target)), 0.5) as Tensor<[]>;
  return [...grad(cost)(w).data];
}

/** sigma'(z), by differentiation. */
function slopeAt(z: number): number {
  return grad(sigmoid as (z: Tensor) => Tensor<[]>)(tensor(z, "float64")).item();
}

/** What the experiment may be told instead. */
export interface SlowLearningPoint {
  readonly inputs: readonly number[];
  readonly weights: readonly number[];
  readonly target: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<SlowLearningPoint> = {
  inputs: reals("what the three weights of a neuron read", [1, 0.01, 0]),
  weights: reals("two weights that read an input of 1, the larger first", [4, 1.5]),
  target: real("what the neuron should answer", 0),
};

const NOTES =
  "The notes tie fast learning to large weights. The size of a weight is nowhere in its gradient a_in delta: a " +
  "large one slows learning where it saturates its neuron.";

/** Gradients by input, by saturation, and by size of the weight. */
export function claims(given: Partial<SlowLearningPoint> = {}): Claim[] {
  const { inputs, weights, target } = experimentPoint("slow-learning", PARAMETERS, given);
  const [large, small] = weights as [number, number];
  const [active, low, off] = weightGradients(neuronOf([0.5, 0.5, 0.5], 0), inputs, target);
  const [saturated] = weightGradients(neuronOf([large], 0), [1], target);
  const [free] = weightGradients(neuronOf([small], 0), [1], target);
  const [largeFree] = weightGradients(neuronOf([large], small - large), [1], target);
  return [
    claim("gradient of a weight whose input is 0", 0, Math.abs(off!), 0),
    claim(`gradient at input ${inputs[1]} / at input ${inputs[0]}`, 0.01, low! / active!, 1e-15),
    claim(`slope of the neuron at z = ${large}`, 0.01766, slopeAt(large), decimals(5)),
    claim(`slope at z = ${small}`, 0.14915, slopeAt(small), decimals(5)),
    above(`gradient of weight ${small} / of weight ${large}, no bias`, 1, free! / saturated!),
    claim(`the same, a bias that brings both to z = ${small}`, 1, free! / largeFree!, 1e-14, NOTES),
  ];
}
