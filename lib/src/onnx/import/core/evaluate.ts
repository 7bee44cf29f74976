// Runs the nodes of a graph in order, each by its row of the table.

import { current, withCurrent } from "../../../runtime/interpreter/current.ts";
import { Variable } from "../../../runtime/state/variable.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type {
  AttributeProto,
  FunctionProto,
  GraphProto,
  NodeProto,
} from "../../schema/generated/onnx_pb.ts";
import { Call, located, type Results } from "./call.ts";
import {
  elementName,
  type HeldTensor,
  heldOnce,
  INT32,
  INT64,
  onnxTypeOf,
  shortRange,
  UINT32,
} from "./elements.ts";
import { OnnxError } from "./errors.ts";
import { exactOf, expectExact, type Lookout } from "./exact.ts";
import type { OpRows, Row } from "./rows.ts";

/** What all graphs of one model share. */
export interface Setting {
  /** OpRows by domain and op. */
  readonly tables: ReadonlyMap<string, OpRows>;
  /** Opset by domain. */
  readonly opsets: ReadonlyMap<string, number>;
  /** The model's own functions, by domain and name. */
  readonly functions: ReadonlyMap<string, FunctionProto>;
}

/** The values in sight: a graph's own, then those around it. */
export class NameScope {
  readonly #own = new Map<string, HeldTensor>();
  readonly #around: NameScope | undefined;
  /** Who is told of numbers that leave 32 bits, where that is known only when a program runs. */
  readonly lookout: Lookout | undefined;
  /** How often graphs within the model's and functions have run. */
  readonly runs: { graphs: number; functions: number };

  constructor(around?: NameScope, { lookout, runs }: Partial<NameScope> = around ?? {}) {
    this.#around = around;
    this.lookout = lookout;
    this.runs = runs ?? { graphs: 0, functions: 0 };
  }

  get(name: string): HeldTensor | undefined {
    return this.#own.get(name) ?? this.#around?.get(name);
  }

  set(name: string, held: HeldTensor): void {
    this.#own.set(name, held);
  }
}

/** How deep functions and subgraphs may call each other. */
const DEEPEST = 64;
/**
 * How often they may run in one run of the model, and where all that runs is written down: a few functions that call
 * each other twice, or loops in loops, can stand for more work than there is time.
 */
const MOST_RUNS = {
  graphs: { eager: 2 ** 20, traced: 2 ** 16 },
  functions: { eager: 2 ** 16, traced: 2 ** 14 },
};

function countRun({ runs }: NameScope, what: keyof NameScope["runs"]): void {
  const most = MOST_RUNS[what][current.trace ? "traced" : "eager"];
  runs[what] += 1;
  if (runs[what] > most) throw new OnnxError(`${WHAT[what]} run more than ${most} times`);
}

const WHAT = { graphs: "Graphs within graphs", functions: "Functions" };

/** The domain that most ops belong to has two names. */
export const domainOf = (domain: string): string => (domain === "ai.onnx" ? "" : domain);

/** @throws OnnxError for an op that is not covered */
export function opRowOf(setting: Setting, node: NodeProto): Row {
  const domain = domainOf(node.domain);
  const row = setting.tables.get(domain);
  if (row && Object.hasOwn(row, node.opType)) return row[node.opType]!;
  const of = domain === "" ? "" : ` of ${JSON.stringify(domain)}`;
  throw new OnnxError(`The op ${node.opType}${of} is not covered`);
}

export const functionKey = (domain: string, name: string): string => `${domainOf(domain)}:${name}`;

/** Values for names of a graph, in order. @throws OnnxError where their number differs */
export function runSubgraph(
  setting: Setting,
  graph: GraphProto,
  inputs: readonly HeldTensor[],
  around: NameScope,
  depth: number,
): HeldTensor[] {
  if (inputs.length !== graph.input.length) {
    throw new OnnxError(
      `The graph ${JSON.stringify(graph.name)} takes ${graph.input.length} inputs, received ${inputs.length}`,
    );
  }
  countRun(around, "graphs");
  const scope = new NameScope(around);
  graph.input.forEach(({ name }, i) => {
    scope.set(name, inputs[i]!);
  });
  for (const tensor of graph.initializer) {
    scope.set(tensor.name, heldOnce(tensor, `initializer ${JSON.stringify(tensor.name)}`));
  }
  runNodes(setting, graph.node, scope, depth);
  return graph.output.map(({ name }) =>
    heldBy(scope, name, `output of the graph ${JSON.stringify(graph.name)}`),
  );
}

export function heldBy(scope: NameScope, name: string, what: string): HeldTensor {
  const held = scope.get(name);
  if (held) return held;
  throw new OnnxError(`${JSON.stringify(name)}, ${what}, is computed by no node before it`);
}

/** Runs nodes, each of which finds its operands in the scope and leaves its results there. */
export function runNodes(
  setting: Setting,
  nodes: readonly NodeProto[],
  scope: NameScope,
  depth = 0,
  given: ReadonlyMap<string, AttributeProto> = new Map(),
): void {
  if (depth > DEEPEST)
    throw new OnnxError(`Graphs and functions call each other more than ${DEEPEST} deep`);
  for (const node of nodes) {
    const inputs = node.input.map((name) =>
      name === "" ? undefined : heldBy(scope, name, `an input of ${node.opType}`),
    );
    const results = runNode(setting, node, inputs, scope, depth, given);
    node.output.forEach((name, i) => {
      const held = results[i];
      if (name !== "" && held) scope.set(name, held);
    });
  }
}

