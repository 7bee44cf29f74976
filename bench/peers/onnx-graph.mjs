/** Builds ONNX graphs: a name for each value, a node for each op, scalars as initializers. */

import onnxProto from "onnx-proto";

const { onnx } = onnxProto;
const { AttributeType } = onnx.AttributeProto;
export const { FLOAT, INT64, BOOL } = onnx.TensorProto.DataType;

/** A name with its type, as graphs declare what goes in and out. */
export const declared = (name, shape, elemType = FLOAT) => ({
  name,
  type: { tensorType: { elemType, shape: { dim: shape.map((dimValue) => ({ dimValue })) } } },
});

export class GraphBuilder {
  nodes = [];
  initializers = [];
  #prefix;

  constructor(prefix) {
    this.#prefix = prefix;
  }

  /** The name of what the op gives; `result` names it, else a number does. */
  op(opType, input, attributes = {}, result = `${this.#prefix}${this.nodes.length}`) {
    const attribute = Object.entries(attributes).map(([name, value]) => {
      if (typeof value === "number") return { name, type: AttributeType.INT, i: value };
      return { name, type: AttributeType.GRAPH, g: value };
    });
    const output = Array.isArray(result) ? result : [result];
    this.nodes.push({ opType, input, output, attribute });
    return output[0];
  }

  /** A constant: a float scalar, or int64 numbers in a row. */
  constant(value) {
    const name = `${this.#prefix}c${this.initializers.length}`;
    const data = Array.isArray(value)
      ? { dataType: INT64, dims: [value.length], int64Data: value }
      : { dataType: FLOAT, dims: [], floatData: [value] };
    this.initializers.push({ name, ...data });
    return name;
  }

  graph(name, input, output) {
    return { name, node: this.nodes, initializer: this.initializers, input, output };
  }
}

/** The bytes of a model with this graph. */
export function encodeModel(graph) {
  const model = { irVersion: 8, opsetImport: [{ domain: "", version: 17 }], graph };
  return onnx.ModelProto.encode(onnx.ModelProto.create(model)).finish();
}
