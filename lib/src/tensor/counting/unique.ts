// The different elements of a tensor. How many there are depends on the values.

import { anything, expectOptions } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { isNan, less, logicalAnd, logicalNot, notEqual, where } from "../comparison.ts";
import { full } from "../create.ts";
import { cast, sub } from "../elementwise.ts";
import { cumsum } from "../reduce.ts";
import { argsort } from "../sorting.ts";
import { countOf, FOUND, type FoundOptions, placesOf, slice } from "./found.ts";

/** What unique() finds. */
export interface Unique {
  /** The different elements, ascending, NaN last and once. */
  readonly values: Tensor<[number]>;
  /** Where each of them stands first in x as one row, int32. */
  readonly indices: Tensor<[number]>;
  /** For each element of x the place of its value, int32 in the shape of x. */
  readonly inverse: Tensor;
  /** How often each occurs, int32. */
  readonly counts: Tensor<[number]>;
}

const checkUnique = signature<typeof unique>("unique(x, { size })", tensorKind, anything);

/**
 * The different elements of x, where they stand and how often. How many there are depends on the values:
 * under compile(), vmap() and scan() a `size` must say it. Of more the first are kept; what is missing
 * repeats the last value, with a count of 0.
 * @throws TraceError without a size where the values are not known
 */
export function unique(x: Tensor, options: FoundOptions = {}): Unique {
  checkUnique(arguments);
  expectOptions("unique", options, FOUND);
  const n = x.size;
  const row = prims.reshape(x, { shape: [n] });
  const order = argsort(x.dtype === "bool" ? cast(row, "uint8") : row, 0);
  const sorted = prims.gather(row, order);
  const isFirst = startsOf(sorted);
  const ordinal = sub(cumsum(cast(isFirst, "int32"), 0), 1);
  const size = options.size ?? countOf("unique", isFirst);
  if (n === 0 && size > 0) {
    throw new ArgumentError(`unique: expected size 0 for no elements, received ${size}`);
  }
  const starts = placesOf(isFirst, size, Math.max(n - 1, 0));
  const [values, indices] = [prims.gather(sorted, starts), prims.gather(order, starts)];
  const inverse = prims.scatterAdd(order, ordinal, { size: n });
  const isKept = less(ordinal, size);
  const counts = prims.scatterAdd(where(isKept, ordinal, 0), cast(isKept, "int32"), { size });
  return { values, indices, inverse: prims.reshape(inverse, { shape: x.type.shape }), counts };
}

/** True where an element of a sorted row differs from the one before; one NaN is like another. */
function startsOf(sorted: Tensor): Tensor {
  const n = sorted.size;
  const [before, after] = [slice(sorted, 0, Math.max(n - 1, 0)), slice(sorted, Math.min(n, 1), n)];
  const differs = logicalAnd(
    notEqual(before, after),
    logicalNot(logicalAnd(isNan(before), isNan(after))),
  );
  return prims.concat(full([Math.min(n, 1)], true), differs, { axis: 0 });
}
