// What every step of a loop would compute alike is computed once, before it.

import { bytesPerElement } from "../../ir/dtype.ts";
import { makeGraph, type Node, sortNodes, type Value } from "../../ir/graph.ts";
import type { ScanParams } from "../../ir/op-table.ts";
import { sizeOf } from "../../ir/shape.ts";
import { traitsOf } from "../../ops/traits.ts";
import type { RuleContext } from "./context.ts";

/** A loop and what it runs on. */
export interface AppliedLoop {
  readonly params: ScanParams;
  readonly operands: readonly Value[];
}

/** The same loop with what is fixed in it as constants from outside, or null where there is none. */
export function hoisted(
  context: RuleContext,
  { params, operands }: AppliedLoop,
): AppliedLoop | null {
  const { body, constants } = params;
  if (params.length === 0) return null; // a loop of zero steps must not start to fail
  const fixed = new Set(body.inputs.slice(0, constants));
  const moved: Value[] = [];
  for (const node of body.nodes) {
    if (traitsOf(node.op).graphs || !node.inputs.every((input) => fixed.has(input))) continue;
    for (const output of node.outputs) fixed.add(output);
    if (!traitsOf(node.op).free && isNoLarger(node)) {
      for (const output of node.outputs) moved.push(output);
    }
  }
  const rest = sortNodes([...body.inputs, ...moved], body.outputs);
  const read = new Set([...rest.flatMap(({ inputs }) => inputs), ...body.outputs]);
  const kept = moved.filter((value) => read.has(value));
  if (kept.length === 0) return null;
  const outside = computedOutside(context, { params, operands }, kept);
  const around = <T>(list: readonly T[], between: readonly T[]) => [
    ...list.slice(0, constants),
    ...between,
    ...list.slice(constants),
  ];
  return {
    params: {
      ...params,
      constants: constants + kept.length,
      body: makeGraph(around(body.inputs, kept), body.outputs),
    },
    operands: around(
      operands,
      kept.map((value) => outside.get(value)!),
    ),
  };
}

/**
 * What stands outside for each of the values that leave the loop. Nothing else is built there: a node
 * that no result needs would take the place of an equal one at every pass, for ever.
 */
function computedOutside(
  context: RuleContext,
  { params: { body, constants }, operands }: AppliedLoop,
  values: readonly Value[],
): ReadonlyMap<Value, Value> {
  const outside = new Map(body.inputs.slice(0, constants).map((input, i) => [input, operands[i]!]));
  for (const node of sortNodes(outside.keys(), values)) {
    const results = context.copy(
      node,
      node.inputs.map((input) => outside.get(input)!),
    );
    node.outputs.forEach((output, i) => outside.set(output, results[i]!));
  }
  return outside;
}

/** Keeping the results takes no more memory than what they are made of. */
function isNoLarger({ inputs, outputs }: Node): boolean {
  const largest = (values: readonly Value[]) =>
    values.reduce((most, { type }) => {
      return Math.max(most, sizeOf(type.shape) * bytesPerElement(type.dtype));
    }, Number.NEGATIVE_INFINITY);
  return largest(outputs) <= largest(inputs);
}
