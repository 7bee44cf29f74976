/** Ways to train the same net, for a page or a worker in it: how many examples a second each learns. */

import { createWasmEngine } from "../../../lib/dist/engines/index.js";
import { Timeline } from "../../../lib/dist/inspect/index.js";
import { dense, inputLayer } from "../../../lib/dist/nn/index.js";
import { sequential } from "../../../lib/dist/train/index.js";
import { PlaygroundPage } from "../tf-playground/page.mjs";
import { build, weightsOf } from "../tf-playground/training.mjs";
import { build as buildLean } from "../unit-by-unit.mjs";

const float32 = (shape, data) => ({ dtype: "float32", shape, data: Float32Array.from(data) });

function arraysOf(points) {
  const x = points.flatMap((point) => [point.x, point.y]);
  const y = points.map(({ label }) => label);
  return { x: float32([points.length, 2], x), y: float32([points.length, 1], y) };
}

const stepsOf = ({ train, batch }) => train.length / batch;

function pageOf({ hidden, rate, batch, train, test }) {
  return new PlaygroundPage({
    networkShape: hidden,
    learningRate: rate,
    batchSize: batch,
    train,
    // Without points there is nothing to lose; theirs always has some.
    test: test.length > 0 ? test : train,
  });
}

function taskOf(net) {
  const weights = weightsOf(pageOf(net).network);
  const arrays = { ...arraysOf(net.train), ...weights };
  return { sizes: [2, ...net.hidden, 1], batch: net.batch, optimizer: { rate: net.rate }, arrays };
}

function modelOf({ hidden, rate, settings }) {
  const last = { activation: "tanh" };
  const layers = [...hidden, 1].map((units) => dense(units, last));
  const model = sequential([inputLayer([2]), ...layers])
    .with({ seed: 2, engine: createWasmEngine({ threads: 1 }) })
    .compile({ loss: "quadratic", optimizer: { name: "sgd", learningRate: rate } });
  return { model, shuffle: settings["run.training.shuffle"] ?? true };
}

/** Each gives a function that trains for some epochs. */
const WAYS = {
  /** Their forward pass, way back and update, on inputs that are ready. */
  training(net) {
    const peer = build(taskOf(net));
    return (epochs) => peer.run(epochs * stepsOf(net));
  },
  /** All that their page does in an epoch, drawing apart. */
  oneStep(net) {
    const page = pageOf(net);
    return (epochs) => {
      for (let i = 0; i < epochs; i++) page.oneStep();
    };
  },
  /** An object a unit, as one would write it first. */
  objects(net) {
    const peer = buildLean(taskOf(net));
    return (epochs) => peer.run(epochs * stepsOf(net));
  },
  /** The library without a page around it. */
  library(net) {
    const { train, batch } = net;
    const { model, shuffle } = modelOf(net);
    const { x, y } = arraysOf(train);
    const timeline = new Timeline(model, x, y, { batchSize: batch, shuffle });
    return (epochs) => timeline.advance(epochs * stepsOf(net));
  },
  /** The same with losses over training and test data after each epoch. */
  losses(net) {
    const { train, batch } = net;
    const { model, shuffle } = modelOf(net);
    const [first, second] = [arraysOf(train), arraysOf(net.test.length > 0 ? net.test : train)];
    const timeline = new Timeline(model, first.x, first.y, { batchSize: batch, shuffle });
    return async (epochs) => {
      for (let i = 0; i < epochs; i++) {
        await timeline.advance(stepsOf(net));
        await model.evaluate(first.x, first.y);
        await model.evaluate(second.x, second.y);
      }
    };
  },
};

/** One call takes about so long. */
const BLOCK_MS = 4;

/** A way to train a net, warmed up. @returns examples a second over some milliseconds: of all of them, and of the shortest block */
export async function begin(name, net, warmupMs) {
  const run = WAYS[name](net);
  let epochs = 1;
  const end = performance.now() + warmupMs;
  while (performance.now() < end) {
    const began = performance.now();
    await run(epochs);
    const took = performance.now() - began;
    if (took < BLOCK_MS / 2) epochs *= 2;
    else if (took > 2 * BLOCK_MS && epochs > 1) epochs /= 2;
    // What is fetched or compiled beside it has its turn.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return async (ms) => {
    const began = performance.now();
    let [done, now, shortest] = [0, began, Infinity];
    while (now - began < ms) {
      await run(epochs);
      const before = now;
      now = performance.now();
      shortest = Math.min(shortest, now - before);
      done += epochs;
    }
    const rate = (count, took) => (count * net.train.length * 1000) / took;
    const examples = done * net.train.length;
    return { window: rate(done, now - began), block: rate(epochs, shortest), examples };
  };
}
