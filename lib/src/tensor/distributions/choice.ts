// Draws out of classes and lists: by chance, by weights, with or without putting back.

import {
  anything,
  either,
  expectOptions,
  flag,
  index,
  type Kinds,
  worded,
} from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { showShape, sizeOf } from "../../ir/shape.ts";
import { expectDType, FLOATS } from "../../ops/define.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { axisKind, shapeKind, tensorKind } from "../../runtime/values/kinds.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import type { AxisError, Or, Reduce, Shape, Unless } from "../../shapes/index.ts";
import { slice } from "../counting/found.ts";
import { searchSorted } from "../counting/search.ts";
import { add, cast, log, minimum, mul } from "../elementwise.ts";
import { broadcastTo, resolveAxis } from "../operands/broadcast.ts";
import { checkShape } from "../operands/checks.ts";
import { gatherAxis } from "../operands/gather-axis.ts";
import { type Key, keyKind, permutation, randint, uniform } from "../random.ts";
import { argmax, cumsum } from "../reduce.ts";
import { argsort } from "../sorting.ts";
import { gumbel } from "./exponential.ts";

const checkCategorical = signature<typeof categorical>(
  "categorical(key, logits, axis?, draws?)",
  keyKind,
  tensorKind,
  axisKind,
  shapeKind,
);

/**
 * Classes drawn with the probabilities softmax(logits) along an axis (the last by default), int32: the
 * place of the largest logit plus Gumbel noise (Gumbel 1954; Maddison, Tarlow and Minka 2014). No gradient.
 * @param draws the shape of independent draws, in front of the result's; one if not given
 * @throws DTypeError for integers, ArgumentError for no classes
 */
export function categorical<
  S extends Shape,
  const X extends number = -1,
  D extends Shape | undefined = undefined,
>(
  from: Key,
  logits: Tensor<S>,
  axis?: Unless<AxisError<"categorical", S, X>, X>,
  draws?: D,
): Tensor<D extends Shape ? any : Or<Reduce<S, X>>> {
  checkCategorical(arguments);
  expectDType("categorical", logits.type, FLOATS);
  const along = resolveAxis("categorical", logits.type.shape, (axis as number | undefined) ?? -1);
  const lead: readonly number[] = draws ?? [];
  const shape = [...lead, ...logits.type.shape];
  checkShape("categorical", shape);
  const noise = gumbel(from, shape, { dtype: logits.dtype as "float32" | "float64" });
  return argmax(add(broadcastTo(logits, shape), noise), along + lead.length) as Tensor;
}

/** Options of choice(): with putting back, all alike, along the first axis by default. */
export interface ChoiceOptions {
  /** False where nothing is to be drawn twice. */
  readonly replace?: boolean;
  /** How likely each is beside the others, floats [n] of 0 or more: their sum need not be 1. */
  readonly weights?: Tensor;
  /** The axis whose slices are drawn. */
  readonly axis?: number;
}

const CHOICE: Kinds<ChoiceOptions> = { replace: flag, weights: tensorKind, axis: axisKind };
const ofKind = worded("a whole number of 0 or more, or a tensor", either(index, tensorKind));
const checkChoice = signature<typeof choice>(
  "choice(key, of, shape, { replace, weights, axis })",
  keyKind,
  ofKind,
  shapeKind,
  anything,
);

/**
 * Draws of the whole numbers 0..n-1, int32, or of a tensor's slices along an axis: `shape` of them, which
 * takes the axis's position. Without putting back weights count as in drawing one after the other (by
 * the largest log weights plus Gumbel noise).
 * @throws ArgumentError for more draws than there are without putting back, for nothing to draw from, for
 * known weights below 0 or without any above; ShapeError for weights of another length
 */
export function choice(
  from: Key,
  of: number | Tensor,
  shape: readonly number[],
  options: ChoiceOptions = {},
): Tensor {
  checkChoice(arguments);
  expectOptions("choice", options, CHOICE);
  checkShape("choice", shape);
  const { replace = true, weights, axis = 0 } = options;
  const along = of instanceof Tensor ? resolveAxis("choice", of.type.shape, axis) : 0;
  const n = of instanceof Tensor ? of.type.shape[along]! : of;
  const k = sizeOf(shape);
  if (k > (replace && n > 0 ? Infinity : n)) {
    const how = replace ? "" : " without putting back";
    throw new ArgumentError(`choice: expected at most ${n} draws out of ${n}${how}, received ${k}`);
  }
  if (weights) checkWeights(weights, n, replace ? 1 : k);
  const places = replace
    ? drawnAgain(from, n, k, weights)
    : slice(drawnOnce(from, n, weights), 0, k);
  const shaped = prims.reshape(places, { shape });
  return of instanceof Tensor ? gatherAxis(of, shaped, along) : shaped;
}

function drawnAgain(from: Key, n: number, k: number, weights?: Tensor): Tensor {
  if (k === 0) return prims.iota({ length: 0, dtype: "int32" });
  if (!weights) return randint(from, [k], 0, n);
  const total = cumsum(cast(weights, "float64"), 0);
  const all = broadcastTo(slice(total, n - 1, n), [k]);
  const drawn = mul(uniform(from, [k], { dtype: "float64" }), all);
  // A product that was rounded up to the total belongs to the last that has any weight.
  const last = searchSorted(total, slice(total, n - 1, n), "left");
  return minimum(searchSorted(total, drawn, "right"), broadcastTo(last, [k]));
}

function drawnOnce(from: Key, n: number, weights?: Tensor): Tensor {
  if (!weights) return permutation(from, n);
  const logits = log(cast(weights, "float64"));
  return argsort(add(logits, gumbel(from, [n], { dtype: "float64" })), 0, true);
}

function checkWeights(weights: Tensor, n: number, least: number): void {
  expectDType("choice", weights.type, FLOATS);
  if (weights.rank !== 1 || weights.size !== n) {
    throw new ShapeError(
      `choice: expected weights of shape [${n}], received ${showShape(weights.shape)}`,
    );
  }
  const { known } = weights.read().parts;
  if (!known) return;
  const wrong = known.find((w: number) => !(w >= 0 && w < Infinity));
  if (wrong !== undefined) {
    throw new ArgumentError(`choice: expected finite weights of 0 or more, received ${wrong}`);
  }
  const above = known.filter((w: number) => w > 0).length;
  if (above >= least) return;
  throw new ArgumentError(`choice: expected at least ${least} weights above 0, received ${above}`);
}
