// The books' own computations as expressions, with the points at which the books compute them.

import type { ExpressionPoint } from "./evaluate.ts";

/** An expression from the books, and the point at which they look at it. */
export interface ExpressionPreset {
  readonly title: string;
  /** Where it stands in print. */
  readonly source: string;
  readonly text: string;
  readonly at: ExpressionPoint;
}

type PresetName =
  | "fig48"
  | "mazur"
  | "micrograd"
  | "paths"
  | "layer"
  | "neuron"
  | "softmax"
  | "chain";

const MAZUR = `net_h1 = w1*i1 + w2*i2 + b1; net_h2 = w3*i1 + w4*i2 + b1;
out_h1 = sigmoid(net_h1); out_h2 = sigmoid(net_h2);
net_o1 = w5*out_h1 + w6*out_h2 + b2; net_o2 = w7*out_h1 + w8*out_h2 + b2;
out_o1 = sigmoid(net_o1); out_o2 = sigmoid(net_o2);
E = (t1 - out_o1)^2/2 + (t2 - out_o2)^2/2`;

const MICROGRAD = `c = a + b; d = a*b + b^3;
c1 = c + (c + 1); c2 = c1 + (c1 + 1 - a);
d1 = d + (d*2 + relu(b + a)); d2 = d1 + (d1*3 + relu(b - a));
e = c2 - d2; f = e^2; g = f/2 + 10/f`;

const SOFTMAX = `e1 = exp(z1); e2 = exp(z2); e3 = exp(z3); s = e1 + e2 + e3;
a1 = e1/s; a2 = e2/s; a3 = e3/s;
C = -(y1*log(a1) + y2*log(a2) + y3*log(a3))`;

const CHAIN = `z1 = w1*x + b1; a1 = sigmoid(z1); z2 = w2*a1 + b2; a2 = sigmoid(z2);
z3 = w3*a2 + b3; a3 = sigmoid(z3); z4 = w4*a3 + b4; a4 = sigmoid(z4);
C = (y - a4)^2/2`;

/** By the names that `neurite explain --preset` takes. */
export const EXPRESSION_PRESETS: Readonly<Record<PresetName, ExpressionPreset>> = {
  fig48: {
    title: "One logistic neuron",
    source: "NNDL, figure 4.8",
    text: "1/(exp(-(w*x + b)) + 1)",
    at: { x: 1, w: 0, b: 0 },
  },
  mazur: {
    title: "A 2-2-2 network and its error",
    source: "Mazur, A step by step backpropagation example",
    text: MAZUR,
    at: {
      i1: 0.05,
      i2: 0.1,
      w1: 0.15,
      w2: 0.2,
      w3: 0.25,
      w4: 0.3,
      w5: 0.4,
      w6: 0.45,
      w7: 0.5,
      w8: 0.55,
      b1: 0.35,
      b2: 0.6,
      t1: 0.01,
      t2: 0.99,
    },
  },
  micrograd: {
    title: "The expression of micrograd's README",
    source: "Karpathy, micrograd",
    text: MICROGRAD,
    at: { a: -4, b: 2 },
  },
  paths: {
    title: "Two uses of x: derivatives along paths add up",
    source: "NNDL, section 4.5",
    text: "x*x + x",
    at: { x: 3 },
  },
  layer: {
    title: "A layer of two units: f' is a diagonal matrix",
    source: "NNDL, section 4.4",
    text: "sigmoid(z1), sigmoid(z2)",
    at: { z1: 0, z2: 2 },
  },
  neuron: {
    title: "A neuron and its squared error",
    source: "Nielsen, chapter 3",
    text: "z = w*x + b; a = sigmoid(z); C = (y - a)^2/2",
    at: { w: 2, x: 1, b: 2, y: 0 },
  },
  softmax: {
    title: "Softmax and cross-entropy: the derivatives by z are a - y",
    source: "Nielsen, chapter 3",
    text: SOFTMAX,
    at: { z1: 3, z2: 1, z3: -3, y1: 1, y2: 0, y3: 0 },
  },
  chain: {
    title: "Four neurons in a chain: the gradient shrinks from layer to layer",
    source: "Nielsen, chapter 5",
    text: CHAIN,
    at: { w1: 1, x: 0, b1: 0, w2: 1, b2: -0.5, w3: 1, b3: -0.5, w4: 1, b4: -0.5, y: 1 },
  },
};
