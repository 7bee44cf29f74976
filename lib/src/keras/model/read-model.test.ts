// Configurations of Keras as layers of ours: what each entry becomes, and what is refused, in which words.

import { describe, expect, it } from "vitest";
import { NeuriteError } from "../../checks/errors.ts";
import type { LayerSpec } from "../../spec/parts.ts";
import { type ReadModel, readModel } from "./read-model.ts";

type Layer = readonly [className: string, config: object];

const model = (className: string, config: object) => ({ class_name: className, config });
const layer = ([className, config]: Layer, i = 0) =>
  model(className, { name: `layer_${i}`, ...config });
const input = (...shape: (number | null)[]): Layer => [
  "InputLayer",
  { batch_shape: [null, ...shape] },
];

function read(layers: readonly Layer[], isOld = false): ReadModel {
  return readModel(model("Sequential", { layers: layers.map(layer) }), { isOld });
}

/** The layer that becomes of one, without its name. */
function one(start: Layer, last: Layer, isOld = false): LayerSpec {
  const { network } = read([start, last], isOld);
  const { name: _, ...spec } = (network as { layers: LayerSpec[] }).layers[1]!;
  return spec as LayerSpec;
}

const IMAGE = input(6, 6, 4);
const STEPS = input(5, 3);
const FLAT = input(4);

