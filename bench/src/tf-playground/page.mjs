/**
 * What TF Playground's page does in an epoch, drawing apart, written anew after `oneStep`, `constructInput` and `getLoss`
 * of its `src/playground.ts` and after its `src/state.ts` (https://github.com/tensorflow/playground, Apache License 2.0).
 */

import {
  ACTIVATIONS,
  backward,
  forward,
  networkOf,
  SQUARED_ERROR,
  updateWeights,
} from "./network.mjs";

/** What may go in, by the name of the setting that says whether it does. */
const FEATURES = {
  x: { of: (x, _y) => x, label: "X_1" },
  y: { of: (_x, y) => y, label: "X_2" },
  xSquared: { of: (x, _y) => x * x, label: "X_1^2" },
  ySquared: { of: (_x, y) => y * y, label: "X_2^2" },
  xTimesY: { of: (x, y) => x * y, label: "X_1X_2" },
  sinX: { of: (x, _y) => Math.sin(x), label: "sin(X_1)" },
  sinY: { of: (_x, y) => Math.sin(y), label: "sin(X_2)" },
};

/** All that can be set there, as it opens: one object, which is asked by name for every example. */
class Settings {
  learningRate = 0.03;
  regularizationRate = 0;
  showTestData = false;
  noise = 0;
  batchSize = 10;
  discretize = false;
  tutorial = null;
  percTrainData = 50;
  activation = ACTIVATIONS.tanh;
  regularization = null;
  problem = 0;
  initZero = false;
  hideText = false;
  collectStats = false;
  numHiddenLayers = 1;
  hiddenLayerControls = [];
  networkShape = [4, 2];
  x = true;
  y = true;
  xTimesY = false;
  xSquared = false;
  ySquared = false;
  cosX = false;
  sinX = false;
  cosY = false;
  sinY = false;
}

/** A page as it opens, but for what is given: `learningRate`, `batchSize`, `networkShape`. */
export class PlaygroundPage {
  iteration = 0;
  trainLoss = 0;
  testLoss = 0;

  /** @param train points { x, y, label }, in the order in which every epoch takes them */
  constructor({ train, test, ...given }) {
    this.settings = Object.assign(new Settings(), given);
    this.train = train;
    this.test = test;
    const { networkShape, activation, regularization } = this.settings;
    const names = Object.keys(FEATURES).filter((name) => this.settings[name]);
    const sizes = [names.length, ...networkShape, 1];
    this.network = networkOf(sizes, activation, ACTIVATIONS.tanh, regularization, names);
  }

  /** An epoch, and the losses after it. What the last examples of an epoch leave over goes into the next. */
  oneStep() {
    const { network, settings } = this;
    this.iteration++;
    this.train.forEach((point, i) => {
      const input = inputOf(settings, point.x, point.y);
      forward(network, input);
      backward(network, point.label, SQUARED_ERROR);
      if ((i + 1) % settings.batchSize === 0) {
        updateWeights(network, settings.learningRate, settings.regularizationRate);
      }
    });
    this.trainLoss = lossOver(network, settings, this.train);
    this.testLoss = lossOver(network, settings, this.test);
  }
}

function inputOf(settings, x, y) {
  const input = [];
  for (const name in FEATURES) {
    if (settings[name]) input.push(FEATURES[name].of(x, y));
  }
  return input;
}

function lossOver(network, settings, points) {
  let loss = 0;
  for (let i = 0; i < points.length; i++) {
    const point = points[i];
    const input = inputOf(settings, point.x, point.y);
    const output = forward(network, input);
    loss += SQUARED_ERROR.error(output, point.label);
  }
  return loss / points.length;
}
