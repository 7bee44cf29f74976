// What derivatives expect of a function's arguments and results.

import { show } from "../../checks/arguments.ts";
import { GradientError, ShapeError } from "../../checks/errors.ts";
import { isFloat } from "../../ir/dtype.ts";
import { showShape } from "../../ir/shape.ts";
import { sameType, showType } from "../../ir/type.ts";
import { numbersIn } from "../interpreter/explained.ts";
import { Tensor } from "../values/tensor.ts";
import type { Flat } from "../values/tree.ts";

/** @throws GradientError where there is nothing to differentiate by */
export function expectTensors(what: string, name: string, tree: unknown, flat: Flat): void {
  if (flat.leaves.length > 0) return;
  const hint = numbersIn(tree) ? ` Write ${numbersIn(tree)}.` : "";
  throw new GradientError(
    `${what}: expected ${name} to be a tensor or a record of them, received ${show(tree)}.${hint}`,
  );
}

export function expectPair(result: unknown): unknown[] {
  if (Array.isArray(result) && result.length === 2) return result;
  throw new GradientError(
    `grad: with hasAux the function must return [loss, extra], but it returned ${kindOf(result)}`,
  );
}

/** `an array`, `a number`. */
export function kindOf(result: unknown): string {
  if (Array.isArray(result)) return "an array";
  if (result instanceof Tensor) return "a tensor";
  if (result === undefined || result === null) return "nothing";
  return typeof result === "object" ? "an object" : `a ${typeof result}`;
}

export function expectScalar(result: unknown): asserts result is Tensor {
  if (!(result instanceof Tensor)) {
    const hint = Array.isArray(result) ? ". For [loss, extra] pass { hasAux: true }." : "";
    throw new GradientError(
      `grad: the function must return a scalar tensor, but it returned ${kindOf(result)}${hint}`,
    );
  }
  if (result.rank !== 0) {
    throw new GradientError(
      `grad: the function must return a scalar, but it returned shape ${showShape(result.shape)}. ` +
        "Reduce it with sum() or mean(), or use jacobian().",
    );
  }
  if (!isFloat(result.dtype)) {
    throw new GradientError(
      `grad: the function must return a float, but it returned ${result.dtype}`,
    );
  }
}

export function expectFloat(what: string, leaf: Tensor): void {
  if (isFloat(leaf.dtype)) return;
  const instead = what === "grad" ? "Pass it as another argument" : "Use it from outside";
  throw new GradientError(
    `${what}: ${showType(leaf.type)} has no derivative; only float32 and float64 tensors have. ` +
      `${instead}, or cast() it.`,
  );
}

export function expectSameTypes(
  what: string,
  kind: string,
  expected: readonly Tensor[],
  received: readonly Tensor[],
): void {
  expected.forEach((tensor, i) => {
    const other = received[i]!;
    if (!sameType(tensor.type, other.type)) {
      throw new ShapeError(
        `${what}: ${kind} ${i}: expected ${showType(tensor.type)}, received ${showType(other.type)}`,
      );
    }
  });
}
