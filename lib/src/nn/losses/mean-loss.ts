// The average loss of a batch: what training minimises.

import { expectArgument, having, show } from "../../checks/arguments.ts";
import { ArgumentError, DTypeError, ShapeError } from "../../checks/errors.ts";
import { isFloat } from "../../ir/dtype.ts";
import { showShape } from "../../ir/shape.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import { mean } from "../../tensor/reduce.ts";
import type { Loss } from "./loss.ts";

const LOSS = having("a loss, as lossOf() makes it", "perExample");

/**
 * The average loss of a batch, a scalar.
 * @throws ArgumentError, ShapeError or DTypeError for operands that do not fit, and for a loss that gives
 * something else than one number an example
 */
export function meanLoss(loss: Loss, target: Tensor, prediction: Tensor): Tensor<[]> {
  expectArgument("meanLoss", "loss", loss, LOSS);
  expectArgument("meanLoss", "target", target, tensorKind);
  expectArgument("meanLoss", "prediction", prediction, tensorKind);
  return averageLoss(loss, loss.perExample(target, prediction), prediction);
}

/** The average of what a loss gave for the examples. */
export function averageLoss(loss: Loss, values: Tensor, prediction: Tensor): Tensor<[]> {
  expectLosses(loss, values, prediction.type.shape[0]!, prediction.size);
  return mean(values);
}

/**
 * @param most how many numbers there may be, where a loss gives one for every output
 * @throws ArgumentError, ShapeError or DTypeError for a loss that gives something else
 */
export function expectLosses(
  { name }: Loss,
  values: Tensor,
  batch: number,
  most: number = Number.POSITIVE_INFINITY,
): void {
  if (!(values instanceof Tensor)) {
    throw new ArgumentError(
      `loss "${name}": expected a tensor with one number for each example, received ${show(values)}`,
    );
  }
  if (!isFloat(values.dtype)) {
    throw new DTypeError(`loss "${name}": expected float numbers, received ${values.dtype}`);
  }
  const fits = values.rank === 0 || (values.type.shape[0] === batch && values.size <= most);
  if (fits) return;
  throw new ShapeError(
    `loss "${name}": expected one number for each example, [${batch}], or their mean, ` +
      `received ${showShape(values.shape)}`,
  );
}
