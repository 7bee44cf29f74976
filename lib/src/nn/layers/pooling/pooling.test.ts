// Pools in the harness of all layers.

import { testLayers } from "../harness.testing.ts";
import {
  avgPool1d,
  avgPool2d,
  avgPool3d,
  globalPool,
  maxPool1d,
  maxPool2d,
  maxPool3d,
} from "../index.ts";

testLayers([
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
    title: "maxPool1d, windows that overlap and reach out",
    layer: maxPool1d(3, { strides: 2, padding: "same" }),
    inputShape: [6, 2],
    outputShape: [3, 2],
    parameters: 0,
  },
  {
    title: "avgPool1d",
    layer: avgPool1d(),
    inputShape: [5, 3],
    outputShape: [2, 3],
    parameters: 0,
  },
  {
    title: "maxPool3d, windows that overlap and reach out",
    layer: maxPool3d([3, 2, 1], { strides: [2, 1, 1], padding: "same" }),
    inputShape: [4, 3, 2, 2],
    outputShape: [2, 3, 2, 2],
    parameters: 0,
  },
  {
    title: "avgPool3d, windows that overlap and reach out",
    layer: avgPool3d(2, { strides: 1, padding: "same" }),
    inputShape: [3, 2, 4, 2],
    outputShape: [3, 2, 4, 2],
    parameters: 0,
  },
  {
    title: "globalPool of volumes",
    layer: globalPool("max"),
    inputShape: [2, 3, 2, 3],
    outputShape: [3],
    parameters: 0,
  },
]);
