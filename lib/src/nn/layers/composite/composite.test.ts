// Layers that hold other layers in the harness of all layers.

import { testLayers } from "../harness.testing.ts";
import {
  batchNormalization,
  bidirectional,
  block,
  conv2d,
  dense,
  gru,
  layerNormalization,
  lstm,
  maxPool2d,
  residual,
  simpleRnn,
  timeDistributed,
} from "../index.ts";

testLayers([
  {
    title: "timeDistributed dense",
    layer: timeDistributed(dense(4, { activation: "tanh" })),
    inputShape: [3, 2],
    outputShape: [3, 4],
    parameters: 12,
  },
  {
    title: "timeDistributed convolution, of a block",
    layer: timeDistributed(block([conv2d(2, 3, { padding: "same" }), maxPool2d(2)])),
    inputShape: [3, 4, 4, 1],
    outputShape: [3, 2, 2, 2],
    parameters: 20,
  },
  {
    title: "bidirectional lstm",
    layer: bidirectional(lstm(3)),
    inputShape: [4, 2],
    outputShape: [6],
    parameters: 144,
  },
  {
    title: "bidirectional gru, sequences, summed",
    layer: bidirectional(gru(3, { returnSequences: true }), { merge: "sum" }),
    inputShape: [4, 2],
    outputShape: [4, 3],
    parameters: 126,
  },
  {
    title: "bidirectional simpleRnn, two layers multiplied",
    layer: bidirectional(simpleRnn(3), {
      merge: "mul",
      backward: gru(3, { goBackwards: true, bias: false }),
    }),
    inputShape: [4, 2],
    outputShape: [3],
    parameters: 18 + 45,
  },
  {
    title: "bidirectional gru that reads backwards first, mean",
    layer: bidirectional(gru(2, { goBackwards: true, returnSequences: true }), { merge: "mean" }),
    inputShape: [3, 2],
    outputShape: [3, 2],
    parameters: 72,
  },
  {
    title: "block",
    layer: block([dense(4, { activation: "tanh" }), batchNormalization(), dense(2)]),
    inputShape: [3],
    outputShape: [2],
    parameters: 16 + 8 + 10,
  },
  {
    title: "block in a block",
    layer: block([block([dense(4, { trainable: false })]), dense(2)]),
    inputShape: [3],
    outputShape: [2],
    parameters: 16 + 10,
  },
  {
    title: "residual",
    layer: residual([dense(4, { activation: "tanh" }), dense(3)]),
    inputShape: [3],
    outputShape: [3],
    parameters: 16 + 15,
  },
  {
    title: "residual of convolutions with a projection",
    layer: residual(
      [conv2d(3, 3, { padding: "same", strides: 2, activation: "elu" }), batchNormalization()],
      { shortcut: conv2d(3, 1, { strides: 2, bias: false }), activation: "tanh" },
    ),
    inputShape: [4, 4, 2],
    outputShape: [2, 2, 3],
    parameters: 57 + 6 + 6,
  },
  {
    title: "residual in a residual",
    layer: residual([layerNormalization(), residual([dense(2)])]),
    inputShape: [3, 2],
    outputShape: [3, 2],
    parameters: 4 + 6,
  },
  {
    title: "lstm that goes on",
    layer: lstm(3, { stateful: true, batchSize: 3, returnSequences: true }),
    inputShape: [4, 2],
    outputShape: [4, 3],
    parameters: 72,
  },
  {
    title: "bidirectional gru that goes on",
    layer: bidirectional(gru(3, { stateful: true, batchSize: 3 })),
    inputShape: [4, 2],
    outputShape: [6],
    parameters: 126,
  },
]);