describe("a layer", () => {
  it.each<[Layer, Layer, LayerSpec]>([
    [
      FLAT,
      ["Dense", { units: 3, activation: "swish", use_bias: false }],
      { kind: "dense", units: 3, activation: "silu", bias: false },
    ],
    [FLAT, ["ReLU", { max_value: 6 }], { kind: "activation", activation: "relu6" }],
    [
      FLAT,
      ["ReLU", { negative_slope: 0.1 }],
      { kind: "activation", activation: { name: "leakyRelu", alpha: 0.1 } },
    ],
    [
      FLAT,
      ["LeakyReLU", { alpha: 0.2 }],
      { kind: "activation", activation: { name: "leakyRelu", alpha: 0.2 } },
    ],
    [
      FLAT,
      ["LeakyReLU", {}],
      { kind: "activation", activation: { name: "leakyRelu", alpha: 0.3 } },
    ],
    [FLAT, ["Softmax", { axis: -1 }], { kind: "activation", activation: "softmax" }],
    [
      FLAT,
      [
        "Dense",
        {
          units: 2,
          kernel_initializer: {
            class_name: "VarianceScaling",
            config: { scale: 2, mode: "fan_in", distribution: "truncated_normal" },
          },
        },
      ],
      { kind: "dense", units: 2, weights: "heNormal" },
    ],
    [
      IMAGE,
      [
        "Conv2D",
        { filters: 2, kernel_size: [3, 1], strides: [2, 2], data_format: "channels_last" },
      ],
      { kind: "conv2d", filters: 2, kernelSize: [3, 1], strides: 2 },
    ],
    [
      IMAGE,
      ["MaxPooling2D", { pool_size: [2, 2], strides: [2, 2] }],
      { kind: "maxPool2d", poolSize: 2 },
    ],
    [
      IMAGE,
      ["BatchNormalization", { axis: [3], momentum: 0.9 }],
      { kind: "batchNormalization", momentum: 0.9 },
    ],
    [IMAGE, ["Reshape", { target_shape: [-1, 2] }], { kind: "reshape", shape: [72, 2] }],
    [STEPS, ["PReLU", { shared_axes: [1] }], { kind: "prelu", sharedAxes: [0] }],
    [
      STEPS,
      ["LSTM", { units: 2, return_sequences: true, unit_forget_bias: true }],
      { kind: "lstm", units: 2, returnSequences: true },
    ],
    [STEPS, ["Dropout", { rate: 0.3, noise_shape: null, seed: 7 }], { kind: "dropout", p: 0.3 }],
    [
      FLAT,
      ["Dense", { units: 2, trainable: false }],
      { kind: "dense", units: 2, trainable: false },
    ],
  ])("after %j, %j", (start, last, spec) => {
    expect(one(start, last)).toMatchObject(spec);
  });

  it("means by hard_sigmoid and by silence on reset_after what its version meant", () => {
    const gru: Layer = ["GRU", { units: 2, recurrent_activation: "hard_sigmoid" }];
    expect(one(STEPS, gru)).toMatchObject({ recurrentActivation: "hardSigmoid" });
    expect(one(STEPS, gru, true)).toMatchObject({
      recurrentActivation: { name: "hardSigmoid", slope: 0.2 },
      resetAfter: false,
    });
  });

  it.each<[Layer, Layer, RegExp]>([
    [FLAT, ["Lambda", {}], /layer "layer_1": Keras's Lambda has no like here, and is not read/],
    [FLAT, ["Dens", { units: 2 }], /Keras's Dens has no like here.* Did you mean "Dense"\?/],
    [
      FLAT,
      ["Dense", { units: 2, activation: "glu" }],
      /the activation "glu" is not supported; those that are: linear/,
    ],
    [FLAT, ["Dense", { units: 0 }], /dense: expected units to be a whole number above 0/],
    [FLAT, ["Dense", { units: 2, lora: 4 }], /lora 4 of Keras's Dense is not supported/],
    [
      IMAGE,
      ["Conv2D", { filters: 2, kernel_size: [3, 3], data_format: "channels_first" }],
      /data_format "channels_first" is not supported, only "channels_last"/,
    ],
    [IMAGE, ["BatchNormalization", { axis: 1 }], /axis 1 is not supported, only the last one/],
    [IMAGE, ["BatchNormalization", { renorm: true }], /renorm true is not supported/],
    [IMAGE, ["ReLU", { max_value: 2 }], /max_value 2 is not supported, only 6 or none/],
    [IMAGE, ["Normalization", {}], /expected mean|mean is not in its configuration/],
    [
      IMAGE,
      ["Normalization", { mean: null, variance: null }],
      /mean is not in its configuration, as adapt\(\) keeps it/,
    ],
    [
      IMAGE,
      ["Reshape", { target_shape: "x" }],
      /target_shape: expected whole numbers, received "x"/,
    ],
    [STEPS, ["LSTM", { units: 2, stateful: true }], /stateful true is not supported, only false/],
    [
      STEPS,
      ["Bidirectional", { layer: layer(["LSTM", { units: 2 }]), merge_mode: "max" }],
      /merge_mode "max" is not supported/,
    ],
    [STEPS, ["Bidirectional", { layer: 3 }], /expected a layer, received 3/],
    [STEPS, ["PReLU", { shared_axes: ["x"] }], /shared_axes: expected whole numbers above 0/],
    [
      input(null, 3),
      ["LSTM", { units: 2 }],
      /takes examples \[any, 3\] of any length along an axis.*--input/,
    ],
  ])("after %j, %j is refused", (start, last, message) => {
    expect(() => read([start, last])).toThrow(message);
    expect(() => read([start, last])).toThrow(NeuriteError);
  });

  it("leaves out what only training would see, and tells it", () => {
    const { notes, penalties } = read([
      STEPS,
      [
        "LSTM",
        { units: 2, dropout: 0.2, kernel_constraint: { class_name: "MaxNorm", config: {} } },
      ],
      [
        "Dense",
        { units: 1, kernel_regularizer: { class_name: "L1L2", config: { l1: 0.1, l2: 0.1 } } },
      ],
      [
        "Dense",
        {
          units: 1,
          kernel_regularizer: { class_name: "L2", config: { l2: 0.1 } },
          kernel_initializer: "identity",
        },
      ],
    ]);
    expect(notes).toEqual([
      "layer_1: dropout 0.2 is left out, which only training would see",
      'layer_1: kernel_constraint "MaxNorm" is left out, which only training would see',
      "layer_2: kernel_regularizer L1L2 is left out, which only training would see",
      "layer_3: kernel_initializer identity is left out; it would matter if weights were drawn anew",
    ]);
    expect(penalties).toEqual([{ layer: "layer_3", kind: "l2", lambda: 0.1 }]);
  });
});

describe("a model", () => {
  const node = (name: string, className: string, config: object, inbound_nodes: unknown) => ({
    ...model(className, { name, ...config }),
    name,
    inbound_nodes,
  });
  const from = (...names: string[]) => [names.map((name) => [name, 0, 0, {}])];
  const start = node("x", "InputLayer", { batch_input_shape: [null, 4] }, []);
  const graph = (...nodes: object[]) =>
    readModel(
      model("Model", {
        layers: [start, ...nodes],
        input_layers: [["x", 0, 0]],
        output_layers: [["y", 0, 0]],
      }),
      { isOld: true },
    );

  it("that is a chain is written as one; one that joins is a graph", () => {
    const chain = graph(node("y", "Dense", { units: 2 }, from("x")));
    expect(chain.network).toHaveProperty("layers");
    const joined = graph(
      node("a", "Dense", { units: 4 }, from("x")),
      node("y", "Add", {}, from("x", "a")),
    );
    expect(joined.network).toMatchObject({
      inputs: ["x"],
      outputs: ["y"],
      nodes: [{}, {}, { reads: ["x", "a"] }],
    });
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "of no known class",
      () => readModel(model("MyModel", {}), { isOld: false }),
      /of class "MyModel", of which the file does not say the layers/,
    ],
    [
      "without layers",
      () => readModel(model("Sequential", { layers: [] }), { isOld: false }),
      /has no layers/,
    ],
    ["that is a number", () => readModel(3, { isOld: false }), /expected a layer, received 3/],
    [
      "without a shape",
      () => read([["Dense", { units: 2 }]]),
      /does not say the shape of its inputs/,
    ],
    [
      "of another shape than is given",
      () =>
        readModel(model("Sequential", { layers: [FLAT].map(layer) }), {
          isOld: false,
          inputShape: [5],
        }),
      /takes examples \[4\], and inputShape is \[5\]/,
    ],
    [
      "with a layer in two places",
      () => graph(node("y", "Dense", { units: 2 }, [[["x", 0, 0]], [["x", 0, 0]]])),
      /stands in 2 places with the same weights/,
    ],
    [
      "with a layer of two inputs",
      () => graph(node("y", "Dense", { units: 2 }, from("x", "x"))),
      /it reads 2 places: x, x; only one is supported/,
    ],
    [
      "that reads what is not there",
      () => graph(node("y", "Dense", { units: 2 }, from("z"))),
      /"y" reads "z", which does not stand before it/,
    ],
    [
      "that reads a second output",
      () => graph(node("y", "Dense", { units: 2 }, [[["x", 0, 1]]])),
      /it reads output 1 of "x"; only the first/,
    ],
    [
      "called with a state",
      () => graph(node("y", "Dense", { units: 2 }, [[["x", 0, 0, { initial_state: 1 }]]])),
      /it is called with initial_state/,
    ],
    [
      "with a name of a thousand letters",
      () => graph(node("y".repeat(1000), "Dense", { units: 2 }, from("x"))),
      /a name of 1000 letters/,
    ],
  ])("%s is refused", (_, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(NeuriteError);
  });
});
