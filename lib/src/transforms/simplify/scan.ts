// Loops with less to carry: what no step or result needs is left out, what never changes is not carried.

import { type Graph, makeGraph, type Node, sortNodes, type Value } from "../../ir/graph.ts";
import type { ScanParams } from "../../ir/op-table.ts";
import { canonicalFill, type RuleContext, uniformNumber } from "./context.ts";
import { hoisted } from "./hoist.ts";

/** Simplifies a body with something else in the place of some of its inputs. */
export type SimplifyBody = (
  body: Graph,
  put: (inner: RuleContext, input: Value, i: number) => Value,
) => Graph;

/**
 * The results of the loop on other operands, or null if it is as simple as can be. Where nothing reads
 * a result, it may be the old loop's, which is not in the graph any more.
 */
export function simplifyScan(
  context: RuleContext,
  { params, outputs }: Node<"scan">,
  operands: readonly Value[],
  isRead: (value: Value) => boolean,
  simplifyBody: SimplifyBody,
): readonly Value[] | null {
  const { body, leaders } = unified(context, params, operands, simplifyBody);
  const loop = { ...params, body };
  const given = outputs.map((_, k) => handedOn(context, loop, operands, k));
  const read = outputs.flatMap((output, k) => (isRead(output) ? [leaders[k] ?? k] : []));
  const needed = neededFor(
    read.filter((k) => !given[k]),
    loop,
  );
  if (body === params.body && isWhole(needed, loop)) {
    const other = hoisted(context, { params, operands });
    return other && context.o.scan(...other.operands, other.params);
  }
  const made = smaller(context, loop, operands, needed);
  return outputs.map((output, k) => {
    const from = leaders[k] ?? k;
    return given[from] ?? made.get(from) ?? output;
  });
}

/**
 * The body with one carry in the place of all that are always equal: of those that begin alike, the
 * ones that also go on alike if they were alike before. What is not so is found out by trying; every
 * round but the last splits a set of carries, so there are no more rounds than carries.
 */
function unified(
  context: RuleContext,
  params: ScanParams,
  operands: readonly Value[],
  simplifyBody: SimplifyBody,
): { readonly body: Graph; readonly leaders: readonly number[] } {
  const { constants, carries } = params;
  const starts = operands.slice(constants, constants + carries);
  let leaders = starts.map((start) => starts.indexOf(start));
  for (;;) {
    const body = simplifyBody(params.body, (inner, input, i) => {
      const kind = kindOf(i, params);
      if (kind === "carry") return params.body.inputs[constants + leaders[i - constants]!]!;
      const number = uniformNumber(context, operands[i]!);
      if (number !== null) return canonicalFill(inner.o, input.type, number);
      const first = operands.findIndex((x, k) => x === operands[i] && kindOf(k, params) === kind);
      return params.body.inputs[first]!;
    });
    const next = leaders.map((leader, k) =>
      leaders.findIndex((other, j) => other === leader && body.outputs[j] === body.outputs[k]),
    );
    if (next.every((leader, k) => leader === leaders[k])) return { body, leaders };
    leaders = next;
  }
}

type Kind = "constant" | "carry" | "sequence";

/** What operand i of a loop is. */
function kindOf(i: number, { constants, carries }: ScanParams): Kind {
  if (i < constants) return "constant";
  return i < constants + carries ? "carry" : "sequence";
}

/** Result k, where the body only hands an operand on; else null. */
function handedOn(
  { o }: RuleContext,
  params: ScanParams,
  operands: readonly Value[],
  k: number,
): Value | null {
  const { body, constants, carries, length } = params;
  const from = body.inputs.indexOf(body.outputs[k]!);
  const operand = operands[from];
  if (!operand) return null;
  const kind = kindOf(from, params);
  if (k < carries) return from === constants + k ? operand : null;
  if (kind === "sequence") return operand;
  if (kind === "carry") return null;
  const { shape } = operand.type;
  return o.expand(o.reshape(operand, { shape: [1, ...shape] }), { shape: [length, ...shape] });
}

interface Needed {
  /** The numbers of those outputs of the body that are computed, in order. */
  readonly outputs: readonly number[];
  /** The numbers of the inputs that this takes: constants, among them carries that stay, … */
  readonly fixed: readonly number[];
  /** … carries that change from step to step, … */
  readonly moving: readonly number[];
  /** … and sequences. */
  readonly sequences: readonly number[];
}

/**
 * What the wanted outputs of a body depend on, by way of the carries too: every round but the last adds
 * an output.
 */
function neededFor(wanted: readonly number[], params: ScanParams): Needed {
  const { body, constants } = params;
  const outputs = new Set(wanted);
  for (;;) {
    const read = readFor(
      body,
      [...outputs].map((k) => body.outputs[k]!),
    );
    const inputs = body.inputs.flatMap((input, i) => (read.has(input) ? [i] : []));
    const changes = (i: number) =>
      kindOf(i, params) === "carry" && body.outputs[i - constants] !== body.inputs[i];
    const before = outputs.size;
    for (const i of inputs) if (changes(i)) outputs.add(i - constants);
    if (outputs.size > before) continue;
    const sorted = [...outputs].sort((a, b) => a - b);
    return {
      outputs: sorted,
      fixed: inputs.filter((i) => kindOf(i, params) !== "sequence" && !changes(i)),
      moving: sorted.filter((k) => k < params.carries).map((k) => constants + k),
      sequences: inputs.filter((i) => kindOf(i, params) === "sequence"),
    };
  }
}

/** True where that is all there is, and nothing is stacked twice. */
function isWhole({ outputs, fixed, moving, sequences }: Needed, { body, carries }: ScanParams) {
  const taken = fixed.length + moving.length + sequences.length;
  const stacked = body.outputs.slice(carries);
  return (
    taken === body.inputs.length &&
    outputs.length === body.outputs.length &&
    new Set(stacked).size === stacked.length
  );
}

/** Every value that is read on the way to `outputs`. */
function readFor(body: Graph, outputs: readonly Value[]): Set<Value> {
  const nodes = sortNodes(body.inputs, outputs);
  return new Set([...outputs, ...nodes.flatMap(({ inputs }) => inputs)]);
}

/** The loop of what is needed; its results by the numbers they had. */
function smaller(
  { o }: RuleContext,
  { body, length, reverse }: ScanParams,
  operands: readonly Value[],
  { outputs, fixed, moving, sequences }: Needed,
): Map<number, Value> {
  if (outputs.length === 0) return new Map();
  const order = [...fixed, ...moving, ...sequences];
  // What is stacked twice leaves the loop once; carries leave as they enter, each by itself.
  const carries = moving.length;
  const stacked = [...new Set(outputs.slice(carries).map((k) => body.outputs[k]!))];
  const inner = makeGraph(
    order.map((i) => body.inputs[i]!),
    [...outputs.slice(0, carries).map((k) => body.outputs[k]!), ...stacked],
  );
  const params = { body: inner, constants: fixed.length, carries, length, reverse };
  const results = o.scan(...order.map((i) => operands[i]!), params);
  const place = (k: number, i: number) =>
    i < carries ? i : carries + stacked.indexOf(body.outputs[k]!);
  return new Map(outputs.map((k, i) => [k, results[place(k, i)]!]));
}
