// The places of what is not 0. How many there are depends on the values.

import { anything, expectOptions } from "../../checks/arguments.ts";
import { ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { less, where } from "../comparison.ts";
import { cast, floorDiv, mod } from "../elementwise.ts";
import { countOf, FOUND, type FoundOptions, placesOf } from "./found.ts";

const checkNonzero = signature<typeof nonzero>("nonzero(x, { size })", tensorKind, anything);

/**
 * The places of the elements that are not 0, in row-major order: for each axis an int32 tensor, so that
 * `x.at(...nonzero(x))` are those elements. NaN is not 0. How many there are depends on the values: under
 * compile(), vmap() and scan() a `size` must say it. Of more the first are kept; a missing place is -1.
 * @throws ShapeError for a scalar, TraceError without a size where the values are not known
 */
export function nonzero(x: Tensor, options: FoundOptions = {}): Tensor<[number]>[] {
  checkNonzero(arguments);
  expectOptions("nonzero", options, FOUND);
  if (x.rank === 0) throw new ShapeError("nonzero: a scalar has no axis");
  const mask = prims.reshape(cast(x, "bool"), { shape: [x.size] });
  const places = placesOf(mask, options.size ?? countOf("nonzero", mask), -1);
  let rest: Tensor = places;
  const along = x.type.shape.toReversed().map((dim) => {
    const place = where(less(places, 0), -1, mod(rest, Math.max(dim, 1)));
    rest = floorDiv(rest, Math.max(dim, 1));
    return place;
  });
  return along.reverse();
}
