// What functions on computations ask of their arguments.

import type { Kind } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { didYouMean } from "../../checks/nearest.ts";
import type { Computation } from "./computation.ts";

export const computationKind: Kind<Computation> = {
  says: "a computation",
  fits: (x) => {
    const { inputs, operations, outputs } = (x ?? {}) as Partial<Computation>;
    return Array.isArray(inputs) && Array.isArray(operations) && Array.isArray(outputs);
  },
  hint: (x) =>
    typeof x === "string" ? "Write explainExpression(text, at).computation" : undefined,
};

/** @throws ArgumentError with the nearest known name */
export function expectKnown(
  where: string,
  what: string,
  name: string,
  known: readonly string[],
): void {
  if (known.includes(name)) return;
  const list = known.length === 0 ? "none" : known.join(", ");
  throw new ArgumentError(
    `${where}: there is no ${what} "${name}".${didYouMean(name, known)} There is ${list}.`,
  );
}
