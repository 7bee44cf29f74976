// An ONNX graph in the making: nodes under names, each computed once, and only those that are needed.

import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  type AttributeProtoSchema,
  type GraphProtoSchema,
  AttributeProto_AttributeType as Kind,
  type NodeProtoSchema,
} from "../../schema/generated/onnx_pb.ts";
import { type Known, tensorFields, transposed } from "./element-types.ts";

/** The fields of a message as plain objects, apart from messages that were made already. */
type Plain<T> = Extract<T, { readonly $typeName?: never }>;
export type GraphFields = Plain<MessageInitShape<typeof GraphProtoSchema>>;
export type NodeFields = Plain<MessageInitShape<typeof NodeProtoSchema>>;
export type AttributeFields = Plain<MessageInitShape<typeof AttributeProtoSchema>>;

/** Whole numbers, lists of them and texts as they are; what is no whole number says so. */
export type Attribute =
  | number
  | string
  | readonly number[]
  | readonly string[]
  | { readonly float: number }
  | { readonly graph: GraphFields };

export type Attributes = Readonly<Record<string, Attribute>>;

/** One node, before it is written. */
interface Made {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
  readonly name: string;
}

/** Ids and known tensors, which all graphs of a file share: inner graphs see those around them. */
export class Ids {
  #count = 0;
  readonly known: Map<string, Known> = new Map();
  /** What known tensors, inputs and outputs should be called. */
  readonly wanted: Map<string, string> = new Map();

  fresh(wanted?: string): string {
    this.#count += 1;
    const id = `%${this.#count}`;
    if (wanted !== undefined) this.wanted.set(id, wanted);
    return id;
  }
}

export class GraphWriter {
  readonly ids: Ids;
  readonly parent: GraphWriter | null;
  readonly #nodes: Made[] = [];
  readonly #byKey = new Map<string, readonly string[]>();
  readonly #makers = new Map<string, Made>();
  /** The scope that nodes are named after. */
  path: string | undefined;

  constructor(ids: Ids, parent: GraphWriter | null = null) {
    this.ids = ids;
    this.parent = parent;
    this.path = parent?.path;
  }

  /** The results of a node; those of an equal one that is there already. */
  nodes(
    op: string,
    inputs: readonly string[],
    count: number,
    attributes: Attributes,
  ): readonly string[] {
    const hasGraphs = Object.values(attributes).some((value) => isObject(value, "graph"));
    const key = hasGraphs ? null : `${op} ${count} ${JSON.stringify([inputs, attributes])}`;
    const seen = key === null ? undefined : this.#seen(key);
    if (seen) return seen;
    const name = this.path ? `${this.path}/${op}` : op;
    const outputs = Array.from({ length: count }, () => this.ids.fresh());
    const made = { op, inputs, outputs, attributes, name };
    this.#push(made);
    if (key !== null) this.#byKey.set(key, outputs);
    return outputs;
  }

  node(op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.nodes(op, inputs, 1, attributes)[0]!;
  }

  /** The node of this op that made a value, in this graph. */
  madeBy(name: string, op: string): Pick<Made, "inputs" | "attributes"> | null {
    const made = this.#makers.get(name);
    return made?.op === op ? made : null;
  }

  isMade(id: string): boolean {
    return this.#makers.has(id);
  }

