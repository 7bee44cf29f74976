// Small fully connected nets in float64, and plain gradient descent over all examples at once: what the
// book's short experiments share.

import { lossOf, meanLoss } from "../../nn/losses/index.ts";
import type { NdArray } from "../../ops/define.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { grad, valueAndGrad } from "../../runtime/derivatives/autodiff.ts";
import { scan } from "../../runtime/loops/scan.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { mapTree } from "../../runtime/values/tree.ts";
import { equal, greater } from "../../tensor/comparison.ts";
import { fromData, full } from "../../tensor/create.ts";
import { add, cast, mul, square, sub } from "../../tensor/elementwise.ts";
import { matmul } from "../../tensor/linear.ts";
import { reshape } from "../../tensor/movement.ts";
import { key, normal, splitKey } from "../../tensor/random.ts";
import { mean, sum } from "../../tensor/reduce.ts";

/** Layer by layer: weights [inputs, units] and biases [units]; an example is a row. */
export interface SmallNet {
  readonly weights: readonly Tensor[];
  readonly biases: readonly Tensor[];
}

/** Inputs [n, inputs] and targets [n, 1], both float64. */
export interface LabelledPoints {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Examples of two classes as float64 tensors. */
export function toPoints({ x, y }: { readonly x: NdArray; readonly y: NdArray }): LabelledPoints {
  const n = x.shape[0]!;
  return {
    x: fromData(Float64Array.from(x.data), [n, x.shape[1]!]),
    y: fromData(Float64Array.from(y.data), [n, 1]),
  };
}

/** Weights from N(0, std^2), and biases all alike. */
export function drawNet(
  sizes: readonly number[],
  seed: number,
  { std = 1, bias = 0 }: { readonly std?: number; readonly bias?: number } = {},
): SmallNet {
  const keys = splitKey(key(seed), sizes.length - 1);
  return {
    weights: keys.map((k, l) => normal(k, [sizes[l]!, sizes[l + 1]!], { std, dtype: "float64" })),
    biases: sizes.slice(1).map((units) => full([units], bias, "float64")),
  };
}

/** The net inputs z of the output layer, [n, outputs]; `f` bends the hidden layers. */
export function netInputs(
  { weights, biases }: SmallNet,
  x: Tensor,
  f: (z: Tensor) => Tensor,
): Tensor {
  let z = x;
  weights.forEach((w, l) => {
    const a = l === 0 ? z : f(z);
    z = add(matmul(a, w), biases[l]!);
  });
  return z;
}

const LOGISTIC = lossOf({ name: "binaryCrossentropy", fromLogits: true });

/** The mean cross-entropy of a logistic output with net inputs z. */
export function logisticCost(z: Tensor, y: Tensor): Tensor<[]> {
  return meanLoss(LOGISTIC, y, z);
}

/** The part of the examples on whose side z is. */
export function accuracyOf(z: Tensor, y: Tensor): number {
  return mean(cast(equal(cast(greater(z, 0), "float64"), y), "float64")).item();
}

/** Gradient descent as one compiled loop. @returns the net, and the cost before each step */
export function gradientDescent(
  cost: (net: SmallNet) => Tensor<[]>,
  net: SmallNet,
  { rate, steps }: { readonly rate: number; readonly steps: number },
): { net: SmallNet; costs: readonly number[] } {
  const step = (at: SmallNet): [SmallNet, Tensor] => {
    const [value, gradient] = valueAndGrad(cost)(at);
    return [mapTree((p, dp) => sub(p, mul(dp, rate)), at, gradient), value];
  };
  const run = compile((start: SmallNet) => scan(step, start, null, { length: steps }));
  const [last, costs] = run(net);
  return { net: last, costs: [...costs.data] };
}

/** |dC/dW| of each layer, first to last. */
export function gradientNorms(cost: (net: SmallNet) => Tensor<[]>, net: SmallNet): number[] {
  return grad(cost)(net).weights.map((dw) => Math.sqrt(sum(square(dw)).item()));
}

/** A column out of numbers. */
export function column(values: readonly number[]): Tensor {
  return reshape(fromData(Float64Array.from(values), [values.length]), [values.length, 1]);
}
