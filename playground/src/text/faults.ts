// What is wrong with an expression, in the reader's words.

import type { ExpressionFault } from "neurite/inspect/expression";
import type { problems } from "./en/problems.ts";

export type FaultWords = (typeof problems)["faults"];

/** One or two sentences on a mistake, without its place. */
export function wordFault(fault: ExpressionFault, words: FaultWords): string {
  switch (fault.code) {
    case "sign": {
      const hint = fault.hint === "power" ? words.powerHint : words.parenthesesHint;
      return joined(words.sign(fault.sign), fault.hint && hint);
    }
    case "operand":
      return words.operand(fault.received);
    case "operator":
      return joined(words.operator(fault.received), fault.product && words.product(fault.product));
    case "unknownFunction":
      return joined(words.unknownFunction(fault.name), fault.meant && words.meant(fault.meant));
    case "arity":
      return words.arity(fault.name, fault.takes, fault.received);
    case "unclosed":
      return words.unclosed(fault.sign);
    case "tooLarge":
      return words.tooLarge(fault.number);
    case "deep":
      return words.deep(fault.most);
    case "bareFunction":
    case "early":
    case "twice":
    case "reserved":
      return words[fault.code](fault.name);
    case "unopened":
    case "equals":
    case "empty":
      return words[fault.code];
  }
}

function joined(sentence: string, more: string | null): string {
  return more ? `${sentence} ${more}` : sentence;
}
