// Layers that weigh, and layers that change each element.

import { expect, it } from "vitest";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { flattenTree } from "../../../runtime/values/tree.ts";
import { fromData, tensor } from "../../../tensor/create.ts";
import { key, normal } from "../../../tensor/random.ts";
import { sum } from "../../../tensor/reduce.ts";
import { activationOf } from "../../activations/index.ts";
import { CONTEXT, testLayers } from "../harness.testing.ts";
import {
  activation,
  conv2d,
  conv2dTranspose,
  dense,
  gat,
  lstm,
  maxout,
  prelu,
  rescaling,
  separableConv1d,
} from "../index.ts";

testLayers([
  {
    title: "dense, maxout",
    layer: dense(3, { activation: { name: "maxout", pieces: 4 } }),
    inputShape: [2, 3],
    outputShape: [2, 3],
    parameters: 48,
  },
  {
    title: "conv2d in groups, maxout",
    layer: conv2d(4, 2, { activation: "maxout", groups: 2 }),
    inputShape: [3, 3, 2],
    outputShape: [2, 2, 4],
    parameters: 40,
  },
  {
    title: "conv2dTranspose, maxout",
    layer: conv2dTranspose(2, 2, { activation: "maxout", bias: false }),
    inputShape: [2, 2, 3],
    outputShape: [3, 3, 2],
    parameters: 48,
  },
  {
    title: "separableConv1d, maxout",
    layer: separableConv1d(2, 2, { activation: "maxout" }),
    inputShape: [4, 3],
    outputShape: [3, 2],
    parameters: 6 + 12 + 4,
  },
  {
    title: "prelu, a slope for each unit",
    layer: prelu({ sharedAxes: [], alpha: 0.1 }),
    inputShape: [2, 3, 2],
    outputShape: [2, 3, 2],
    parameters: 12,
  },
  {
    title: "prelu, slopes shared along some axes",
    layer: prelu({ sharedAxes: [1, -1] }),
    inputShape: [2, 3, 2],
    outputShape: [2, 3, 2],
    parameters: 2,
  },
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
  {
    title: "rescaling",
    layer: rescaling(0.5, { offset: 1, dtype: "float64" }),
    inputShape: [3],
    outputShape: [3],
    parameters: 0,
  },
]);

it("prelu has the learnt slope at 0 itself, as NNDL defines it", () => {
  const layer = prelu({ alpha: 0.3 });
  const { params } = layer.init(key(1), [1], "float64");
  const f = (x: Tensor): Tensor => sum(layer.apply({ params, state: {} }, x, CONTEXT).y);
  expect(grad(f)(fromData(new Float64Array([0]), [1, 1])).data).toEqual(new Float64Array([0.3]));
});

it("maxout as an activation is the layer of that name", () => {
  const [named, layer] = [dense(4, { activation: "maxout" }), maxout(4)];
  const variables = layer.init(key(4), [3], "float64");
  const again = named.init(key(4), [3], "float64");
  const bits = (of: typeof again) => flattenTree(of.params).leaves.map(({ data }) => data);
  expect(bits(again)).toEqual(bits(variables));
  const x: Tensor = normal(key(5), [6, 3], { dtype: "float64" });
  const outputs = [named, layer].map((of) => of.apply(variables, x, CONTEXT).y.data);
  expect(outputs[0]).toEqual(outputs[1]);
  expect(named.apply(variables, x, CONTEXT).logits).toBeUndefined();
});

it("maxout is refused where a unit has one net input, and with fewer than two pieces", () => {
  for (const make of [
    () => activation("maxout"),
    () => lstm(3, { activation: "maxout" }),
    () => gat(3, { activation: "maxout" }),
  ]) {
    expect(make).toThrow("maxout takes several net inputs for each output, and this layer has one");
  }
  expect(() => dense(3, { activation: { name: "maxout", pieces: 1 } })).toThrow(
    "a whole number of 2 or more",
  );
  expect(() => activationOf("maxout").apply(tensor([1, 2, 3]))).toThrow(
    "maxout: [3] does not divide into 2 pieces a unit",
  );
  expect(dense(1, { activation: "maxout" }).outputShape([2])).toEqual([1]); // no softmax of one unit
});

it("prelu has slopes where they are not shared, and names an axis that is not there", () => {
  const x: Tensor = tensor([
    [
      [-1, -2],
      [3, -4],
    ],
  ]);
  const layer = prelu({ sharedAxes: [0] });
  expect(layer.shapes!([2, 2])).toEqual({ alpha: [1, 2] });
  const params = { alpha: tensor([[0.5, 2]]) };
  const { y } = layer.apply({ params, state: {} }, x, CONTEXT);
  expect([...y.data]).toEqual([-0.5, -4, 3, -8]);
  expect(() => prelu({ sharedAxes: [2] }).outputShape([2, 3])).toThrow(
    "prelu: there is no axis 2 in an example [2, 3]",
  );
});
