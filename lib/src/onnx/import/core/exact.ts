// int64 lives in int32: where a number leaves 32 bits that is said, and nothing wraps unseen.

import { current } from "../../../runtime/interpreter/current.ts";
import type { Trace } from "../../../runtime/interpreter/trace.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { greater } from "../../../tensor/comparison.ts";
import { abs, cast, sub } from "../../../tensor/elementwise.ts";
import { max } from "../../../tensor/reduce.ts";
import { Call } from "./call.ts";
import { DOUBLE, type HeldTensor, INT64 } from "./elements.ts";
import { OnnxError } from "./errors.ts";
import type { Row } from "./rows.ts";

/** Takes what can be told only when a program runs: a truth, and the node that it is about. */
export interface Lookout {
  /** The trace whose results someone will look at. */
  readonly trace: Trace | null;
  readonly found: Map<string, Tensor>;
}

/** What is thrown where a number leaves 32 bits. */
export const beyond = (where: string): OnnxError =>
  new OnnxError(`${where}: a number of the result is beyond int32, which holds it here`);

/** The same node with float64 in the place of int64, which has its numbers exactly up to 2^53. */
export function inFloat64(
  call: Call,
  row: Row,
  inputs: readonly (HeldTensor | undefined)[],
): Tensor {
  const wide = inputs.map((held, i) =>
    held?.tensor.dtype === "int32" && !row.reads.includes(i)
      ? { tensor: cast(held.tensor, "float64"), element: DOUBLE }
      : held,
  );
  const { node, opset, runGraph, attributes } = call;
  const results = row.run(new Call(node, wide, opset, runGraph, attributes));
  return Array.isArray(results) ? results[0] : (results as Tensor);
}

/**
 * @param exact the numbers that the result stands for, of float64
 * @throws OnnxError where they differ; where they are not known yet, the lookout is told instead
 */
export function expectExact(
  where: string,
  result: Tensor,
  exact: Tensor,
  lookout: Lookout | undefined,
): void {
  if (result.size === 0) return;
  const isOff = greater(abs(sub(exact, cast(result, "float64"))), 0.5);
  const flag = max(cast(isOff, "uint8"));
  const { known } = flag.read().parts;
  if (known) {
    if (known[0] !== 0) throw beyond(where);
  } else if (lookout && lookout.trace === current.trace) {
    lookout.found.set(`${lookout.found.size + 1} ${where}`, flag);
  }
}

/** What a node's result should be, where its row can leave 32 bits; undefined where it cannot. */
export function exactOf(
  call: Call,
  row: Row,
  element: number,
  inputs: readonly (HeldTensor | undefined)[],
): Tensor | undefined {
  if (element !== INT64) return undefined;
  if (row.grows === "wide") return inFloat64(call, row, inputs);
  return row.grows === "no" ? undefined : row.grows(call);
}
