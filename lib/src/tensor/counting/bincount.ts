// Whole numbers counted, each in a bin of its own.

import { anything, expectOptions, index, type Kinds } from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import type { DataArray } from "../../ir/dtype.ts";
import { showShape } from "../../ir/shape.ts";
import { expectDType } from "../../ops/define.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import { elementsOf, type Tensor } from "../../runtime/values/tensor.ts";
import { greaterEqual, less, logicalAnd, where } from "../comparison.ts";
import { ones } from "../create.ts";
import { cast } from "../elementwise.ts";
import { checkShape } from "../operands/checks.ts";
import { expectTold, slice } from "./found.ts";

/** Options of bincount(). */
export interface BincountOptions {
  /** What each element counts, in the shape of x; 1 if not given. */
  readonly weights?: Tensor;
  /** How many bins there are, which compile() must know; up to the largest element if not given. */
  readonly length?: number;
}

const BINCOUNT: Kinds<BincountOptions> = { weights: tensorKind, length: index };
const checkBincount = signature<typeof bincount>(
  "bincount(x, { weights, length })",
  tensorKind,
  anything,
);

/**
 * How often each whole number from 0 on occurs in x, int32, or the sum of its weights. How many bins there
 * are depends on the values: under compile(), vmap() and scan() a `length` must say it. What is beyond the
 * length is not counted. Gradients go to the weights.
 * @throws ArgumentError for a known element below 0, DTypeError for other types than int32 and uint8,
 * TraceError without a length where the values are not known
 */
export function bincount(x: Tensor, options: BincountOptions = {}): Tensor<[number]> {
  checkBincount(arguments);
  expectOptions("bincount", options, BINCOUNT);
  expectDType("bincount", x.type, ["int32", "uint8"]);
  const row = prims.reshape(cast(x, "int32"), { shape: [x.size] });
  const { known } = row.parts;
  const negative = known?.find((element: number) => element < 0);
  if (negative !== undefined) {
    throw new ArgumentError(`bincount: expected numbers of 0 or more, received ${negative}`);
  }
  if (options.length === undefined) expectTold("bincount", row, "length");
  const length = options.length ?? most(elementsOf(row)) + 1;
  checkShape("bincount", [length]);
  const isInside = logicalAnd(greaterEqual(row, 0), less(row, length));
  return addedUp("bincount", where(isInside, row, length), length, x, options.weights);
}

function most(numbers: DataArray): number {
  let largest = -1;
  for (const x of numbers) if (x > largest) largest = x;
  return largest;
}

/** Weights, or ones, added up by place; those at `length` are dropped. */
export function addedUp(
  op: string,
  places: Tensor,
  length: number,
  x: Tensor,
  weights?: Tensor,
): Tensor {
  if (weights && showShape(weights.shape) !== showShape(x.shape)) {
    throw new ShapeError(
      `${op}: expected weights of shape ${showShape(x.shape)}, received ${showShape(weights.shape)}`,
    );
  }
  const each = weights
    ? prims.reshape(weights.dtype === "bool" ? cast(weights, "int32") : weights, {
        shape: [x.size],
      })
    : ones([x.size], "int32");
  return slice(prims.scatterAdd(places, each, { size: length + 1 }), 0, length);
}
