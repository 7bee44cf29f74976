// Layers that only change the shape of an example.

import { testLayers } from "../harness.testing.ts";
import { flatten, inputLayer, reshapeLayer } from "../index.ts";

testLayers([
  { title: "flatten", layer: flatten(), inputShape: [2, 3, 2], outputShape: [12], parameters: 0 },
  {
    title: "reshape",
    layer: reshapeLayer([3, 2]),
    inputShape: [6],
    outputShape: [3, 2],
    parameters: 0,
  },
  { title: "input", layer: inputLayer([3]), inputShape: [3], outputShape: [3], parameters: 0 },
]);
