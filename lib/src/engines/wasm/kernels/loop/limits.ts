// The larger or the smaller of a float and a number that is known: one or two instructions, where
// f32x4.max must think of NaN and of 0 and -0, which takes eight.

import { type Expr, type Local, op } from "../../code/index.ts";
import type { Element } from "../../lower/element.ts";
import type { MathContext } from "../../math/index.ts";

/** The vector form of max(x, number) or min(x, number), to the bits of the op; null for anything else. */
export function limitOp(
  m: MathContext,
  { op: name, dtype, args }: Extract<Element<unknown>, { kind: "op" }>,
  values: readonly Local[],
): Expr | null {
  if (dtype !== "float32" || (name !== "max" && name !== "min")) return null;
  const at = args.findIndex(({ kind }) => kind === "number");
  const limit = args[at];
  if (limit?.kind !== "number" || Number.isNaN(limit.value)) return null;
  const [x, bound] = [values[1 - at]!, values[at]!];
  // Both give x where it is NaN, and where the two are equal: 0 and -0 are.
  if (name === "min") return Object.is(limit.value, -0) ? null : op("f32x4.pmin", x, bound);
  const larger = op("f32x4.pmax", x, bound);
  return Object.is(limit.value, 0) ? op("f32x4.add", larger, m.splat(0)) : larger;
}
