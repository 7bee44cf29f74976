/** What is timed: the workloads of the design, as data that every peer program reads. */

/** @typedef {{ id: string, title: string, kind: "dense" | "conv" | "lstm" | "matmul" | "transformer" | "residual" | "graph" } & Record<string, any>} Workload */

const sgd = (rate, decay = 0) => ({ name: "sgd", rate, decay });

const dense = (id, title, sizes, rest) => ({ id, title, kind: "dense", sizes, ...rest });

const conv = (batch) => ({
  id: `W4-${batch}`,
  title: `conv 20 5x5 - pool 2 - conv 40 5x5 - pool 2 - 100 - 10, ReLU, softmax, SGD, minibatch ${batch}`,
  kind: "conv",
  data: "mnist",
  loss: "softmax",
  optimizer: sgd(0.03),
  batch,
});

const matmul = (n) => ({ id: `W7-${n}`, title: `matmul ${n} x ${n} x ${n}`, kind: "matmul", n });

/** @type {readonly Workload[]} */
export const WORKLOADS = [
  dense("W1", "784-30-10 sigmoid, quadratic cost, SGD, minibatch 10", [784, 30, 10], {
    data: "mnist",
    hidden: "sigmoid",
    output: "sigmoid",
    loss: "quadratic",
    optimizer: sgd(3),
    batch: 10,
  }),
  dense("W2", "784-100-10 sigmoid, cross-entropy, L2, SGD, minibatch 10", [784, 100, 10], {
    data: "mnist",
    hidden: "sigmoid",
    output: "sigmoid",
    loss: "crossEntropy",
    optimizer: sgd(0.5, 5 / 60000), // lambda / n, as for the whole of MNIST
    batch: 10,
  }),
  dense("W3", "784-512-512-10 ReLU, softmax, Adam, minibatch 128", [784, 512, 512, 10], {
    data: "mnist",
    hidden: "relu",
    output: "softmax",
    loss: "softmax",
    optimizer: { name: "adam", rate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay: 0 },
    batch: 128,
  }),
  conv(10),
  conv(64),
  dense("W5", "2-8-8-1 tanh, half squared error, SGD, minibatch 10", [2, 8, 8, 1], {
    data: "spirals",
    hidden: "tanh",
    output: "tanh",
    loss: "quadratic",
    optimizer: sgd(0.03),
    batch: 10,
  }),
  {
    id: "W6",
    title: "LSTM 28 steps x 28 features, hidden 128, dense 10, softmax, SGD, minibatch 64",
    kind: "lstm",
    data: "mnist",
    steps: 28,
    features: 28,
    hidden: 128,
    loss: "softmax",
    optimizer: sgd(0.1),
    batch: 64,
  },
  ...[64, 128, 256, 512, 1024].map(matmul),
  {
    id: "W9",
    title: "transformer block, 4 heads, width 64, 128 tokens, softmax, SGD, minibatch 16",
    kind: "transformer",
    data: "sequences",
    example: [128, 64],
    heads: 4,
    hidden: 256,
    epsilon: 1e-5,
    loss: "softmax",
    optimizer: sgd(0.05),
    batch: 16,
  },
  {
    id: "W10",
    title:
      "conv 16 3x3 - residual block 16 - pool 2 - residual block 32 - mean - 10, batch normalised, " +
      "ReLU, softmax, SGD, minibatch 32",
    kind: "residual",
    data: "mnist",
    example: [1, 28, 28],
    epsilon: 1e-5,
    momentum: 0.9,
    loss: "softmax",
    optimizer: sgd(0.05),
    batch: 32,
  },
  {
    id: "W11",
    title:
      "GCN 64-64-10 on 10,000 nodes and 50,000 edges, ReLU, softmax, SGD, the whole graph a step",
    kind: "graph",
    data: "graph",
    example: [64],
    edges: 50_000,
    hidden: 64,
    loss: "softmax",
    optimizer: sgd(0.5),
    batch: 10_000,
  },
];

/**
 * The workloads that were asked for: "W1", "W4" for both of its batch sizes, "W8" for those whose
 * compile time and first step W8 reports; none means all.
 * @param {readonly string[]} wanted
 */
export function selectWorkloads(wanted) {
  if (wanted.length === 0) return WORKLOADS;
  const matches = (id, name) =>
    name === "W8" ? !id.startsWith("W7") : id === name || id.startsWith(`${name}-`);
  const unknown = wanted.find((name) => !WORKLOADS.some(({ id }) => matches(id, name)));
  if (unknown) throw new Error(`Expected workloads W1 to W11. Received "${unknown}".`);
  return WORKLOADS.filter(({ id }) => wanted.some((name) => matches(id, name)));
}
