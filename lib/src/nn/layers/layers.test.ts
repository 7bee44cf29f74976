// One harness for all layers: shapes, gradients, specifications there and back, training.

import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { grad } from "../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { flattenTree, mapTree } from "../../runtime/values/tree.ts";
import { fromData } from "../../tensor/create.ts";
import { key, normal } from "../../tensor/random.ts";
import { sum } from "../../tensor/reduce.ts";
import { chain } from "../network/chain.ts";
import {
  activation,
  addLayer,
  averageLayer,
  avgPool2d,
  concatenateLayer,
  conv1d,
  conv2d,
  conv2dTranspose,
  dense,
  dropout,
  flatten,
  globalPool,
  gru,
  inputLayer,
  type Layer,
  layerFromSpec,
  lstm,
  type Merge,
  maxout,
  maxPool2d,
  mergeFromSpec,
  multiplyLayer,
  type Params,
  prelu,
  rescaling,
  reshapeLayer,
  simpleRnn,
} from "./index.ts";

interface Case {
  readonly title: string;
  readonly layer: Layer;
  readonly inputShape: number[];
  readonly outputShape: number[];
  readonly parameters: number;
}

const CASES: readonly Case[] = [
  { title: "dense", layer: dense(4), inputShape: [3], outputShape: [4], parameters: 16 },
  {
    title: "dense on the last of two axes, sigmoid",
    layer: dense(4, { activation: "sigmoid", biases: { name: "normal" } }),
    inputShape: [2, 3],
    outputShape: [2, 4],
    parameters: 16,
  },
  {
    title: "dense without bias",
    layer: dense(2, { bias: false, weights: "heNormal" }),
    inputShape: [3],
    outputShape: [2],
    parameters: 6,
  },
  {
    title: "activation",
    layer: activation({ name: "elu", alpha: 2 }),
    inputShape: [5],
    outputShape: [5],
    parameters: 0,
  },
  {
    title: "softmax",
    layer: activation("softmax"),
    inputShape: [5],
    outputShape: [5],
    parameters: 0,
  },
  {
    title: "prelu",
    layer: prelu({ alpha: 0.3 }),
    inputShape: [2, 3],
    outputShape: [2, 3],
    parameters: 3,
  },
  {
    title: "maxout",
    layer: maxout(4, { pieces: 3 }),
    inputShape: [5],
    outputShape: [4],
    parameters: 72,
  },
  { title: "flatten", layer: flatten(), inputShape: [2, 3, 2], outputShape: [12], parameters: 0 },
  {
    title: "reshape",
    layer: reshapeLayer([3, 2]),
    inputShape: [6],
    outputShape: [3, 2],
    parameters: 0,
  },
  { title: "input", layer: inputLayer([3]), inputShape: [3], outputShape: [3], parameters: 0 },
  {
    title: "rescaling",
    layer: rescaling(0.5, { offset: 1, dtype: "float64" }),
    inputShape: [3],
    outputShape: [3],
    parameters: 0,
  },
  { title: "dropout", layer: dropout(0.4), inputShape: [50], outputShape: [50], parameters: 0 },
  {
    title: "conv2d, with its own kernel, strides and dilation along each axis",
    layer: conv2d(4, [3, 2], { strides: [2, 1], dilation: [1, 2], activation: "tanh" }),
    inputShape: [7, 5, 2],
    outputShape: [3, 3, 4],
    parameters: 52,
  },
  {
    title: "conv2d in groups, same padding",
    layer: conv2d(6, 3, { padding: "same", strides: 2, groups: 2, biases: "ones" }),
    inputShape: [5, 4, 4],
    outputShape: [3, 2, 6],
    parameters: 114,
  },
  {
    title: "conv1d, causal",
    layer: conv1d(3, 2, { padding: "causal", dilation: 3, weights: "heNormal" }),
    inputShape: [6, 2],
    outputShape: [6, 3],
    parameters: 15,
  },
  {
    title: "conv2dTranspose",
    layer: conv2dTranspose(3, [2, 4], { strides: 3, bias: false }),
    inputShape: [2, 3, 2],
    outputShape: [6, 10, 3],
    parameters: 48,
  },
  {
    title: "conv2dTranspose, same padding, dilation",
    layer: conv2dTranspose(2, 3, { padding: "same", dilation: 2, activation: "sigmoid" }),
    inputShape: [4, 3, 1],
    outputShape: [4, 3, 2],
    parameters: 20,
  },
  {
    title: "maxPool2d",
    layer: maxPool2d(),
    inputShape: [5, 4, 2],
    outputShape: [2, 2, 2],
    parameters: 0,
  },
  {
    title: "maxPool2d, windows that overlap and reach out",
    layer: maxPool2d([3, 2], { strides: [2, 1], padding: "same" }),
    inputShape: [5, 4, 2],
    outputShape: [3, 4, 2],
    parameters: 0,
  },
  {
    title: "avgPool2d, windows that overlap and reach out",
    layer: avgPool2d(3, { strides: 2, padding: "same" }),
    inputShape: [5, 4, 2],
    outputShape: [3, 2, 2],
    parameters: 0,
  },
  {
    title: "globalPool",
    layer: globalPool("average"),
    inputShape: [3, 4, 2],
    outputShape: [2],
    parameters: 0,
  },
  {
    title: "globalPool of sequences",
    layer: globalPool("max"),
    inputShape: [5, 3],
    outputShape: [3],
    parameters: 0,
  },
  {
    title: "simpleRnn",
    layer: simpleRnn(4, { activation: "sigmoid" }),
    inputShape: [5, 3],
    outputShape: [4],
    parameters: 32,
  },
  {
    title: "lstm, sequences",
    layer: lstm(3, { returnSequences: true, unitForgetBias: false, biases: "ones" }),
    inputShape: [4, 2],
    outputShape: [4, 3],
    parameters: 72,
  },
  {
    title: "lstm of one step",
    layer: lstm(3, { recurrentWeights: "glorotNormal" }),
    inputShape: [1, 2],
    outputShape: [3],
    parameters: 72,
  },
  {
    title: "gru, backwards",
    layer: gru(3, { goBackwards: true, biases: { name: "normal" } }),
    inputShape: [4, 2],
    outputShape: [3],
    parameters: 63,
  },
  {
    title: "gru that resets before, sequences, backwards",
    layer: gru(3, { resetAfter: false, returnSequences: true, goBackwards: true }),
    inputShape: [4, 2],
    outputShape: [4, 3],
    parameters: 54,
  },
];

