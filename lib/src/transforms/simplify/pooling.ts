// What is decided by an array of maxima is decided before it is handed back through the pool: there are fewer of them.

import type { Value } from "../../ir/graph.ts";
import { canonicalFill, type RuleContext, uniformNumber } from "./context.ts";

/**
 * where(k < x, poolPut(dy, x), 0), as behind a relu, is poolPut(where(k < m, dy, 0), x) to the bit, with the maxima m
 * of x: all that is handed to one pixel comes from windows whose maximum it is. Null where m is not
 * computed anyway.
 */
export function choosingBeforePool(
  context: RuleContext,
  condition: Value,
  a: Value,
  b: Value,
): Value | null {
  const put = context.made(a, "poolPut");
  const [low, high] = context.made(condition, "lt")?.inputs ?? [];
  if (!put || !low || high !== put.inputs[1] || !Object.is(uniformNumber(context, b), 0))
    return null;
  const [dy, x] = put.inputs;
  const bound = uniformNumber(context, low);
  const maxima = context.known("maxPool", [x], put.params);
  if (bound === null || !maxima) return null;
  const { o } = context;
  const all = (number: number) => canonicalFill(o, maxima.type, number);
  return o.poolPut(o.where(o.lt(all(bound), maxima), dy, all(0)), x, put.params);
}
