// Settings to begin with: TF Playground's problems, those that the notes ask about, and some more.

import { parseRunSpec, type RunSpecInput } from "neurite/spec";
import { PLANE, QUADRANTS, XOR } from "../presets.ts";
import type { Settings } from "../settings.ts";
import { fitted } from "./task.ts";

interface Sketch {
  readonly data: RunSpecInput["data"];
  readonly hidden: readonly number[];
  readonly activation?: string;
  readonly rate: number;
  readonly optimizer?: string;
  readonly features?: readonly string[];
  readonly outputs?: number;
  readonly epochs?: number;
}

/** What a sketch leaves open is as in TF Playground: batches of 10, plain gradient descent. */
function settingsOf(sketch: Sketch): Settings {
  const { data, hidden, activation = "tanh", rate, optimizer = "sgd" } = sketch;
  const { features = ["x1", "x2"], outputs = 1, epochs = 500 } = sketch;
  const weights = activation === "relu" ? { weights: "heNormal" } : {};
  const run = parseRunSpec({
    version: 1,
    data,
    model: {
      layers: [
        { kind: "input", shape: [features.length] },
        ...hidden.map((units) => ({ kind: "dense", units, activation, ...weights })),
        { kind: "dense", units: outputs },
      ],
    },
    loss: "none",
    optimizer: { name: optimizer, learningRate: rate },
    training: { epochs, batchSize: data.name === "xor" ? 4 : 10 },
    seed: 1,
  });
  return fitted({ run, data: { ...PLANE, features } });
}

const made = (name: string, noise = 0) => ({ name, samples: 400, noise, seed: 1 });

/** Presets by group; their names are worded in the texts of the controls. */
export const PRESET_GROUPS = {
  playground: {
    circle: settingsOf({ data: made("circles"), hidden: [4, 2], rate: 0.03 }),
    quadrants: QUADRANTS,
    gaussians: settingsOf({ data: made("gaussians"), hidden: [], rate: 0.03 }),
    spiral: settingsOf({
      data: made("spirals"),
      hidden: [8, 8],
      rate: 0.02,
      optimizer: "adam",
      features: ["x1", "x2", "sin(x1)", "sin(x2)"],
    }),
    plane: settingsOf({ data: made("regressionPlane"), hidden: [], rate: 0.03 }),
    bumps: settingsOf({
      data: made("regressionGaussian"),
      hidden: [8, 8],
      rate: 0.01,
      optimizer: "adam",
    }),
  },
  notes: {
    xor: XOR,
    xorLine: settingsOf({ data: { name: "xor" }, hidden: [], rate: 0.5, epochs: 2000 }),
    xorProduct: settingsOf({
      data: { name: "xor" },
      hidden: [],
      rate: 0.5,
      features: ["x1", "x2", "x1*x2"],
      epochs: 2000,
    }),
    xorRelu: settingsOf({
      data: { name: "xor" },
      hidden: [4],
      activation: "relu",
      rate: 0.1,
      epochs: 2000,
    }),
    deepSigmoid: settingsOf({
      data: made("circles", 0.1),
      hidden: [6, 6, 6, 6, 6],
      activation: "sigmoid",
      rate: 0.1,
    }),
  },
  more: {
    moons: settingsOf({ data: made("moons", 0.1), hidden: [6], rate: 0.02, optimizer: "adam" }),
    arms: settingsOf({
      data: { ...made("arms", 0.1), classes: 3 },
      hidden: [8, 8],
      rate: 0.02,
      optimizer: "adam",
    }),
    blobs: settingsOf({ data: { ...made("blobs", 0.1), classes: 5 }, hidden: [], rate: 0.1 }),
    waves: settingsOf({
      data: made("regressionWaves"),
      hidden: [12, 12],
      rate: 0.01,
      optimizer: "adam",
    }),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Settings>>>>;
