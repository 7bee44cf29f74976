// What every step of a loop would compute alike is computed once, before it.

import { bytesPerElement } from "../../ir/dtype.ts";
import { makeGraph, type Node, sortNodes, type Value } from "../../ir/graph.ts";
import type { OpName, ScanParams } from "../../ir/op-table.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { Site } from "./site.ts";

/** A loop and what it runs on. */
export interface Loop {
  readonly params: ScanParams;
  readonly operands: readonly Value[];
}

/** Views of what is in memory anyway, or made up where they are read: nothing is won outside. */
const STAY: ReadonlySet<OpName> = new Set(["reshape", "expand", "slice", "constant", "iota"]);

/** The same loop with what is fixed in it as constants from outside, or null where there is none. */
export function hoisted(site: Site, { params, operands }: Loop): Loop | null {
  const { body, constants } = params;
  if (params.length === 0) return null; // what never ran cannot fail, and need not start to
  const outside = new Map<Value, Value>();
  for (let i = 0; i < constants; i++) outside.set(body.inputs[i]!, operands[i]!);
  const moved: Value[] = [];
  for (const node of body.nodes) {
    const inputs = node.inputs.map((input) => outside.get(input));
    if (node.op === "scan" || inputs.some((input) => !input)) continue;
    const results = site.copy(node, inputs as Value[]);
    node.outputs.forEach((output, i) => outside.set(output, results[i]!));
    if (!STAY.has(node.op) && isNoLarger(node)) moved.push(...node.outputs);
  }
  const rest = sortNodes([...body.inputs, ...moved], body.outputs);
  const read = new Set([...rest.flatMap(({ inputs }) => inputs), ...body.outputs]);
  const kept = moved.filter((value) => read.has(value));
  if (kept.length === 0) return null;
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

/** Keeping the results takes no more memory than what they are made of. */
function isNoLarger({ inputs, outputs }: Node): boolean {
  const sizes = (values: readonly Value[]) =>
    values.map(({ type }) => sizeOf(type.shape) * bytesPerElement(type.dtype));
  return Math.max(...sizes(outputs)) <= Math.max(...sizes(inputs));
}
