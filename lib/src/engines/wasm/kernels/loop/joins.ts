// Which elements the runtime computes eight at a time where two vectors stand side by side: those whose
// instructions are all among the ones that it joins.

import type { OpName } from "../../../../ir/op-table.ts";
import { type Element, elementsBelow } from "../../lower/element.ts";
import { LANE_BY_LANE } from "../../math/index.ts";

/** These branch, work on doubles, or call a function lane by lane. */
const APART: ReadonlySet<OpName> = new Set([
  ...(["sin", "cos", "tan", "atan", "log2", "log10", "pow", "mod"] as const),
  ...LANE_BY_LANE,
]);

/** @param roots what is stored */
export function areJoined(roots: readonly Element<unknown>[]): boolean {
  return roots.every(isWord) && elementsBelow(roots).every(isJoined);
}

/** Bytes are stored in another way. */
const isWord = ({ dtype }: Element<unknown>): boolean => dtype === "float32" || dtype === "int32";

function isJoined(element: Element<unknown>): boolean {
  switch (element.kind) {
    case "load":
      return isWord(element) && [0, 1, undefined].includes(element.view.strides.at(-1));
    case "index":
      return false;
    case "op":
      return !APART.has(element.op);
    default:
      return true;
  }
}
