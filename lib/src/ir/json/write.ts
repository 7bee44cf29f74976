// Graphs as JSON and back, exactly. Values are numbered: the inputs first, then the results of each
// node in turn; nodes and outputs refer to these numbers. What is lost is `origin`, the link from a
// derived node to its source, and that graphs may share nodes with others.

import { NeuriteError } from "../../checks/errors.ts";
import type { InferTypes } from "../check.ts";
import type { DType } from "../dtype.ts";
import type { Graph, Node, Value } from "../graph.ts";
import { expectGraph } from "../graph-kind.ts";
import type { OpName, OpParams } from "../op-table.ts";
import { isGraph } from "../param-parts.ts";
import type { Shape } from "../shape.ts";
import type { TensorType } from "../type.ts";
import { dataToJSON } from "./data.ts";
import { GraphReader } from "./read.ts";
import { readObject, unexpected } from "./readers.ts";

const VERSION = 1;

/** A graph as toJSON() writes it and fromJSON() reads it, with the version of the format. */
export interface GraphJSON extends GraphParts {
  readonly version: typeof VERSION;
}

/** A graph, or one that an op holds. */
export interface GraphParts {
  readonly inputs: readonly InputJSON[];
  readonly nodes: readonly NodeJSON[];
  readonly outputs: readonly number[];
}

export interface InputJSON {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly name?: string;
}

export interface NodeJSON {
  readonly op: OpName;
  readonly inputs: readonly number[];
  readonly params?: Readonly<Record<string, unknown>>;
  /** Of the results; what the op's rule gives. */
  readonly types: readonly TensorType[];
  readonly path?: string;
}

/** A graph as an object for JSON.stringify. */
export function toJSON(graph: Graph): GraphJSON {
  expectGraph("toJSON", graph);
  return { version: VERSION, ...graphParts(graph) };
}

function graphParts({ inputs, nodes, outputs }: Graph): GraphParts {
  const numbers = new Map<Value, number>();
  let next = 0;
  const define = (value: Value) => numbers.set(value, next++);
  const numberOf = (value: Value): number => {
    const number = numbers.get(value);
    if (number !== undefined) return number;
    throw new NeuriteError("toJSON: the graph reads a value before it is computed");
  };
  inputs.forEach(define);
  return {
    inputs: inputs.map(({ type, name }) => ({
      ...typeToJSON(type),
      ...(name !== undefined && { name }),
    })),
    nodes: nodes.map((node) => {
      const operands = node.inputs.map(numberOf);
      node.outputs.forEach(define);
      return {
        op: node.op,
        inputs: operands,
        ...(node.params && { params: paramsToJSON(node) }),
        types: node.outputs.map(({ type }) => typeToJSON(type)),
        ...(node.path !== undefined && { path: node.path }),
      };
    }),
    outputs: outputs.map(numberOf),
  };
}

function typeToJSON({ dtype, shape }: TensorType): TensorType {
  return { dtype, shape: [...shape] };
}

function paramsToJSON(node: Node): Record<string, unknown> {
  if (node.op !== "constant") return paramToJSON(node.params) as Record<string, unknown>;
  const { data, dtype, shape } = node.params as OpParams<"constant">;
  return { dtype, shape: [...shape], data: dataToJSON(data, dtype) };
}

function paramToJSON(param: unknown): unknown {
  if (typeof param !== "object" || param === null) return param;
  if (isGraph(param)) return graphParts(param);
  if (Array.isArray(param)) return param.map(paramToJSON);
  return Object.fromEntries(Object.entries(param).map(([key, x]) => [key, paramToJSON(x)]));
}

/**
 * The graph that toJSON wrote.
 * @param json what JSON.parse gives
 * @param infer the ops' type rules
 * @throws ArgumentError with the path of the first bad field
 */
export function fromJSON(json: unknown, infer: InferTypes): Graph {
  const { version, ...parts } = readObject(json, "graph", [
    "version",
    "inputs",
    "nodes",
    "outputs",
  ]);
  if (version !== VERSION) throw unexpected("graph.version", String(VERSION), version);
  return new GraphReader(infer).read(parts, "graph");
}
