// Convolutions in the harness of all layers.

import { testLayers } from "../harness.testing.ts";
import {
  conv1d,
  conv2d,
  conv2dTranspose,
  conv3d,
  depthwiseConv1d,
  depthwiseConv2d,
  separableConv1d,
  separableConv2d,
} from "../index.ts";

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
  {
    title: "conv3d in groups, with strides and dilation along some axes",
    layer: conv3d(4, [2, 3, 1], { strides: [1, 2, 1], dilation: [2, 1, 1], groups: 2 }),
    inputShape: [4, 5, 2, 4],
    outputShape: [2, 2, 2, 4],
    parameters: 52,
  },
  {
    title: "conv3d, same padding",
    layer: conv3d(2, 3, { padding: "same", strides: 2, activation: "tanh", bias: false }),
    inputShape: [3, 2, 3, 1],
    outputShape: [2, 1, 2, 2],
    parameters: 54,
  },
  {
    title: "depthwiseConv1d, causal",
    layer: depthwiseConv1d(3, { padding: "causal", dilation: 2 }),
    inputShape: [6, 3],
    outputShape: [6, 3],
    parameters: 12,
  },
  {
    title: "depthwiseConv2d, several filters a channel",
    layer: depthwiseConv2d([2, 3], { multiplier: 2, activation: "tanh" }),
    inputShape: [4, 5, 3],
    outputShape: [3, 3, 6],
    parameters: 42,
  },
  {
    title: "depthwiseConv2d, same padding, strides",
    layer: depthwiseConv2d(3, { padding: "same", strides: 2, bias: false }),
    inputShape: [5, 6, 5],
    outputShape: [3, 3, 5],
    parameters: 45,
  },
  {
    title: "separableConv1d, causal",
    layer: separableConv1d(4, 2, { padding: "causal", multiplier: 2, weights: "heNormal" }),
    inputShape: [5, 3],
    outputShape: [5, 4],
    parameters: 12 + 28,
  },
  {
    title: "separableConv2d",
    layer: separableConv2d(4, 3, { activation: "sigmoid", strides: 2 }),
    inputShape: [7, 5, 3],
    outputShape: [3, 2, 4],
    parameters: 27 + 16,
  },
]);
