// Terms: their names, and one sentence each for "what is this?". The page shows the other language's name too.

import { controlTerms } from "../control-terms/en.ts";
import type { Term } from "../term.ts";

export const terms = {
  network: {
    name: "network",
    says: "Units in layers: each takes what the layer below gives, weighs it, adds a bias and bends the sum.",
    book: "Nielsen ch. 1; NNDL 4.3",
  },
  netInput: {
    name: "net input",
    says: "z, the weighted sum of what comes into a unit, plus its bias, before the activation function.",
    book: "NNDL 4.1",
  },
  activation: {
    name: "activation",
    says: "a = f(z), what a unit gives to the next layer.",
    book: "NNDL 4.1",
  },
  errorTerm: {
    name: "error term",
    says: "δ, how the loss changes with the net input of a unit: what backpropagation carries backwards.",
    book: "Nielsen ch. 2; NNDL 4.4",
  },
  weight: {
    name: "weight",
    says: "How strongly one unit counts for another; below zero it counts against.",
  },
  bias: { name: "bias", says: "What a unit adds to its weighted sum whatever comes in." },
  loss: {
    name: "loss",
    says: "How far outputs are from targets, as one number; training makes it smaller.",
    book: "Nielsen ch. 1; NNDL 2.2",
  },
  accuracy: { name: "accuracy", says: "The share of examples whose class is found." },
  activationFunction: {
    name: "activation function",
    says: "What turns a net input into an activation. Without one, layers collapse into one.",
    book: "Nielsen ch. 1; NNDL 4.1",
  },
  slope: {
    name: "derivative",
    says: "How much a function changes with its input, as the tangent shows; backpropagation multiplies by it.",
    book: "NNDL 4.1, 4.4",
  },
  softmax: {
    name: "softmax",
    says: "Makes of several net inputs probabilities that add up to 1.",
    book: "Nielsen ch. 3; NNDL 3.3",
  },
  gradient: {
    name: "gradient",
    says: "The derivatives by all parameters; it points uphill, and descent goes against it.",
    book: "Nielsen ch. 1; NNDL 2.2",
  },
  hessian: {
    name: "Hessian",
    says: "The second derivatives. Its eigenvalues say how a surface bends: both signs mean that it is not convex.",
    book: "NNDL 4.7",
  },
  lossSurface: {
    name: "loss surface",
    says: "The loss as a height over two weights: the landscape that training descends.",
    book: "NNDL 4.7, figure 4.9",
  },
  difference: {
    name: "numerical differentiation",
    says: "A derivative by two values that are a small step apart; inexact, and a pass for each parameter.",
    book: "NNDL 4.5.1",
  },
  learningRate: {
    name: "learning rate",
    says: "η, how far a step goes along the downhill direction.",
  },
  epoch: { name: "epoch", says: "One pass over all training examples." },
  minibatch: { name: "minibatch", says: "The examples whose mean gradient makes one step." },
  decisionRegion: {
    name: "decision region",
    says: "What the network answers for every point of the plane; where the colour turns, it changes its mind.",
  },
  timeline: {
    name: "timeline",
    says: "Every step that was trained; any of them can be gone back to, to the last bit.",
  },
  computationGraph: {
    name: "computation graph",
    says: "A formula as ops and the values that flow between them.",
    book: "NNDL 4.5",
  },
  autodiff: {
    name: "automatic differentiation",
    says: "Derivatives by the chain rule along the computation graph, exact but for rounding.",
    book: "NNDL 4.5",
  },
  chainRule: {
    name: "chain rule",
    says: "The derivative along a path is the product of the local ones; where paths meet, the products add up.",
    book: "NNDL 4.5",
  },
  reverseMode: {
    name: "forward and reverse mode",
    says: "The chain rule from the inputs on, a pass for each, or from the output back, a pass for all of them.",
    book: "NNDL 4.5",
  },
  jacobian: {
    name: "Jacobian matrix",
    says: "All derivatives of some values by others: a row for each value, a column for each that it depends on.",
    book: "NNDL 4.4",
  },
  staticGraph: {
    name: "static and dynamic graph",
    says: "A graph that is made before it runs and can be compiled, or one that is recorded while the program runs.",
    book: "NNDL 4.5",
  },
  universalApproximation: {
    name: "universal approximation theorem",
    says: "One hidden layer with enough units comes as near to any continuous function as one likes.",
    book: "Nielsen ch. 4; NNDL 4.3",
  },
  deadRelu: {
    name: "dying ReLU",
    says: "A unit that gives 0 for every example has slope 0 everywhere and never learns again.",
    book: "NNDL 4.1",
  },
  vanishingGradient: {
    name: "vanishing gradient",
    says: "Slopes below 1 multiply layer by layer, until the first layers hardly learn.",
    book: "Nielsen ch. 5; NNDL 4.6",
  },
  share: {
    name: "share",
    says: "Makes a link to what is on the page, saves the run as programs, weights, tables and pictures, and opens such files.",
  },
  hiddenSpace: {
    name: "hidden space",
    says: "The plane as two hidden units see it: a layer bends it, so that the next one can part the classes by a line.",
    book: "NNDL 4.3",
  },
  confusionMatrix: {
    name: "confusion matrix",
    says: "How many examples of each class, in rows, are taken for which class, in columns.",
    book: "NNDL 2.7",
  },
  rSquared: {
    name: "R², coefficient of determination",
    says: "1 less the squared error over the spread of the targets: 1 is perfect, 0 no better than their mean.",
  },
  saturation: {
    name: "saturation",
    says: "A unit whose |z| is so large that f′(z) is nearly 0: its weights hardly learn.",
    book: "Nielsen ch. 3; NNDL 4.1",
  },
  example: {
    name: "example",
    says: "One row of the data, its inputs and its target; z, a and δ are followed for one example at a time.",
  },
  overlay: {
    name: "what edges show",
    says: "Width is size, colour and dashes are the sign: of weights, their gradients, activations, or x · w of an example.",
  },
  stopCondition: {
    name: "stop condition",
    says: "Where playing ends by itself: at an epoch, a loss or an accuracy.",
  },
  opStep: {
    name: "step by op",
    says: "One op of an example's way through the network: net inputs and activations upwards, the loss, error terms and gradients back.",
    book: "NNDL algorithm 4.1",
  },
  play: { name: "play", says: "Trains on, at the chosen speed." },
  language: { name: "language", says: "Every text of the pages, in Chinese or English." },
  notation: {
    name: "notation",
    says: "Whose letters formulas use: Nielsen's, those of NNDL, or Mazur's.",
  },
  preset: { name: "preset", says: "Whole settings to begin with: examples, network and training." },
  dataSet: {
    name: "examples",
    says: "What is learnt from: inputs, each with the class or value that is right for it.",
    book: "NNDL 2.1",
  },
  noise: {
    name: "noise",
    says: "How much chance moves points or labels: what no network can know beforehand.",
  },
  seed: {
    name: "seed",
    says: "Where chance begins: the same seed gives the same numbers, on every machine.",
  },
  split: {
    name: "training and test set",
    says: "What is learnt from, and what is kept aside to see whether it was understood or only remembered.",
    book: "Nielsen ch. 3; NNDL 2.2",
  },
  features: {
    name: "feature",
    says: "A number that is computed of the inputs and given to the network: a good one can replace a hidden layer.",
    book: "NNDL 2.1",
  },
  ownPoints: {
    name: "points of one’s own",
    says: "Points that you draw, type or read from a table; the network learns from them at once.",
  },
  ownFormula: {
    name: "formula",
    says: "The class or value of each point, as an expression in x1 and x2.",
  },
  units: {
    name: "unit",
    says: "A neuron: it weighs what comes in, adds a bias, and bends the sum. More of them in a layer can bend more.",
    book: "NNDL 4.1",
  },
  dropout: {
    name: "dropout",
    says: "In each training step every unit is left out with this probability, so that none can rely on another alone.",
    book: "Nielsen ch. 3; NNDL 7.7",
  },
  optimizer: {
    name: "optimizer",
    says: "How the gradient becomes a step: as it is, with momentum, or scaled for each weight.",
    book: "NNDL 7.2",
  },
  schedule: {
    name: "learning rate schedule",
    says: "How the learning rate changes over the epochs: large at first to get near, small at last to settle.",
    book: "NNDL 7.2",
  },
  regularization: {
    name: "regularisation",
    says: "A penalty on large weights: the network prefers small ones, and simpler answers.",
    book: "Nielsen ch. 3; NNDL 7.7",
  },
  initialization: {
    name: "initialisation",
    says: "The weights before training: different from each other, and of a size that lets signals and gradients pass.",
    book: "Nielsen ch. 3; NNDL 7.3",
  },
  race: {
    name: "race",
    says: "Several settings from the same start on the same examples, so that what differs is the settings alone.",
  },
  prediction: {
    name: "prediction",
    says: "What you expect before the program is run; once locked in it stays, to be held against what comes out.",
  },
  lessonGoal: {
    name: "goal of a step",
    says: "What is to be reached by what you change; the page checks it on the numbers that the program gives.",
  },
  lessonProgram: {
    name: "program of a lesson",
    says: "The few lines of TypeScript that give every number of the lesson, with the values that were set.",
  },
  lessonControls: {
    name: "what may be changed",
    says: "Inputs of the program: type, tap the buttons, or move the slider.",
  },
  ...controlTerms,
} satisfies Readonly<Record<string, Term>>;
