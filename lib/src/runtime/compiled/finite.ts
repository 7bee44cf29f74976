// Finds where a NaN or an infinity came from: replays a program op by op.

import { NumberError, type NumberSource } from "../../checks/errors.ts";
import { evaluate } from "../../engines/reference/evaluate.ts";
import { allFinite } from "../../ir/all-finite.ts";
import { type DataArray, isFloat } from "../../ir/dtype.ts";
import { dependents, type Graph, type Value } from "../../ir/graph.ts";
import { showType } from "../../ir/type.ts";

/**
 * Checks a program's float outputs.
 * @param inputs what the program read, for the replay
 * @param nameOf says what an output is, as in `the gradient of "w"`
 * @throws NumberError naming the first op that made a NaN or an infinity out of finite numbers
 */
export function expectFiniteOutputs(
  graph: Graph,
  outputs: readonly DataArray[],
  inputs: readonly DataArray[],
  nameOf: (output: number) => string,
): void {
  const bad = outputs.findIndex(
    (data, i) => isFloat(graph.outputs[i]!.type.dtype) && !allFinite(data),
  );
  if (bad < 0) return;
  const culprit = firstNonFinite(graph, inputs, bad);
  throw new NumberError(
    `compile: ${nameOf(bad)} is not finite${
      culprit ? `: ${culprit.says}` : " on this engine, though it is on the reference engine"
    }.`,
    culprit && { isGiven: culprit.isGiven, finding: culprit.says, source: culprit.source },
  );
}

type Fault = NumberSource["fault"];

interface Culprit {
  readonly says: string;
  readonly source: NumberSource;
  /** An argument, which no step of the program made. */
  readonly isGiven: boolean;
}

/**
 * Follows the fault back from a bad output to the op that made it out of finite numbers. Infinities
 * that were written into the program, as in masks, are passed over.
 */
function firstNonFinite(
  graph: Graph,
  inputs: readonly DataArray[],
  bad: number,
): Culprit | undefined {
  const faults = new Map<Value, Fault>();
  const arrays = graph.inputs.map(({ type }, i) => ({ ...type, data: inputs[i]! }));
  evaluate(graph, arrays, (value, { data }) => {
    if (!isFloat(value.type.dtype) || allFinite(data)) return;
    faults.set(value, data.some((x: number) => Number.isNaN(x)) ? "NaN" : "an infinity");
  });
  const given = dependents(graph.nodes, graph.inputs);
  const placeholders = new Set(graph.inputs);
  let value = graph.outputs[bad]!;
  const found = faults.get(value);
  if (!found) return undefined;
  for (;;) {
    const operands = (value.node?.inputs ?? []).filter(
      (input) => faults.has(input) && given.has(input),
    );
    const next = operands.find((input) => faults.get(input) === "NaN") ?? operands[0];
    if (!next || placeholders.has(value)) break;
    value = next;
  }
  return describe(graph, value, faults.get(value)!);
}

function describe(graph: Graph, value: Value, fault: Fault): Culprit {
  const input = graph.inputs.indexOf(value);
  if (input >= 0) {
    const isGiven = value.name === undefined;
    const what = isGiven ? `input ${input}` : `variable "${value.name}"`;
    const source = { fault, op: null, path: value.name ?? null };
    return { says: `${what} holds ${fault} already`, isGiven, source };
  }
  const node = value.node!;
  const place = node.path === undefined ? "" : ` in "${node.path}"`;
  const position = graph.nodes.indexOf(node);
  const says = `op ${position} (${node.op}${place}, ${showType(value.type)}) gave ${fault} first`;
  return { says, isGiven: false, source: { fault, op: node.op, path: node.path ?? null } };
}
