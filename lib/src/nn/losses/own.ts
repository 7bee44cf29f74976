// Losses that users bring: functions of target and prediction, or whole Loss objects.

import { expectArgument, func, object, text } from "../../checks/arguments.ts";
import { sameShape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { reshape } from "../../tensor/movement.ts";
import type { Loss } from "./loss.ts";

/** One number for each example, or for each output, which are averaged; or the mean as a scalar. */
export type LossFunction = (target: Tensor, prediction: Tensor) => Tensor;

/**
 * Targets [batch] reach the function as [batch, 1] where the prediction is: else the difference of both
 * would be [batch, batch].
 */
export function lossOfFunction(f: LossFunction): Loss {
  return {
    name: f.name || "loss",
    config: {},
    perExample: (target, prediction) => {
      const shape = prediction.type.shape;
      return f(
        sameShape([...target.type.shape, 1], shape) ? reshape(target, shape) : target,
        prediction,
      );
    },
  };
}

/** @throws ArgumentError unless all parts are what they must be; without a config it gets an empty one */
export function ownLoss(loss: Loss): Loss {
  expectArgument("loss", "its perExample", loss.perExample, func);
  expectArgument("loss", "its name", loss.name, text);
  if (loss.config === undefined) return { ...loss, config: {} };
  expectArgument("loss", "its config", loss.config, object);
  return loss;
}
