// Layers that weigh, and layers that change each element.

import { expect, it } from "vitest";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData } from "../../../tensor/create.ts";
import { key } from "../../../tensor/random.ts";
import { sum } from "../../../tensor/reduce.ts";
import { CONTEXT, testLayers } from "../harness.testing.ts";
import { activation, dense, maxout, prelu, rescaling } from "../index.ts";

testLayers([
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
