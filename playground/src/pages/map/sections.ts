// The sections of the five notes, named by what they treat, and where each comes alive.

import type { PageName } from "../../state/index.ts";

export interface MapSection {
  /** The key of its title in the words of the page. */
  readonly key: string;
  /** Lessons, in the order in which to take them. */
  readonly lessons: readonly string[];
  readonly pages: readonly PageName[];
  /** What does it at the command line. */
  readonly command?: string;
}

const at = (
  key: string,
  lessons: readonly string[],
  pages: readonly PageName[] = [],
  command?: string,
): MapSection => ({ key, lessons, pages, ...(command !== undefined && { command }) });

/** By note. */
export const NOTES: Readonly<Record<string, readonly MapSection[]>> = {
  nndl: [
    at("neuron", ["neuron"], [], "neurite explain --preset neuron"),
    at("sigmoids", ["sigmoid-tanh"], ["curves"], "neurite activations sigmoid tanh"),
    at("relu", ["relu-family"], ["curves"], "neurite activations relu"),
    at("network", ["notation"], ["network"]),
    at("delta", ["bp-equations"], ["backprop"], "neurite inspect runs/mnist errors"),
    at("matrices", ["jacobians"], ["backprop"], "neurite reproduce three-partials"),
    at("symbolic", ["three-ways"], ["backprop"], "neurite explain --preset fig48 --symbolic"),
    at("graph48", ["computation-graph"], ["backprop"], "neurite reproduce graph48"),
    at("static", ["static-dynamic"], ["backprop"], "neurite reproduce static-dynamic"),
    at("nonconvex", ["loss-surface"], ["curves"], "neurite reproduce surface49"),
    at("vanishing", ["chain"], [], "neurite reproduce vanishing"),
    at("softmax", ["softmax"], ["curves"], "neurite reproduce softmax"),
    at("crossEntropy", ["saturated-neuron", "losses"], ["curves"], "neurite reproduce saturation"),
  ],
  nielsen: [
    at("perceptrons", ["gates", "xor-one-line"], [], "neurite reproduce gates"),
    at(
      "sigmoidNeuron",
      ["sigmoid-tanh", "linear-collapse"],
      ["curves"],
      "neurite reproduce sharp-sigmoid",
    ),
    at("mlp", ["notation", "xor-net"], ["network"]),
    at("tenOutputs", [], [], "neurite reproduce four-outputs"),
    at("descent", ["gradient-descent"], ["curves"], "neurite reproduce gradient-descent"),
    at("quadratic", ["losses"], ["curves"], "neurite reproduce quadratic-cost"),
    at("minibatch", [], [], "neurite reproduce batch-sizes"),
    at("notation", ["notation"]),
    at("assumptions", ["two-assumptions"], [], "neurite reproduce cost-assumptions"),
    at("fourEquations", ["bp-equations"], ["backprop"], "neurite reproduce bp-equations"),
    at("slowly", ["what-learns-slowly"], [], "neurite reproduce slow-learning"),
    at("bpSteps", ["bp-equations", "algorithm-41"], ["backprop"]),
    at("crossEntropyCost", ["saturated-neuron"], ["curves"], "neurite reproduce saturation"),
    at("softmaxLayer", ["softmax"], ["curves"], "neurite reproduce softmax"),
    at("early", [], [], "neurite reproduce early-stopping"),
    at("weightDecay", [], ["network"], "neurite reproduce weight-decay"),
    at("l1", [], ["network"], "neurite reproduce l1-or-l2"),
    at("dropout", [], ["network"], "neurite reproduce dropout-masks"),
    at("initialisation", [], ["network"], "neurite reproduce initialisation"),
    at("hyper", [], ["network"], "neurite reproduce hyper-parameters"),
    at("universality", [], [], 'neurite approximate "sin(6*x)" --train'),
    at("unstable", ["chain"], [], "neurite reproduce chain"),
    at("causes", [], ["network"], "neurite reproduce activation-race"),
    at("fields", [], [], "neurite inspect runs/conv window"),
    at("shared", [], [], "neurite train mnist --preset conv --out runs/conv"),
    at("pooling", [], [], "neurite inspect runs/conv window"),
  ],
  layers: [
    at("layerKinds", ["linear-collapse", "feature-space"], ["network"]),
    at("capacity", [], ["network"], "neurite reproduce degradation"),
    at("oneNeuron", ["neuron"]),
    at(
      "rules",
      ["activation-rules", "linear-collapse"],
      ["curves"],
      "neurite reproduce activation-rules",
    ),
    at("sigmoidUse", ["sigmoid-tanh"], ["curves"], "neurite reproduce bias-shift"),
    at("tanhUse", ["sigmoid-tanh"], ["curves"], "neurite reproduce activation-slopes"),
    at("reluUse", ["relu-family", "dead-relu"], ["curves"], "neurite reproduce vanishing"),
    at("lossUse", ["losses"], ["curves"]),
    at("mazurNet", ["mazur"], ["backprop"], "neurite reproduce mazur"),
    at("mazurBack", ["mazur"], ["backprop"], "neurite reproduce mazur"),
    at("mazurMany", ["mazur-order"], ["backprop"], "neurite reproduce mazur"),
  ],
  outline: [
    at("overview", [], ["network"]),
    at("threeAspects", ["neuron", "notation"], ["network"]),
    at("structure", ["notation"], ["network"]),
    at("approximation", [], [], "neurite reproduce steps-and-towers"),
    at("applied", ["chain", "gradient-descent"]),
    at(
      "graphs",
      ["computation-graph", "forward-reverse"],
      ["backprop"],
      "neurite reproduce graph48",
    ),
    at("problems", ["loss-surface", "chain"], ["curves"], "neurite reproduce surface49"),
    at("activationsOut", ["relu-family"], ["curves"], "neurite activations"),
  ],
  lecture: [
    at("pdp", [], [], "neurite inspect runs/mnist damage"),
    at("biological", ["neuron", "gates"]),
    at("properties", ["activation-rules"], ["curves"], "neurite reproduce activation-slopes"),
    at("sigmoidLecture", ["sigmoid-tanh"], ["curves"]),
    at("zeroCentred", [], [], "neurite reproduce batch-norm"),
    at("reluLecture", ["relu-family"], ["curves"], "neurite reproduce relu-sparsity"),
    at("dying", ["dead-relu"], [], "neurite reproduce dead-relu"),
    at("variants", ["relu-family"], ["curves"], "neurite activations"),
    at("practice", ["activation-rules"], ["network"], "neurite reproduce activation-race"),
    at("kinds", [], [], "neurite reproduce karate-club"),
    at("feedForward", ["notation"], ["network"]),
    at("symbols", ["notation"]),
    at("propagation", ["notation", "neuron"], ["network"]),
    at("transform", ["feature-space"], ["network"], "neurite reproduce feature-space"),
    at("xor", ["xor-one-line", "xor-net"], ["network"], "neurite reproduce xor"),
    at("multiclass", ["softmax"], ["curves"], "neurite reproduce softmax"),
    at("risk", ["gradient-descent"], ["network"], "neurite reproduce structural-risk"),
    at(
      "chainRule",
      ["chain", "forward-reverse"],
      ["backprop"],
      "neurite reproduce forward-reverse",
    ),
    at("partials", ["jacobians"], ["backprop"], "neurite reproduce three-partials"),
    at("errorTerm", ["bp-equations", "jacobians"], ["backprop"], "neurite reproduce bp-equations"),
    at("algorithm", ["algorithm-41"], [], "neurite reproduce algorithm41"),
    at("graphTable", ["computation-graph"], ["backprop"], "neurite reproduce graph48"),
    at("paths", ["forward-reverse"], ["backprop"], "neurite explain --preset micrograd --paths"),
    at("staticDynamic", ["static-dynamic"], ["backprop"], "neurite reproduce static-dynamic"),
    at("keras", ["keras"], [], "npm run example keras-snippet"),
    at("difficult", ["xor-net"], [], "neurite reproduce xor-minima"),
    at("figure49", ["loss-surface"], ["curves"], "neurite reproduce surface49"),
    at("vanishingLecture", ["chain", "sigmoid-tanh"], ["curves"], "neurite reproduce vanishing"),
  ],
};
