/** The weights that every peer starts from, by name. */

import { normal } from "./random.mjs";

/** Normal weights, scaled by the square root of what flows into a unit; biases are small. */
function dense(prefix, inputs, outputs, gain = 1) {
  const scale = gain / Math.sqrt(inputs);
  return { [`w${prefix}`]: [[inputs, outputs], scale], [`b${prefix}`]: [[outputs], 0.1] };
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
  matmul: ({ n }) => ({ a: [[n, n], 1], b: [[n, n], 1] }),
};

/** @returns {Record<string, import("./data.mjs").Values>} */
export function parametersOf(workload) {
  const next = normal(42);
  const values = Object.entries(SHAPES[workload.kind](workload)).map(([name, [shape, scale]]) => {
    const size = shape.reduce((product, dim) => product * dim, 1);
    return [name, { shape, data: Float32Array.from({ length: size }, () => scale * next()) }];
  });
  return Object.fromEntries(values);
}
