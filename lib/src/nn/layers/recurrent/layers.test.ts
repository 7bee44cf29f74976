// Recurrent layers in the harness of all layers.

import { testLayers } from "../harness.testing.ts";
import { gru, lstm, simpleRnn } from "../index.ts";

testLayers([
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
]);