function runNode(
  setting: Setting,
  node: NodeProto,
  inputs: readonly (HeldTensor | undefined)[],
  scope: NameScope,
  depth: number,
  given: ReadonlyMap<string, AttributeProto>,
): readonly (HeldTensor | undefined)[] {
  const attributes = resolved(node, given);
  const own = setting.functions.get(functionKey(node.domain, node.opType));
  if (own) return runFunction(setting, own, attributes, inputs, scope, depth + 1);
  const row = opRowOf(setting, node);
  const opset = setting.opsets.get(domainOf(node.domain)) ?? 1;
  const runGraph = (graph: GraphProto, values: readonly HeldTensor[]) =>
    runSubgraph(setting, graph, values, scope, depth + 1);
  const call = new Call(node, inputs, opset, runGraph, attributes);
  expectTypes(call, row, inputs);
  try {
    const isFolded = !row.holdsGraphs && (row.typesOnly || isKnown(inputs));
    const run = () => checked(call, row, inputs, scope.lookout);
    // What is known runs at once even inside a trace.
    const results = isFolded ? withCurrent({ trace: null }, run) : run();
    call.expectAllRead();
    return results;
  } catch (error) {
    throw located(call, error);
  }
}

const listOf = (results: Results): readonly (Tensor | undefined)[] =>
  Array.isArray(results) ? results : [results as Tensor];

/** True where every operand is known: shapes and what is made of them, computed when the model is traced. */
function isKnown(inputs: readonly (HeldTensor | undefined)[]): boolean {
  return inputs.every(
    (held) =>
      !held ||
      (!(held.tensor instanceof Variable) && held.tensor.parts.known && !held.tensor.tracked),
  );
}

/** The results with their types, of which int64 has been looked at. */
function checked(
  call: Call,
  row: Row,
  inputs: readonly (HeldTensor | undefined)[],
  lookout: Lookout | undefined,
): readonly (HeldTensor | undefined)[] {
  return listOf(row.run(call)).map((tensor, i) => {
    if (!tensor) return undefined;
    const element = typeOf(call, row, tensor, i, inputs);
    const exact = i === 0 ? exactOf(call, row, element, inputs) : undefined;
    if (exact) expectExact(call.where, tensor, exact, lookout);
    return { tensor, element };
  });
}

function runFunction(
  setting: Setting,
  own: FunctionProto,
  attributes: readonly AttributeProto[],
  inputs: readonly (HeldTensor | undefined)[],
  caller: NameScope,
  depth: number,
): (HeldTensor | undefined)[] {
  countRun(caller, "functions");
  const scope = new NameScope(undefined, caller);
  own.input.forEach((name, i) => {
    const held = inputs[i];
    if (held) scope.set(name, held);
  });
  const given = new Map(own.attributeProto.map((attribute) => [attribute.name, attribute]));
  for (const attribute of attributes) given.set(attribute.name, attribute);
  runNodes(setting, own.node, scope, depth, given);
  return own.output.map((name) => scope.get(name));
}

/** A message under another name. Its defaults are its prototype's, which a copy would lose. */
export const renamed = <M extends { name: string }>(message: M, name: string): M =>
  Object.create(message, { name: { value: name, enumerable: true } }) as M;

/** A node's attributes, those of the function around it in the place of references. */
function resolved(node: NodeProto, given: ReadonlyMap<string, AttributeProto>): AttributeProto[] {
  return node.attribute.flatMap((attribute) => {
    if (attribute.refAttrName === "") return [attribute];
    const found = given.get(attribute.refAttrName);
    return found ? [renamed(found, attribute.name)] : [];
  });
}

function expectTypes(call: Call, row: Row, inputs: readonly (HeldTensor | undefined)[]): void {
  if (!row.bits && inputs.some((held) => held?.element === UINT32)) {
    throw call.refuse("elements of uint32 are not covered here");
  }
  if (row.short !== "refuses") return;
  const short = inputs.find((held) => held && shortRange(held.element));
  if (short) throw call.refuse(`elements of ${elementName(short.element)} are not covered here`);
}

/** The ONNX type of a result: what the row says, else what its operands have. */
function typeOf(
  call: Call,
  row: Row,
  tensor: Tensor,
  output: number,
  inputs: readonly (HeldTensor | undefined)[],
): number {
  const said = call.elements.get(output);
  if (said !== undefined) return said;
  if (tensor.dtype !== "int32") return onnxTypeOf(tensor.dtype);
  const first = inputs[0]?.element ?? 0;
  if (row.short === "moves" && first !== 0) return first;
  if (inputs.some((held) => held?.element === UINT32)) return UINT32;
  return inputs.some((held) => held?.element === INT32) &&
    !inputs.some((held) => held?.element === INT64)
    ? INT32
    : INT64;
}