const BATCH = 3;
const CONTEXT = { training: false, key: key(3) };

describe.each(CASES)("layer $title", ({ layer, inputShape, outputShape, parameters }) => {
  const { params, state } = layer.init(key(1), inputShape, "float64");
  const x: Tensor = normal(key(2), [BATCH, ...inputShape], { dtype: "float64" });
  const run = (p: Params, input: Tensor, { training = false, of = layer } = {}): Tensor =>
    of.apply({ params: p, state }, input, { ...CONTEXT, training }).y;

  it("gives the shape and the number of parameters it promises", () => {
    expect(layer.outputShape(inputShape)).toEqual(outputShape);
    expect(run(params, x).shape).toEqual([BATCH, ...outputShape]);
    const sizes = flattenTree(params).leaves.map((leaf) => leaf.size);
    expect(sizes.reduce((a, b) => a + b, 0)).toBe(parameters);
  });

  it("has the gradient that differences show, for parameters and input", () => {
    const c: Tensor = normal(key(5), [BATCH, ...outputShape], { dtype: "float64" });
    const loss = (p: { params: Params; x: Tensor }): Tensor =>
      sum(run(p.params, p.x, { training: true }).mul(c));
    const point = { params, x };
    const gradient = grad(loss)(point);
    const step = 1e-6;
    const direction = mapTree((leaf) => leaf.mul(0).add(0.37).sub(leaf.mul(0.11)), point);
    const moved = (sign: number) =>
      loss(mapTree((leaf, d) => leaf.add(d.mul(sign * step)), point, direction)).item();
    const expected = (moved(1) - moved(-1)) / (2 * step);
    const actual = flattenTree(mapTree((g, d) => g.mul(d).sum(), gradient, direction)).leaves;
    expect(actual.reduce((total, leaf) => total + leaf.item(), 0)).toBeCloseTo(expected, 5);
  });

  it("is the same layer after its specification went through JSON", () => {
    const spec = JSON.parse(JSON.stringify(layer.spec));
    const again = layerFromSpec(spec);
    expect(again.spec).toEqual(layer.spec);
    expect(again.outputShape(inputShape)).toEqual(outputShape);
    expect(run(params, x, { of: again }).toArray()).toEqual(run(params, x).toArray());
  });

  it("gives the same bits compiled", () => {
    const eager = (p: Params, input: Tensor) => run(p, input, { training: true });
    expect(compile(eager)(params, x).data).toEqual(eager(params, x).data);
  });
});

