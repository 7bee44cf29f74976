/** The weights that every peer starts from, by name. */

import { normal } from "./random.mjs";

/** Normal weights, scaled by the square root of what flows into a unit; biases are small. */
function dense(prefix, inputs, outputs, gain = 1) {
  const scale = gain / Math.sqrt(inputs);
  return { [`w${prefix}`]: [[inputs, outputs], scale], [`b${prefix}`]: [[outputs], 0.1] };
}

/** Factors about 1 and offsets about 0: [shape, deviation, mean]. */
function normalization(prefix, features) {
  return { [`${prefix}s`]: [[features], 0.1, 1], [`${prefix}o`]: [[features], 0.1] };
}

/** A square kernel without a bias, since what follows is normalised. */
function convolution(prefix, side, inputs, outputs) {
  const scale = Math.sqrt(2 / (side * side * inputs));
  return {
    [`k${prefix}`]: [[side, side, inputs, outputs], scale],
    ...normalization(`n${prefix}`, outputs),
  };
}

const SHAPES = {
  dense: ({ sizes, hidden }) =>
    Object.assign(
      {},
      ...sizes.slice(1).map((outputs, i) => {
        return dense(i, sizes[i], outputs, hidden === "relu" ? Math.SQRT2 : 1);
      }),
    ),
  conv: () => ({
    k0: [[5, 5, 1, 20], Math.sqrt(2 / 25)], // height, width, channels in, channels out
    c0: [[20], 0.1],
    k1: [[5, 5, 20, 40], Math.sqrt(2 / 500)],
    c1: [[40], 0.1],
    ...dense(0, 640, 100, Math.SQRT2),
    ...dense(1, 100, 10),
  }),
  lstm: ({ features, hidden }) => ({
    wx: [[features, 4 * hidden], 1 / Math.sqrt(features)], // gates in the order i, f, g, o
    wh: [[hidden, 4 * hidden], 1 / Math.sqrt(hidden)],
    b: [[4 * hidden], 0.1],
    ...dense(0, hidden, 10),
  }),
  transformer: ({ example: [, width], hidden }) => ({
    ...normalization("n1", width),
    ...Object.assign({}, ...["q", "k", "v", "o"].map((part) => dense(part, width, width))),
    ...normalization("n2", width),
    ...dense(0, width, hidden, Math.SQRT2),
    ...dense(1, hidden, width),
    ...dense(2, width, 10),
  }),
  residual: () => ({
    ...convolution(0, 3, 1, 16),
    ...convolution(1, 3, 16, 16),
    ...convolution(2, 3, 16, 16),
    ...convolution(3, 3, 16, 32),
    ...convolution(4, 3, 32, 32),
    ...convolution(5, 1, 16, 32), // what goes by the second block
    ...dense(0, 32, 10),
  }),
  graph: ({ example: [features], hidden }) => ({
    ...dense(0, features, hidden, Math.SQRT2),
    ...dense(1, hidden, 10),
  }),
  matmul: ({ n }) => ({ a: [[n, n], 1], b: [[n, n], 1] }),
};

/** @returns {Record<string, import("./data.mjs").Values>} */
export function parametersOf(workload) {
  const next = normal(42);
  const values = Object.entries(SHAPES[workload.kind](workload)).map(
    ([name, [shape, scale, mean = 0]]) => {
      const size = shape.reduce((product, dim) => product * dim, 1);
      return [
        name,
        { shape, data: Float32Array.from({ length: size }, () => mean + scale * next()) },
      ];
    },
  );
  return Object.fromEntries(values);
}