  /** The same value under another id. */
  again(id: string): string {
    const output = this.ids.fresh();
    this.#push({
      op: "Identity",
      inputs: [id],
      outputs: [output],
      attributes: {},
      name: "Identity",
    });
    return output;
  }

  /** A known tensor under a name of its own. */
  add(wanted: string, known: Known): string {
    const id = this.ids.fresh(wanted);
    this.ids.known.set(id, known);
    return id;
  }

  /** A small known tensor, the same for the same numbers. */
  small(known: Known): string {
    const numbers = Array.from(known.data as ArrayLike<number | bigint>, (x) =>
      Object.is(x, -0) ? "-0" : `${x}`,
    );
    const key = `small ${known.type} [${known.dims}] ${numbers}`;
    const root = this.#root;
    const seen = root.#byKey.get(key);
    if (seen) return seen[0]!;
    const shown = known.dims.length === 0 ? numbers[0]! : `${known.type}`;
    const name = this.add(`const_${shown}`, known);
    root.#byKey.set(key, [name]);
    return name;
  }

  /** Axes in another order; two exchanges become one, and those of a known tensor happen now. */
  transpose(x: string, perm: readonly number[]): string {
    if (perm.every((axis, i) => axis === i)) return x;
    const before = this.madeBy(x, "Transpose");
    if (before) {
      const inner = before.attributes["perm"] as readonly number[];
      return this.transpose(
        before.inputs[0]!,
        perm.map((axis) => inner[axis]!),
      );
    }
    const known = this.ids.known.get(x);
    if (!known) return this.node("Transpose", [x], { perm });
    const key = `transposed ${x} ${perm}`;
    const root = this.#root;
    const seen = root.#byKey.get(key);
    if (seen) return seen[0]!;
    const name = this.add(this.ids.wanted.get(x)!, transposed(known, perm));
    root.#byKey.set(key, [name]);
    return name;
  }

  /**
   * The graph of what the outputs need.
   * @param outputs each made by a node of this graph
   */
  finish(outputs: readonly string[]): { readonly node: NodeFields[]; readonly used: Set<string> } {
    const used = new Set(outputs);
    const live: NodeFields[] = [];
    for (let i = this.#nodes.length - 1; i >= 0; i--) {
      const made = this.#nodes[i]!;
      if (!made.outputs.some((output) => used.has(output))) continue;
      for (const input of made.inputs) used.add(input);
      for (const value of Object.values(made.attributes)) {
        if (isObject(value, "graph")) for (const name of namesIn(value.graph)) used.add(name);
      }
      live.push(nodeFields(made, used));
    }
    return { node: live.reverse(), used };
  }

  #push(made: Made): void {
    this.#nodes.push(made);
    for (const output of made.outputs) this.#makers.set(output, made);
  }

  get #root(): GraphWriter {
    return this.parent ? this.parent.#root : this;
  }

  #seen(key: string): readonly string[] | undefined {
    const here = this.#byKey.get(key);
    return here || !this.parent ? here : this.parent.#seen(key);
  }
}

/** Results at the end that nobody reads are left out of these. */
const OPTIONAL_RESULTS: readonly string[] = ["MaxPool", "LSTM", "GRU", "RNN"];

function nodeFields(
  { op, inputs, outputs, attributes, name }: Made,
  used: Set<string>,
): NodeFields {
  const isOptional = OPTIONAL_RESULTS.includes(op);
  const count = isOptional ? outputs.findLastIndex((id) => used.has(id)) + 1 : outputs.length;
  return {
    name,
    opType: op,
    input: [...inputs],
    output: outputs.slice(0, count),
    attribute: Object.entries(attributes).map(([key, value]) => attributeFields(key, value)),
  };
}

function attributeFields(name: string, value: Attribute): AttributeFields {
  if (typeof value === "number") return { name, type: Kind.INT, i: BigInt(value) };
  if (typeof value === "string") return { name, type: Kind.STRING, s: utf8.encode(value) };
  if (isObject(value, "float")) return { name, type: Kind.FLOAT, f: value.float };
  if (isObject(value, "graph")) return { name, type: Kind.GRAPH, g: value.graph };
  const list = value as readonly (number | string)[];
  if (list.every((x) => typeof x === "number")) {
    return { name, type: Kind.INTS, ints: list.map(BigInt) };
  }
  return { name, type: Kind.STRINGS, strings: list.map((x) => utf8.encode(String(x))) };
}

const utf8 = new TextEncoder();

function isObject<K extends "float" | "graph">(
  value: Attribute,
  key: K,
): value is Extract<Attribute, { readonly [P in K]: unknown }> {
  return typeof value === "object" && key in value;
}

/** Every name that a graph reads or gives, in its inner graphs too. */
function* namesIn(graph: GraphFields): Generator<string> {
  for (const node of graph.node ?? []) {
    yield* node.input ?? [];
    for (const { g } of node.attribute ?? []) if (g) yield* namesIn(g as GraphFields);
  }
  for (const { name } of graph.output ?? []) if (name) yield name;
}

/** A known tensor in the file. */
export function knownFields(
  ids: Ids,
  used: ReadonlySet<string>,
): GraphFields["initializer"] & object {
  return [...ids.known].flatMap(([name, known]) =>
    used.has(name) ? [tensorFields(name, known)] : [],
  );
}
