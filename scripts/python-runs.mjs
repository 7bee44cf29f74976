// Runs whose programs scripts/python-code.mjs carries out: every layer that the generators write.

const input = (...shape) => ({ kind: "input", shape });
const dense = (units, activation, more = {}) => ({
  kind: "dense",
  units,
  ...(activation && { activation }),
  ...more,
});
const layer = (kind, more = {}) => ({ kind, ...more });
const chain = (...layers) => ({ model: { layers } });

const ACTIVATIONS = [
  "sigmoid",
  "hardSigmoid",
  "tanh",
  "hardTanh",
  "relu",
  "relu6",
  "leakyRelu",
  "elu",
  "celu",
  "selu",
  "softplus",
  "softsign",
  "logSigmoid",
  "gelu",
  { name: "gelu", approximate: true },
  "silu",
  "hardSilu",
  "mish",
  "sin",
  "step",
  "softmax",
  "logSoftmax",
  { name: "elu", alpha: 0.5 },
];

const scale = { mean: 0.1, deviation: 0.5 };
const COLUMNS = [
  { name: "age", type: "number", ...scale, missing: 0.2, indicator: true },
  { name: "fare", type: "number", ...scale, missing: 0, indicator: false },
  { name: "city", type: "category", values: ["a", "b", "c"], encoding: "oneHot" },
  { name: "size", type: "category", values: ["S", "M", "L"], encoding: "ordinal" },
  { name: "born", type: "date", parts: [{ part: "month", ...scale }] },
  { name: "note", type: "text", words: ["good", "bad"] },
];

/** Gaps, and categories that are and are not among the values. */
const ROWS = Array.from({ length: 7 }, (_, i) => [
  i % 3 === 0 ? Number.NaN : i / 4,
  i === 2 ? Number.NaN : 1 - i / 5,
  (i % 4) - (i === 3 ? 4 : 0),
  (i % 5) - 1,
  i === 4 ? Number.NaN : i,
  i % 2,
  i === 5 ? 3 : 0,
]);

const WORDS = [
  [0, 3, 1, 4, 2],
  [2, 2, 0, 1, 1],
  [4, 3, 2, 1, 0],
];
const sequences = (more = {}) => ({ returnSequences: true, ...more });
const torchOnly = { keras: false };

