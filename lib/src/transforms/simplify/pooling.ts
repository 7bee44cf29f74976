// What is decided by an array of maxima is decided before it is handed back through the pool: there are fewer of them.

import type { Value } from "../../ir/graph.ts";
import { sizeOf } from "../../ir/shape.ts";
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
  const less = context.made(condition, "lt")?.inputs;
  if (!put || !less || !Object.is(uniformNumber(context, b), 0)) return null;
  const { o } = context;
  const [dy, x] = put.inputs;
  const [low, high] = less;
  const bound = uniformNumber(context, low === x ? high : low);
  if ((low !== x && high !== x) || bound === null || sizeOf(dy.type.shape) >= sizeOf(x.type.shape))
    return null;
  const maxima = context.known("maxPool", [x], put.params);
  if (!maxima) return null;
  const limit = canonicalFill(o, maxima.type, bound);
  const chosen = low === x ? o.lt(maxima, limit) : o.lt(limit, maxima);
  return o.poolPut(o.where(chosen, dy, canonicalFill(o, dy.type, 0)), x, put.params);
}
