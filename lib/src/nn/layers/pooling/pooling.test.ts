// Pools in the harness of all layers.

import { testLayers } from "../harness.testing.ts";
import { avgPool2d, globalPool, maxPool2d } from "../index.ts";

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
]);