export const RUNS = {
  table: {
    x: ROWS,
    ...chain(
      input(7),
      layer("tableFeatures", { columns: COLUMNS }),
      layer("normalization", { mean: 0.5, variance: 2 }),
      dense(4, "tanh"),
      layer("discretization", { boundaries: [-0.5, 0, 0.5] }),
      layer("categoryEncoding", { categories: 4, encoding: "count" }),
      dense(1, "sigmoid"),
    ),
    loss: "binaryCrossentropy",
  },
  xor: { ...chain(input(2), dense(2, "tanh"), dense(1, "sigmoid")), loss: "binaryCrossentropy" },
  activations: {
    ...chain(input(3), ...ACTIVATIONS.map((activation) => dense(4, activation)), dense(2)),
    loss: "quadratic",
  },
  "each activation of its own": {
    ...torchOnly,
    model: {
      inputs: ["x"],
      outputs: ["all"],
      nodes: [
        { kind: "input", shape: [3], id: "x", reads: [] },
        ...ACTIVATIONS.map((activation, i) => ({
          kind: "dense",
          units: 2,
          activation,
          id: `d${i}`,
          reads: ["x"],
        })),
        { kind: "concatenate", id: "all", reads: ACTIVATIONS.map((_, i) => `d${i}`) },
      ],
    },
  },
  images: {
    ...chain(
      input(9, 8, 2),
      layer("rescaling", { scale: 0.5, offset: 1 }),
      layer("conv2d", {
        filters: 4,
        kernelSize: 3,
        padding: "same",
        strides: 2,
        activation: "relu",
      }),
      layer("batchNormalization"),
      layer("conv2d", {
        filters: 3,
        kernelSize: [2, 3],
        dilation: [1, 2],
        padding: "same",
        bias: false,
      }),
      layer("maxPool2d", { poolSize: 2, strides: 1, padding: "same" }),
      layer("avgPool2d", { poolSize: 2 }),
      layer("dropout", { p: 0.3 }),
      layer("flatten"),
      layer("activation", { activation: "tanh" }),
      layer("reshape", { shape: [2, 6] }),
      layer("flatten"),
      dense(3, "softmax", { bias: false }),
    ),
    labels: 3,
    loss: "sparseCategoricalCrossentropy",
    regularizer: { kind: "l2", lambda: 0.1, convention: "network2" },
    optimizer: { name: "adam" },
  },
  "log-likelihood": { ...chain(input(3), dense(3, "softmax")), labels: 3, loss: "logLikelihood" },
  pools: {
    ...chain(
      input(7, 6, 2),
      layer("avgPool2d", { poolSize: 3, strides: 2, padding: "same" }),
      layer("maxPool2d", { poolSize: [2, 3], strides: [1, 2], padding: "same" }),
      layer("globalPool", { pool: "max" }),
      dense(2),
    ),
  },
  sequences: {
    ...chain(
      input(12, 3),
      layer("conv1d", {
        filters: 4,
        kernelSize: 3,
        padding: "causal",
        dilation: 2,
        activation: "tanh",
      }),
      layer("depthwiseConv1d", { kernelSize: 2, multiplier: 2 }),
      layer("separableConv1d", { filters: 6, kernelSize: 3, padding: "same", activation: "relu" }),
      layer("conv1d", { filters: 4, kernelSize: 2, groups: 2, strides: 2, padding: "same" }),
      layer("zeroPadding1d", { padding: [2, 1] }),
      layer("upsampling1d", { size: 2 }),
      layer("cropping1d", { cropping: [1, 0] }),
      layer("maxPool1d", { poolSize: 2 }),
      layer("avgPool1d", { poolSize: 2, padding: "same" }),
      layer("globalPool", { pool: "average" }),
      dense(2),
    ),
  },
  volumes: {
    ...chain(
      input(5, 4, 4, 2),
      layer("zeroPadding3d", { padding: 1 }),
      layer("conv3d", { filters: 3, kernelSize: [3, 2, 2], padding: "same" }),
      layer("maxPool3d", { poolSize: 2 }),
      layer("spatialDropout3d", { p: 0.1 }),
      layer("upsampling3d", { size: [1, 2, 1] }),
      layer("avgPool3d", { poolSize: [2, 2, 1], strides: 1 }),
      layer("cropping3d", {
        cropping: [
          [0, 1],
          [1, 0],
          [0, 0],
        ],
      }),
      layer("flatten"),
      dense(2),
    ),
  },
  mobile: {
    ...chain(
      input(8, 8, 3),
      layer("zeroPadding2d", {
        padding: [
          [1, 0],
          [0, 2],
        ],
      }),
      layer("depthwiseConv2d", {
        kernelSize: 3,
        multiplier: 2,
        padding: "same",
        activation: "relu",
      }),
      layer("separableConv2d", {
        filters: 4,
        kernelSize: 3,
        strides: 2,
        padding: "same",
        activation: "tanh",
      }),
      layer("spatialDropout2d", { p: 0.1 }),
      layer("upsampling2d", { size: 2, interpolation: "bilinear" }),
      layer("conv2dTranspose", { filters: 3, kernelSize: 3, strides: 2, padding: "same" }),
      layer("conv2dTranspose", { filters: 2, kernelSize: 2, strides: 1 }),
      layer("conv2dTranspose", { filters: 4, kernelSize: 2, strides: 3, activation: "relu" }),
      layer("conv2dTranspose", {
        filters: 2,
        kernelSize: 4,
        strides: 2,
        padding: "same",
        bias: false,
      }),
      layer("cropping2d", {
        cropping: [
          [1, 2],
          [3, 0],
        ],
      }),
      layer("globalPool", { pool: "average" }),
      dense(2),
    ),
  },
  normalisations: {
    ...chain(
      input(4, 4, 4),
      layer("layerNormalization"),
      layer("groupNormalization", { groups: 2, epsilon: 1e-5 }),
      layer("layerNormalization", { scale: false }),
      layer("groupNormalization", { groups: 4, scale: false, offset: false }),
      layer("batchNormalization", { offset: false }),
      layer("batchNormalization", { scale: false, offset: false, momentum: 0.9 }),
      layer("rmsNormalization"),
      layer("prelu"),
      layer("prelu", { sharedAxes: [0, 1, 2] }),
      layer("flatten"),
      layer("batchNormalization", { epsilon: 1e-4 }),
      layer("layerNormalization", { scale: false, offset: false }),
      layer("prelu"),
      dense(2),
    ),
  },
  noises: {
    ...chain(
      input(6, 4),
      layer("gaussianNoise", { std: 0.1 }),
      layer("spatialDropout1d", { p: 0.2 }),
      layer("flatten"),
      layer("alphaDropout", { p: 0.1 }),
      layer("gaussianDropout", { p: 0.1 }),
      dense(2, "selu"),
    ),
  },
  recurrent: {
    ...chain(
      input(6, 3),
      layer("simpleRnn", { units: 4, ...sequences({ activation: "relu" }) }),
      layer("gru", { units: 3, ...sequences({ goBackwards: true }) }),
      layer("lstm", { units: 4, ...sequences() }),
      layer("bidirectional", { layer: layer("gru", { units: 3, ...sequences() }) }),
      layer("bidirectional", { layer: layer("lstm", { units: 2, ...sequences() }), merge: "sum" }),
      layer("bidirectional", {
        layer: layer("simpleRnn", { units: 3, bias: false }),
        merge: "mean",
      }),
      dense(2),
    ),
  },
  "last states": {
    ...chain(input(4, 3), layer("bidirectional", { layer: layer("lstm", { units: 3 }) }), dense(2)),
  },
  words: {
    x: WORDS,
    ...chain(
      input(5),
      layer("embedding", { size: 5, units: 3 }),
      layer("lstm", { units: 4, bias: false }),
      dense(2, "tanh"),
    ),
    regularizer: { kind: "l1", lambda: 0.01, convention: "keras" },
  },
  "masked words": {
    torch: false,
    x: [
      [3, 1, 0, 4, 0],
      [0, 2, 2, 0, 1],
      [0, 0, 0, 1, 2],
    ],
    ...chain(
      input(5),
      layer("embedding", { size: 5, units: 3, maskZero: true }),
      layer("gru", { units: 3, ...sequences() }),
      layer("bidirectional", { layer: layer("lstm", { units: 2 }) }),
      dense(2),
    ),
  },
  frozen: {
    ...chain(
      input(3),
      dense(4, "tanh", { trainable: false }),
      layer("batchNormalization", { trainable: false }),
      dense(2),
    ),
  },
  transformer: {
    ...torchOnly,
    x: WORDS,
    ...chain(
      input(5),
      layer("embedding", { size: 5, units: 4 }),
      layer("positionalEncoding"),
      layer("positionEmbedding"),
      layer("transformerBlock", { heads: 2, causal: true }),
      layer("transformerBlock", {
        heads: 2,
        hidden: 6,
        activation: "relu",
        epsilon: 1e-5,
        dropout: 0.1,
      }),
      layer("multiHeadAttention", { heads: 2, bias: false }),
      layer("timeDistributed", { layer: dense(3, "tanh") }),
      layer("flatten"),
      dense(2),
    ),
  },
  residual: {
    ...torchOnly,
    ...chain(
      input(8, 8, 3),
      layer("residual", {
        layers: [
          layer("conv2d", { filters: 4, kernelSize: 3, padding: "same", strides: 2 }),
          layer("batchNormalization"),
          layer("activation", { activation: "relu" }),
        ],
        shortcut: layer("block", {
          layers: [layer("conv2d", { filters: 4, kernelSize: 1, strides: 2 })],
        }),
        activation: "relu",
      }),
      layer("residual", {
        layers: [
          layer("residual", { layers: [layer("prelu")] }),
          layer("groupNormalization", { groups: 2 }),
        ],
      }),
      layer("pixelShuffle", { factor: 2 }),
      layer("flatten"),
      layer("maxout", { units: 3, pieces: 2 }),
      dense(2),
    ),
  },
  "a graph": {
    ...torchOnly,
    model: {
      inputs: ["in"],
      outputs: ["out"],
      nodes: [
        { kind: "input", shape: [4], id: "in", reads: [] },
        { kind: "dense", units: 4, activation: "tanh", id: "a", reads: ["in"] },
        { kind: "dense", units: 4, id: "train", reads: ["a"] },
        { kind: "dense", id: "again", reads: ["train"], shares: "a" },
        { kind: "multiply", id: "product", reads: ["again", "in"] },
        { kind: "average", id: "mean", reads: ["product", "a", "train"] },
        { kind: "add", id: "sum", reads: ["mean", "in"] },
        { kind: "dense", units: 2, id: "out", reads: ["sum"] },
      ],
    },
  },
};