it("prelu has the learnt slope at 0 itself, as NNDL defines it", () => {
  const layer = prelu({ alpha: 0.3 });
  const { params } = layer.init(key(1), [1], "float64");
  const f = (x: Tensor): Tensor => sum(layer.apply({ params, state: {} }, x, CONTEXT).y);
  expect(grad(f)(fromData(new Float64Array([0]), [1, 1])).data).toEqual(new Float64Array([0.3]));
});

describe("dropout", () => {
  const x: Tensor = fromData(new Float32Array(10_000).fill(1), [100, 100]);
  const apply = (layer: Layer, training: boolean) =>
    layer.apply({ params: {}, state: {} }, x, { ...CONTEXT, training }).y;

  it("inverted: keeps the mean in training and changes nothing at test time", () => {
    const dropped = apply(dropout(0.4), true);
    expect(dropped.mean().item()).toBeCloseTo(1, 1);
    expect(new Set(dropped.data)).toEqual(new Set([0, Math.fround(1 / 0.6)]));
    expect(apply(dropout(0.4), false).data).toEqual(x.data);
  });

  it("original: drops in training and scales by 1 - p at test time", () => {
    const layer = dropout(0.25, { convention: "original" });
    expect(new Set(apply(layer, true).data)).toEqual(new Set([0, 1]));
    expect(new Set(apply(layer, false).data)).toEqual(new Set([0.75]));
  });

  it("refuses a probability of 1", () => {
    expect(() => dropout(1)).toThrow(
      "dropout: expected p to be a number from 0 to below 1, received 1",
    );
  });
});

describe("merge layers", () => {
  const a: Tensor = fromData(new Float64Array([1, 2, 3, 4]), [2, 2]);
  const b: Tensor = fromData(new Float64Array([5, 6, 7, 8]), [2, 2]);
  const cases: [string, Merge, unknown][] = [
    [
      "add",
      addLayer(),
      [
        [6, 8],
        [10, 12],
      ],
    ],
    [
      "multiply",
      multiplyLayer(),
      [
        [5, 12],
        [21, 32],
      ],
    ],
    [
      "average",
      averageLayer(),
      [
        [3, 4],
        [5, 6],
      ],
    ],
    [
      "concatenate",
      concatenateLayer(),
      [
        [1, 2, 5, 6],
        [3, 4, 7, 8],
      ],
    ],
  ];
  it.each(cases)("%s", (_kind, layer, expected) => {
    expect(layer.merge([a, b]).toArray()).toEqual(expected);
    expect(layer.outputShape([[2], [2]])).toEqual(layer.merge([a, b]).shape.slice(1));
    expect(mergeFromSpec(layer.spec!).kind).toBe(layer.kind);
    expect(() => layer.outputShape([[2], [3, 1]])).toThrow("do not fit together");
    expect(() => layer.outputShape([])).toThrow("expected at least one input");
  });
});

describe("a chain of layers", () => {
  it("names the layer that does not fit", () => {
    expect(() => chain([2], [reshapeLayer([3])])).toThrow(
      'layer "reshape1": reshape: an example [2] cannot take [3]',
    );
    expect(() => chain([], [dense(3)])).toThrow(
      'layer "dense1": dense: expected at least one axis',
    );
  });

  it("names the nearest known kind of layer", () => {
    expect(() => layerFromSpec({ kind: "dens" })).toThrow(
      'Unknown layer "dens". Did you mean "dense"?',
    );
  });

  it("draws the same variables from the same key", () => {
    const network = chain([3], [dense(4), activation("tanh"), dense(2)]);
    const bits = () =>
      flattenTree(network.init(key(9), "float32").params).leaves.map((t) => t.data);
    expect(bits()).toEqual(bits());
    const [w1, , w2] = bits();
    expect(w1!.slice(0, 2)).not.toEqual(w2!.slice(0, 2));
  });
});
