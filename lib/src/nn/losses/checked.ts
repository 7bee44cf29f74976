// Losses by name look at what they are given: always at shapes, and at targets where values are known.

import { expectArgument } from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { type Shape, showShape } from "../../ir/shape.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import { areOfClasses, expectTargets, type Targets } from "../targets/index.ts";
import type { Loss } from "./loss.ts";

/** The same function, which refuses operands that mean nothing. */
export function checkedLoss(
  name: string,
  targets: Targets,
  perExample: Loss["perExample"],
): Loss["perExample"] {
  return (target, prediction) => {
    expectArgument(name, "the target", target, tensorKind);
    expectArgument(name, "the prediction", prediction, tensorKind);
    const { shape } = prediction.type;
    expectOutputs(name, targets, shape);
    const { known, type } = target.read().parts;
    if (known) expectTargets("loss", name, targets, { shape: type.shape, data: known }, shape);
    return perExample(target, prediction);
  };
}

/**
 * @param prediction its shape, with the examples in front
 * @throws ShapeError or ArgumentError where there are no classes to choose among
 */
export function expectOutputs(name: string, targets: Targets, prediction: Shape): void {
  if (prediction.length === 0) {
    throw new ShapeError(`${name}: expected predictions of shape [batch, ...], received a scalar`);
  }
  if (!areOfClasses(targets)) return;
  if (prediction.length === 1) {
    throw new ShapeError(
      `${name}: expected predictions of shape [batch, classes], received ${showShape(prediction)}`,
    );
  }
  if (prediction.at(-1)! > 1) return;
  throw new ArgumentError(
    `${name}: expected 2 outputs or more, one for each class, received ${prediction.at(-1)}. ` +
      "For a yes or no of one output take binaryCrossentropy behind a sigmoid.",
  );
}
