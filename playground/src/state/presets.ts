// What one begins with: exclusive or, and a network with one hidden layer of two units.

import { parseRunSpec, type RunSpec } from "neurite/spec";
import type { DataSpec, Settings } from "./settings.ts";

/** Inputs as they are. */
export const PLANE: DataSpec = {
  source: { kind: "named" },
  features: ["x1", "x2"],
  testShare: 0.5,
};

const XOR_RUN: RunSpec = parseRunSpec({
  version: 1,
  data: { name: "xor" },
  model: {
    layers: [
      { kind: "input", shape: [2] },
      { kind: "dense", units: 2, activation: "tanh" },
      { kind: "dense", units: 1, activation: "sigmoid" },
    ],
  },
  loss: "binaryCrossentropy",
  optimizer: { name: "sgd", learningRate: 0.5 },
  metrics: ["accuracy"],
  training: { epochs: 2000, batchSize: 4 },
  seed: 2,
});

/** The truth table of exclusive or, 2-2-1. */
export const XOR: Settings = { run: XOR_RUN, data: PLANE };

/** TF Playground's exclusive or: four squares of points, a hidden layer of two units. */
export const QUADRANTS: Settings = {
  run: parseRunSpec({
    ...XOR_RUN,
    data: { name: "quadrants", samples: 400, noise: 0, seed: 1 },
    optimizer: { name: "sgd", learningRate: 0.1 },
    training: { epochs: 500, batchSize: 10 },
  }),
  data: PLANE,
};

/** Presets by the name that links call them. A link holds what differs from one. */
export const PRESETS: Readonly<Record<string, Settings>> = { xor: XOR, quadrants: QUADRANTS };
