// The networks of Nielsen's chapter 6 by name: what they consist of, how they learn, and what he reached.

import type { Network3Shape } from "./layers.ts";

/** A run of network3.py. */
export interface Network3Run extends Network3Shape {
  /** What it is, as a title. */
  readonly title: string;
  readonly eta: number;
  /** The cost has lambda / 2 sum w^2 / minibatches of an epoch beside it: ten times network2's for 10 images. */
  readonly lambda: number;
  readonly epochs: number;
  /** True for the 250,000 images: the 50,000, and each moved by a pixel to four sides. */
  readonly expanded: boolean;
  /** How many networks of this kind vote. */
  readonly voters: number;
  /** Percent of the test images right, as the book prints it. */
  readonly percent: number;
}

/** Images in a step. */
export const MINI_BATCH = 10;

const SIGMOID = {
  activation: "sigmoid",
  dropout: 0,
  eta: 0.1,
  lambda: 0,
  epochs: 60,
  expanded: false,
  voters: 1,
} as const;

const RELU = { ...SIGMOID, activation: "relu", eta: 0.03, lambda: 0.1, maps: [20, 40] } as const;
const EXPANDED = { ...RELU, expanded: true } as const;
const DROPOUT = {
  ...EXPANDED,
  hidden: [1_000, 1_000],
  dropout: 0.5,
  lambda: 0,
  epochs: 40,
} as const;

/** The names of the chapter's runs, in its order. */
export type Network3Name =
  | "network3-dense"
  | "network3-conv"
  | "network3-conv2"
  | "network3-relu"
  | "network3-expanded"
  | "network3-dense300"
  | "network3-dense1000"
  | "network3-two100"
  | "network3-two300"
  | "network3-two1000"
  | "network3-dropout"
  | "network3-vote";

const two = (units: number) => `Two fully connected layers of ${units.toLocaleString("en")}`;

/** The runs of chapter 6. Where the book tries several networks by one text, each is a run of its own. */
export const NETWORK3_RUNS: Readonly<Record<Network3Name, Network3Run>> = {
  "network3-dense": {
    ...SIGMOID,
    title: "A hundred hidden units and softmax",
    maps: [],
    hidden: [100],
    percent: 97.8,
  },
  "network3-conv": {
    ...SIGMOID,
    title: "A convolution before the hidden layer",
    maps: [20],
    hidden: [100],
    percent: 98.78,
  },
  "network3-conv2": {
    ...SIGMOID,
    title: "Two convolutions",
    maps: [20, 40],
    hidden: [100],
    percent: 99.06,
  },
  "network3-relu": {
    ...RELU,
    title: "Two convolutions of rectified linear units",
    hidden: [100],
    percent: 99.23,
  },
  "network3-expanded": {
    ...EXPANDED,
    title: "Five times the images",
    hidden: [100],
    percent: 99.37,
  },
  "network3-dense300": {
    ...EXPANDED,
    title: "A fully connected layer of 300",
    hidden: [300],
    percent: 99.46,
  },
  "network3-dense1000": {
    ...EXPANDED,
    title: "A fully connected layer of 1,000",
    hidden: [1_000],
    percent: 99.43,
  },
  "network3-two100": { ...EXPANDED, title: two(100), hidden: [100, 100], percent: 99.43 },
  "network3-two300": { ...EXPANDED, title: two(300), hidden: [300, 300], percent: 99.48 },
  "network3-two1000": { ...EXPANDED, title: two(1_000), hidden: [1_000, 1_000], percent: 99.47 },
  "network3-dropout": { ...DROPOUT, title: "Dropout in the fully connected layers", percent: 99.6 },
  "network3-vote": { ...DROPOUT, title: "Five networks vote", voters: 5, percent: 99.67 },
};
