/** What page and peers train beside each other: nets, data, and the page's own settings for them. */

import { deflateRawSync } from "node:zlib";
import { quadrants } from "../../../lib/dist/data/index.js";

const XOR = [
  { x: 0, y: 0, label: 0 },
  { x: 0, y: 1, label: 1 },
  { x: 1, y: 0, label: 1 },
  { x: 1, y: 1, label: 0 },
];

/** TF Playground's exclusive or as it opens: 500 points of which half are for training. */
function squares() {
  const options = { samples: 500, noise: 0, seed: 1, testFraction: 0.5 };
  const { train, test } = quadrants(options);
  const points = ({ x, y }) =>
    Array.from(y.data, (label, i) => ({ x: x.data[2 * i], y: x.data[2 * i + 1], label }));
  return { train: points(train), test: points(test) };
}

const dense = (units, activation) => ({ kind: "dense", units, activation });

/** As a peer has it: tanh everywhere and half the squared error. `own` are the page's settings where they differ from a preset. */
function net(title, hidden, { preset, rate, batch, train, test, own = {} }) {
  const layers = [
    { kind: "input", shape: [2] },
    ...[...hidden, 1].map((units) => dense(units, "tanh")),
  ];
  const settings = {
    "run.model": { layers },
    "run.loss": "quadratic",
    "run.metrics": [],
    "run.optimizer": { name: "sgd", learningRate: rate },
    "run.training.batchSize": batch,
    ...own,
  };
  return { title, hidden, rate, batch, train, test, preset, settings };
}

const FOUR = { preset: "xor", rate: 0.5, batch: 4, train: XOR, test: [] };

export function netsOf() {
  const many = { preset: "quadrants", rate: 0.03, batch: 10, ...squares() };
  const own = { "run.data.samples": 500 };
  return [
    // The page's own opening differs in loss and metrics, which the peers do not have.
    { ...net("2-2-1, 4 of 4, as ours opens", [2], FOUR), settings: {} },
    net("2-2-1, 4 of 4", [2], FOUR),
    net("2-4-2-1, 10 of 250, as theirs opens", [4, 2], { ...many, own }),
    net("2-4-2-1, without another order each epoch", [4, 2], {
      ...many,
      own: { ...own, "run.training.shuffle": false },
    }),
    net("2-8-8-1, 10 of 250", [8, 8], { ...many, own }),
  ];
}

/** The page's address of a net: a link as the page itself would write it. */
export function hashOf({ preset, settings }) {
  const text = JSON.stringify({ v: 1, p: preset, d: settings });
  return `#/network?s=${deflateRawSync(text).toString("base64url")}`;
}
