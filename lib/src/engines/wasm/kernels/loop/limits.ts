// The larger or the smaller of a float and a number that is known: one or two instructions, where
// f32x4.max must think of NaN and of 0 and -0, which takes eight.

import { type Expr, type Local, op } from "../../code/index.ts";
import type { Element } from "../../lower/element.ts";

/** The vector form of max(x, number) or min(x, number), to the bits of the op; null for anything else. */
export function limitOp(
  { op: name, dtype, args }: Extract<Element<unknown>, { kind: "op" }>,
  values: readonly Local[],
): Expr | null {
  if (dtype !== "float32" || (name !== "max" && name !== "min")) return null;
  const at = args.findIndex(({ kind }) => kind === "number");
  const limit = args[at];
  if (limit?.kind !== "number" || Number.isNaN(limit.value)) return null;
  if (name === "min" && Object.is(limit.value, -0)) return null;
  const bound = values[at]!;
  // Both give x where it is NaN, and where the two are equal: 0 and -0 are.
  const chosen = op(`f32x4.p${name}`, values[1 - at]!, bound);
  return name === "max" && Object.is(limit.value, 0) ? op("f32x4.add", chosen, bound) : chosen;
}
