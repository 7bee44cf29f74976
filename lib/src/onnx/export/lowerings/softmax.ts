// Softmax and its logarithm as the nodes that readers know, where the graph computes just that.

import type { Node, Value } from "../../../ir/graph.ts";
import type { OpName } from "../../../ir/op-table.ts";
import type { Lowering } from "../site.ts";

/** Divides or subtracts as `plain` does, where that is not the end of a softmax. */
export function whereSoftmax(plain: Lowering): Lowering<"div"> & Lowering<"sub"> {
  return ((site, node: Node<"div"> | Node<"sub">) => {
    const found = node.op === "div" ? softmaxAt(node) : logSoftmaxAt(node);
    if (!found) return plain(site, node as Node);
    const op = node.op === "div" ? "Softmax" : "LogSoftmax";
    site.set(node.outputs[0]!, site.node(op, [site.whole(found.x)], { axis: found.axis }));
  }) as Lowering<"div"> & Lowering<"sub">;
}

interface Found {
  readonly x: Value;
  readonly axis: number;
}

/** exp(s) / sum(exp(s)), where s = x - max(x). */
function softmaxAt({ inputs: [powers, total] }: Node): Found | null {
  const sum = made(spread(total!), "sum");
  const exp = made(powers!, "exp");
  if (!sum || !exp || sum.inputs[0] !== powers) return null;
  return belowTop(exp.inputs[0]!, sum.params.axes);
}

/** s - log(sum(exp(s))), where s = x - max(x). */
function logSoftmaxAt({ inputs: [shifted, logOfTotal] }: Node): Found | null {
  const log = made(spread(logOfTotal!), "log");
  const sum = log && made(spread(log.inputs[0]!), "sum");
  const exp = sum && made(sum.inputs[0]!, "exp");
  if (!exp || exp.inputs[0] !== shifted) return null;
  return belowTop(shifted!, sum.params.axes);
}

function belowTop(shifted: Value, axes: readonly number[]): Found | null {
  const sub = made(shifted, "sub");
  const top = sub && made(spread(sub.inputs[1]!), "reduceMax");
  const [axis, ...others] = axes;
  if (!top || axis === undefined || others.length > 0) return null;
  const isSame = top.inputs[0] === sub.inputs[0] && `${top.params.axes}` === `${axes}`;
  const kept = sub.inputs[1]!.type.shape;
  return isSame && kept.length > axis ? { x: sub.inputs[0]!, axis } : null;
}

/** What was spread over an axis that had been summed away. */
function spread(value: Value): Value {
  let at = value;
  while (
    at.node &&
    (at.node.op === "expand" || at.node.op === "reshape" || at.node.op === "stopGradient")
  ) {
    at = at.node.inputs[0]!;
  }
  return at;
}

function made<N extends OpName>(value: Value, op: N): Node<N> | null {
  return value.node?.op === op ? (value.node as Node<N>) : null;
}
