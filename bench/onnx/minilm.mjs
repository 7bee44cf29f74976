/** A sentence encoder as an ONNX file: BERT's layers as PyTorch's exporter writes them, over stored weights. */

import { decodeSafetensors } from "neurite/formats";
import { encodeOnnx } from "neurite/onnx";

const [FLOAT, INT64] = [1, 7];
const [ATTRIBUTE_INT, ATTRIBUTE_INTS] = [2, 7];

const bytesOf = ({ buffer, byteOffset, byteLength }) =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** A graph in the making: a node for each op, named results, constants as initializers. */
class Graph {
  nodes = [];
  initializers = [];

  op(opType, input, attributes = {}) {
    const output = [`${opType}_${this.nodes.length}`];
    const attribute = Object.entries(attributes).map(([name, value]) =>
      Array.isArray(value)
        ? { name, type: ATTRIBUTE_INTS, ints: value.map(BigInt) }
        : { name, type: ATTRIBUTE_INT, i: BigInt(value) },
    );
    this.nodes.push({ name: output[0], opType, input, output, attribute });
    return output[0];
  }

  held(name, dataType, shape, data) {
    const dims = shape.map(BigInt);
    this.initializers.push({ name, dataType, dims, rawData: bytesOf(data) });
    return name;
  }

  number(value) {
    return this.held(`number_${this.initializers.length}`, FLOAT, [], Float32Array.of(value));
  }

  integers(...values) {
    const data = BigInt64Array.from(values, BigInt);
    return this.held(`integers_${this.initializers.length}`, INT64, [values.length], data);
  }
}

/**
 * Token numbers, their mask and kinds [batch, tokens] to the last layer's states [batch, tokens, width].
 * @param {Uint8Array} file model.safetensors
 * @param {{ hidden_size: number, num_attention_heads: number, num_hidden_layers: number }} config
 * @see Devlin et al. (2019), BERT, section 3; Wang et al. (2020), MiniLM
 */
export function encoderModel(file, config) {
  const { hidden_size: width, num_attention_heads: heads, num_hidden_layers: layers } = config;
  const { tensors } = decodeSafetensors(file);
  const g = new Graph();
  const held = new Map();
  const weight = (name) => {
    if (!held.has(name)) {
      const { shape, data } = tensors.get(name);
      held.set(name, g.held(name, FLOAT, shape, data));
    }
    return held.get(name);
  };
  const turned = (name) => {
    const { shape, data } = tensors.get(name);
    const [rows, columns] = shape;
    const out = new Float32Array(data.length);
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) out[c * rows + r] = data[r * columns + c];
    return g.held(`${name}/turned`, FLOAT, [columns, rows], out);
  };
  const linear = (x, name) =>
    g.op("Add", [weight(`${name}.bias`), g.op("MatMul", [x, turned(`${name}.weight`)])]);
  const normal = (x, name) => {
    const from = g.op("Sub", [x, g.op("ReduceMean", [x], { axes: [-1] })]);
    const variance = g.op("ReduceMean", [g.op("Pow", [from, g.number(2)])], { axes: [-1] });
    const scale = g.op("Sqrt", [g.op("Add", [variance, g.number(config.layer_norm_eps)])]);
    return g.op("Add", [
      g.op("Mul", [g.op("Div", [from, scale]), weight(`${name}.weight`)]),
      weight(`${name}.bias`),
    ]);
  };
  const gelu = (x) => {
    const erf = g.op("Erf", [g.op("Div", [x, g.number(Math.SQRT2)])]);
    return g.op("Mul", [g.op("Mul", [x, g.op("Add", [erf, g.number(1)])]), g.number(0.5)]);
  };
  const axis = (x, at) => {
    const length = g.op("Gather", [
      g.op("Shape", [x]),
      g.held(`axis_${g.initializers.length}`, INT64, [], BigInt64Array.of(BigInt(at))),
    ]);
    return g.op("Unsqueeze", [length, g.integers(0)]);
  };

  const shape = g.op("Concat", [axis("input_ids", 0), axis("input_ids", 1)], { axis: 0 });
  const apart = g.op("Concat", [shape, g.integers(heads, width / heads)], { axis: 0 });
  const joined = g.op("Concat", [shape, g.integers(width)], { axis: 0 });
  const open = g.op("Cast", [g.op("Unsqueeze", ["attention_mask", g.integers(1, 2)])], {
    to: FLOAT,
  });
  const mask = g.op("Mul", [g.op("Sub", [g.number(1), open]), g.number(-3.4028234663852886e38)]);
  const positions = g.op("Slice", [
    g.held(
      "positions",
      INT64,
      [1, 512],
      BigInt64Array.from({ length: 512 }, (_, i) => BigInt(i)),
    ),
    g.integers(0),
    axis("input_ids", 1),
    g.integers(1),
  ]);
  const look = (name, ids) => g.op("Gather", [weight(`embeddings.${name}_embeddings.weight`), ids]);
  const tokens = g.op("Add", [look("word", "input_ids"), look("token_type", "token_type_ids")]);
  let x = normal(g.op("Add", [tokens, look("position", positions)]), "embeddings.LayerNorm");
  const head = (y, perm) => g.op("Transpose", [g.op("Reshape", [y, apart])], { perm });
  for (let layer = 0; layer < layers; layer++) {
    const at = `encoder.layer.${layer}`;
    const [query, key, value] = ["query", "key", "value"].map((name, i) =>
      head(linear(x, `${at}.attention.self.${name}`), i === 1 ? [0, 2, 3, 1] : [0, 2, 1, 3]),
    );
    const scores = g.op("Div", [g.op("MatMul", [query, key]), g.number(Math.sqrt(width / heads))]);
    const weights = g.op("Softmax", [g.op("Add", [scores, mask])], { axis: -1 });
    const seen = g.op("Transpose", [g.op("MatMul", [weights, value])], { perm: [0, 2, 1, 3] });
    const attended = linear(g.op("Reshape", [seen, joined]), `${at}.attention.output.dense`);
    x = normal(g.op("Add", [attended, x]), `${at}.attention.output.LayerNorm`);
    const inner = gelu(linear(x, `${at}.intermediate.dense`));
    x = normal(g.op("Add", [linear(inner, `${at}.output.dense`), x]), `${at}.output.LayerNorm`);
  }
  const port = (name, elemType, dims) => ({
    name,
    type: {
      value: {
        case: "tensorType",
        value: {
          elemType,
          shape: {
            dim: dims.map((dim) => ({
              value:
                typeof dim === "string"
                  ? { case: "dimParam", value: dim }
                  : { case: "dimValue", value: BigInt(dim) },
            })),
          },
        },
      },
    },
  });
  g.nodes.push({
    name: "last",
    opType: "Identity",
    input: [x],
    output: ["last_hidden_state"],
    attribute: [],
  });
  return encodeOnnx({
    irVersion: 8n,
    producerName: "neurite-bench",
    opsetImport: [{ domain: "", version: 14n }],
    graph: {
      name: "encoder",
      node: g.nodes,
      initializer: g.initializers,
      input: ["input_ids", "attention_mask", "token_type_ids"].map((name) =>
        port(name, INT64, ["batch", "tokens"]),
      ),
      output: [port("last_hidden_state", FLOAT, ["batch", "tokens", width])],
    },
  });
}
