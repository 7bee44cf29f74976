// Convolutions in the harness of all layers.

import { testLayers } from "../harness.testing.ts";
import { conv1d, conv2d, conv2dTranspose } from "../index.ts";

testLayers([
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
]);
