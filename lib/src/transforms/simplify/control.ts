// Choices and loops with a condition, with less in them: what nothing needs is left out, what never
// changes is not carried, and a choice that is known is made.

import { type Graph, makeGraph, type Node, sortNodes, type Value } from "../../ir/graph.ts";
import { inline } from "../../ops/inline.ts";
import { canonicalFill, type RuleContext, uniformNumber } from "./context.ts";
import type { SimplifyBody } from "./scan.ts";

type Results = readonly Value[] | null;

/** The results of the choice on other operands, or null if it is as simple as can be; see simplifyScan. */
export function simplifyCond(
  context: RuleContext,
  { params, outputs }: Node<"cond">,
  [predicate, ...operands]: readonly Value[],
  isRead: (value: Value) => boolean,
  simplifyBody: SimplifyBody,
): Results {
  const { o } = context;
  const known = uniformNumber(context, predicate!);
  const taken = known === 0 ? params.ifFalse : params.ifTrue;
  const read = outputs.flatMap((output, k) => (isRead(output) ? [k] : []));
  if (known !== null) {
    const results = inline(o, withOutputs(taken, read), operands);
    return spreadOver(outputs, read, results);
  }
  const simple = (branch: Graph) =>
    simplifyBody(branch, (inner, input, i) =>
      simplerInput(context, inner, branch, operands, input, i),
    );
  const [yes, no] = [simple(params.ifTrue), simple(params.ifFalse)];
  /** What both branches only hand on. */
  const given = outputs.map((_, k) => {
    const from = yes.inputs.indexOf(yes.outputs[k]!);
    return from >= 0 && no.inputs[from] === no.outputs[k] ? operands[from]! : null;
  });
  const firstLike = (k: number) =>
    outputs.findIndex(
      (_, j) => yes.outputs[j] === yes.outputs[k] && no.outputs[j] === no.outputs[k],
    );
  const needed = [...new Set(read.filter((k) => !given[k]).map(firstLike))].sort((a, b) => a - b);
  const [first, second] = [withOutputs(yes, needed), withOutputs(no, needed)];
  const readBy = [readFrom(first), readFrom(second)] as const;
  const kept = operands.flatMap((_, i) =>
    readBy[0].has(yes.inputs[i]!) || readBy[1].has(no.inputs[i]!) ? [i] : [],
  );
  const isSame =
    yes === params.ifTrue &&
    no === params.ifFalse &&
    needed.length === outputs.length &&
    kept.length === operands.length;
  if (isSame) return null;
  const branch = ({ inputs, outputs: own }: Graph) =>
    makeGraph(
      kept.map((i) => inputs[i]!),
      own,
    );
  const results =
    needed.length === 0
      ? []
      : o.cond(predicate!, ...kept.map((i) => operands[i]!), {
          ifTrue: branch(first),
          ifFalse: branch(second),
        });
  return outputs.map((output, k) => given[k] ?? results[needed.indexOf(firstLike(k))] ?? output);
}

/** The results of the loop on other operands, or null if it is as simple as can be. */
export function simplifyWhile(
  context: RuleContext,
  { params, outputs }: Node<"whileLoop">,
  operands: readonly Value[],
  isRead: (value: Value) => boolean,
  simplifyBody: SimplifyBody,
): Results {
  const { constants } = params;
  const simple = (graph: Graph) =>
    simplifyBody(graph, (inner, input, i) =>
      i < constants
        ? simplerInput(context, inner, graph, operands.slice(0, constants), input, i)
        : input,
    );
  const [condition, body] = [simple(params.condition), simple(params.body)];
  const changes = (k: number) => body.outputs[k] !== body.inputs[constants + k];
  const moving = new Set(outputs.flatMap((y, k) => (isRead(y) && changes(k) ? [k] : [])));
  let readInside = new Set<Value>();
  for (;;) {
    const inner = withOutputs(body, [...moving]);
    readInside = readFrom(inner);
    const asked = readFrom(condition);
    const before = moving.size;
    outputs.forEach((_, k) => {
      const i = constants + k;
      const isUsed = readInside.has(body.inputs[i]!) || asked.has(condition.inputs[i]!);
      if (isUsed && changes(k)) moving.add(k);
    });
    if (moving.size === before) break;
  }
  const carried = [...moving].sort((a, b) => a - b);
  const asked = readFrom(condition);
  const fixed = operands.flatMap((_, i) => {
    const isUsed = readInside.has(body.inputs[i]!) || asked.has(condition.inputs[i]!);
    return isUsed && !moving.has(i - constants) ? [i] : [];
  });
  const order = [...fixed, ...carried.map((k) => constants + k)];
  const isSame =
    condition === params.condition && body === params.body && order.length === operands.length;
  if (isSame && fixed.length === constants) return null;
  const results =
    carried.length === 0
      ? []
      : context.o.whileLoop(...order.map((i) => operands[i]!), {
          condition: makeGraph(
            order.map((i) => condition.inputs[i]!),
            condition.outputs,
          ),
          body: makeGraph(
            order.map((i) => body.inputs[i]!),
            carried.map((k) => body.outputs[k]!),
          ),
          constants: fixed.length,
        });
  return outputs.map((_, k) =>
    changes(k) ? (results[carried.indexOf(k)] ?? outputs[k]!) : operands[constants + k]!,
  );
}

/** A number that fills an operand, or the first input that gets the same operand. */
function simplerInput(
  context: RuleContext,
  inner: RuleContext,
  { inputs }: Graph,
  operands: readonly Value[],
  input: Value,
  i: number,
): Value {
  const number = uniformNumber(context, operands[i]!);
  if (number !== null) return canonicalFill(inner.o, input.type, number);
  return inputs[operands.indexOf(operands[i]!)]!;
}

function withOutputs({ inputs, outputs }: Graph, which: readonly number[]): Graph {
  return makeGraph(
    inputs,
    which.map((k) => outputs[k]!),
  );
}

/** Every value that is read on the way to the outputs. */
function readFrom({ inputs, outputs }: Graph): Set<Value> {
  const nodes = sortNodes(inputs, outputs);
  return new Set([...outputs, ...nodes.flatMap((node) => node.inputs)]);
}

/** Results for those outputs that are read; the others may stay, which nothing reads. */
function spreadOver(
  outputs: readonly Value[],
  read: readonly number[],
  results: readonly Value[],
): Value[] {
  return outputs.map((output, k) => results[read.indexOf(k)] ?? output);
}
