// Reads the parts of a graph from JSON, and checks every node by its op's type rule on the way.

import { ArgumentError } from "../../checks/errors.ts";
import type { InferTypes } from "../check.ts";
import { type Graph, Node, Value } from "../graph.ts";
import type { OpName, OpParams } from "../op-table.ts";
import { sameType, showType, type TensorType } from "../type.ts";
import { NODE_READERS } from "./op-readers.ts";
import {
  type Reader,
  readCount,
  readCounts,
  readDType,
  readList,
  readObject,
  readOneOf,
  readText,
  unexpected,
} from "./readers.ts";

type ReadReference = (json: unknown, path: string) => Value;

export class GraphReader {
  readonly #infer: InferTypes;
  readonly #inner: Reader<Graph> = (json, path) => this.read(json, path);

  constructor(infer: InferTypes) {
    this.#infer = infer;
  }

  /** @throws ArgumentError with the path of the first bad field */
  read(json: unknown, path: string): Graph {
    const object = readObject(json, path, ["inputs", "nodes", "outputs"]);
    const inputs = readList(object.inputs, `${path}.inputs`, (item, at) => this.#input(item, at));
    const values = [...inputs];
    const readReference: ReadReference = (item, at) => {
      const number = readCount(item, at, this.#inner);
      const value = values[number];
      if (value) return value;
      throw unexpected(at, `the number of one of the ${values.length} values so far`, number);
    };
    const nodes = readList(object.nodes, `${path}.nodes`, (item, at) => {
      const node = this.#node(item, at, readReference);
      for (const output of node.outputs) values.push(output);
      return node;
    });
    const outputs = readList(object.outputs, `${path}.outputs`, readReference);
    return { inputs, nodes, outputs };
  }

  #input(json: unknown, path: string): Value {
    const { name, ...type } = readObject(json, path, ["dtype", "shape", "name"]);
    return new Value(this.#type(type, path), null, 0, this.#optionalText(name, `${path}.name`));
  }

  #type(json: unknown, path: string): TensorType {
    const object = readObject(json, path, ["dtype", "shape"]);
    return {
      dtype: readDType(object.dtype, `${path}.dtype`, this.#inner),
      shape: readCounts(object.shape, `${path}.shape`, this.#inner),
    };
  }

  #optionalText(json: unknown, path: string): string | undefined {
    return json === undefined ? undefined : readText(json, path, this.#inner);
  }

  #node(json: unknown, path: string, readReference: ReadReference): Node {
    const object = readObject(json, path, ["op", "inputs", "params", "types", "path"]);
    const op = opName(object.op, `${path}.op`, this.#inner);
    const inputs = readList(object.inputs, `${path}.inputs`, readReference);
    const { operands, params: readParams } = NODE_READERS[op];
    const params = readParams(object.params, `${path}.params`, this.#inner);
    const arity = typeof operands === "function" ? operands(params as never) : operands;
    if (arity !== null && inputs.length !== arity) {
      throw unexpected(`${path}.inputs`, `an array of ${arity}`, object.inputs);
    }
    const types = readList(object.types, `${path}.types`, (item, at) => this.#type(item, at));
    expectTypes(this.#inferred(path, op, inputs, params), types, `${path}.types`);
    return new Node(op, inputs, params, types, {
      path: this.#optionalText(object.path, `${path}.path`),
    });
  }

  #inferred(
    path: string,
    op: OpName,
    inputs: readonly Value[],
    params: OpParams<OpName>,
  ): readonly TensorType[] {
    try {
      return this.#infer(
        op,
        inputs.map(({ type }) => type),
        params,
      );
    } catch (error) {
      // A rule may trip over parameters that no builder would give it, so any error is meant.
      const message = error instanceof Error ? error.message : String(error);
      throw new ArgumentError(`${path}: ${message}`, { cause: error });
    }
  }
}

const opName: Reader<OpName> = readOneOf("op", Object.keys(NODE_READERS) as OpName[]);

function expectTypes(
  expected: readonly TensorType[],
  received: readonly TensorType[],
  path: string,
): void {
  if (expected.length !== received.length) {
    throw unexpected(path, `an array of ${expected.length}`, received);
  }
  expected.forEach((type, i) => {
    if (sameType(type, received[i]!)) return;
    throw new ArgumentError(
      `${path}[${i}]: expected ${showType(type)}, received ${showType(received[i]!)}`,
    );
  });
}
