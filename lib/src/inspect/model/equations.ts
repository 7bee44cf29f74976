// The four equations of backpropagation written out for a feed-forward model, their factors apart.

import { expectArgument, instance } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { Activation } from "../../nn/activations/activation.ts";
import type { Loss } from "../../nn/losses/loss.ts";
import { grad } from "../../runtime/derivatives/autodiff.ts";
import { withCurrent } from "../../runtime/interpreter/current.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { oneHot } from "../../tensor/create.ts";
import { add, cast, div, mul, sub } from "../../tensor/elementwise.ts";
import { matmul } from "../../tensor/linear.ts";
import { reshape, transpose } from "../../tensor/movement.ts";
import { mean, sum } from "../../tensor/reduce.ts";
import { examplesFor, toTensor } from "../../train/batches/examples.ts";
import type { RowsOf } from "../../train/batches/rows.ts";
import { Model } from "../../train/model/model.ts";
import { type DenseLayer, type DenseNet, denseNetOf } from "./dense-net.ts";
import { slopeOf } from "./slope.ts";

/** One dense layer l, as the equations have it. Matrices hold an example in each row. */
export interface LayerEquations {
  readonly name: string;
  readonly activation: Activation;
  /** w [units below, units], as the library keeps it: the books' w^l is its transpose. */
  readonly w: Tensor;
  readonly b: Tensor | null;
  /** a^(l-1), [examples, units below]. */
  readonly aBelow: Tensor;
  /** z^l = a^(l-1) w + b and a^l = f(z^l), [examples, units]. */
  readonly z: Tensor;
  readonly a: Tensor;
  /**
   * First factor of delta, dC_x/da^l: of the output layer the slope of the loss, below it (w^(l+1))^T delta^(l+1).
   * Null where it cancels against f', as in a cross-entropy behind its own activation.
   */
  readonly fromAbove: Tensor | null;
  /** Second factor, f'(z^l), where f is applied element by element: null for softmax. */
  readonly slope: Tensor | null;
  /** dC_x/dz^l: the product of both (BP1, BP2); of softmax the Jacobian's; where they cancel a - y. */
  readonly delta: Tensor;
  /** dC/db^l (BP3) and dC/dw^l (BP4), means over the examples. */
  readonly db: Tensor;
  readonly dw: Tensor;
  /** Which rule gave delta. */
  readonly rule: "slope of the loss * f'" | "a - y" | "Jacobian of softmax" | "w^T delta * f'";
}

/**
 * z, a, delta and the gradients by BP1 to BP4, written out: no differentiation but that of f and of the loss at
 * its output. For a chain of dense layers with activations element by element, or softmax at the end.
 * @throws ArgumentError naming the layer for which the equations are not written
 * @throws ShapeError where the examples do not fit the model
 */
export function equationsOf(model: Model, x: RowsOf, y: RowsOf): readonly LayerEquations[] {
  expectArgument("equationsOf", "model", model, instance("a model", Model));
  const loss = model.training.losses[0]!;
  const examples = examplesFor("equationsOf", model.instance, x, y);
  return withCurrent({ engine: model.instance.engine, recording: false }, () => {
    const net = denseNetOf("equationsOf", model, toTensor(examples.x[0]!));
    return backwards(loss, forwards(net), toTensor(examples.y[0]!));
  });
}

type Forward = DenseLayer & Pick<LayerEquations, "aBelow" | "z" | "a">;

function forwards({ a0, layers }: DenseNet): Forward[] {
  let aBelow = a0;
  return layers.map((layer) => {
    const product = matmul(aBelow, layer.w);
    const z = layer.b ? add(product, layer.b) : product;
    const made = { ...layer, aBelow, z, a: layer.activation.apply(z) };
    aBelow = made.a;
    return made;
  });
}

function backwards(loss: Loss, layers: readonly Forward[], target: Tensor): LayerEquations[] {
  const found: LayerEquations[] = [];
  let above: LayerEquations | null = null;
  for (const layer of [...layers].reverse()) {
    const error: ErrorTerm = above ? hiddenError(layer, above) : outputError(layer, loss, target);
    const examples = layer.z.shape[0]!;
    above = {
      ...layer,
      ...error,
      db: mean(error.delta, 0),
      dw: div(matmul(transpose(layer.aBelow), error.delta), examples),
    };
    found.unshift(above);
  }
  return found;
}

type ErrorTerm = Pick<LayerEquations, "fromAbove" | "slope" | "delta" | "rule">;

/** BP2: delta^l = (w^(l+1))^T delta^(l+1) * f'(z^l), in rows. */
function hiddenError({ activation, z }: Forward, above: LayerEquations): ErrorTerm {
  const fromAbove = matmul(above.delta, transpose(above.w));
  return { ...throughActivation(activation, z, fromAbove), rule: "w^T delta * f'" };
}

/** BP1: delta^L = dC/da^L * f'(z^L). */
function outputError(layer: Forward, loss: Loss, target: Tensor): ErrorTerm {
  const { activation, z, a } = layer;
  const y = targetLike(target, a);
  if (loss.logits !== undefined && loss.logits === activation.name && loss.ofLogits) {
    const slope = activation.axisWise ? null : slopeOf(activation, z);
    return { fromAbove: null, slope, delta: mul(sub(a, y), shareOf(loss, a)), rule: "a - y" };
  }
  const ownLoss = (output: Tensor): Tensor<[]> => sum(loss.perExample(target, output));
  const fromAbove = grad(ownLoss)(a);
  const error = throughActivation(activation, z, fromAbove);
  return { ...error, rule: error.slope ? "slope of the loss * f'" : "Jacobian of softmax" };
}

function throughActivation(f: Activation, z: Tensor, fromAbove: Tensor): Omit<ErrorTerm, "rule"> {
  if (!f.axisWise) {
    const slope = slopeOf(f, z);
    return { fromAbove, slope, delta: mul(fromAbove, slope) };
  }
  // Of softmax da_i/dz_j = a_i ([i = j] - a_j), so that delta_j = a_j (g_j - sum_i g_i a_i).
  const a = f.apply(z);
  const weighted = sum(mul(fromAbove, a), -1, true);
  return { fromAbove, slope: null, delta: mul(a, sub(fromAbove, weighted)) };
}

/** A cross-entropy over several outputs is their sum, or in binaryCrossentropy their mean. */
function shareOf({ name }: Loss, a: Tensor): number {
  return name === "binaryCrossentropy" ? 1 / a.shape.at(-1)! : 1;
}

/** Labels as rows with a one; other targets in the output's shape. */
function targetLike(target: Tensor, a: Tensor): Tensor {
  const [rows, units] = a.type.shape;
  if (target.size === a.size) return reshape(cast(target, a.dtype), a.type.shape);
  if (target.size !== rows)
    throw new ArgumentError("equationsOf: the targets do not fit the output");
  return oneHot(reshape(cast(target, "int32"), [rows]), units!, a.dtype);
}
