// Poisson draws: how often what is rare and independent happens.

import { type Kind, number, worded } from "../../checks/arguments.ts";
import { signature } from "../../checks/signature.ts";
import { shapeKind } from "../../runtime/values/kinds.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import type { Shape } from "../../shapes/index.ts";
import { searchSorted } from "../counting/search.ts";
import { add, minimum } from "../elementwise.ts";
import { checkShape } from "../operands/checks.ts";
import { type Key, keyKind, type Mutable, uniform } from "../random.ts";

const MOST = 1e9;
const rateKind: Kind<number> = {
  ...worded(`a number from 0 to ${MOST}`, number),
  fits: (x) => typeof x === "number" && x >= 0 && x <= MOST,
};
const checkPoisson = signature<typeof poisson>(
  "poisson(key, rate, shape)",
  keyKind,
  rateKind,
  shapeKind,
);

/**
 * Whole numbers k of probability rate^k exp(-rate) / k!, int32: a uniform draw of 53 bits, looked up in the
 * sums of these up to ten standard deviations from the rate, beyond which less than 10^-20 lies.
 */
export function poisson<const S extends Shape>(
  from: Key,
  rate: number,
  shape: S,
): Tensor<Mutable<S>> {
  checkPoisson(arguments);
  checkShape("poisson", shape);
  const { low, sums } = table(rate);
  const drawn = uniform(from, shape, { dtype: "float64" }) as Tensor;
  const places = minimum(searchSorted(sums, drawn, "right"), sums.size - 1);
  return add(places, low) as Tensor;
}

/** The distribution function from `low` on, summed from the mode outwards before it is scaled to 1. */
function table(rate: number): { low: number; sums: Tensor } {
  const mode = Math.floor(rate);
  const reach = 10 * Math.sqrt(rate);
  const low = Math.max(0, Math.floor(rate - reach));
  const known = new Float64Array(Math.ceil(rate + reach) + 31 - low);
  known[mode - low] = 1;
  for (let k = mode + 1 - low; k < known.length; k++) known[k] = (known[k - 1]! * rate) / (k + low);
  for (let k = mode - 1 - low; k >= 0; k--) known[k] = (known[k + 1]! * (k + low + 1)) / rate;
  for (let k = 1; k < known.length; k++) known[k] = known[k]! + known[k - 1]!;
  const total = known.at(-1)!;
  for (let k = 0; k < known.length; k++) known[k] = known[k]! / total;
  return { low, sums: new Tensor({ type: { dtype: "float64", shape: [known.length] }, known }) };
}
