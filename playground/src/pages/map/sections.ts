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
    at("neuron", ["neuron"]),
    at("sigmoids", ["sigmoid-tanh"], ["curves"]),
    at("relu", ["relu-family"], ["curves"]),
    at("network", ["notation"], ["network"]),
    at("delta", ["bp-equations"], ["backprop"]),
    at("matrices", ["jacobians"], ["backprop"]),
    at("symbolic", ["three-ways"], ["backprop"], "neurite explain --preset graph48 --symbolic"),
    at("graph48", ["computation-graph"], ["backprop"], "neurite reproduce graph48"),
    at("static", ["static-dynamic"], ["backprop"], "npm run example stages"),
    at("nonconvex", ["loss-surface"], ["curves"], "neurite reproduce surface49"),
    at("vanishing", ["chain"], [], "neurite reproduce vanishing"),
    at("softmax", ["softmax"], ["curves"], "neurite reproduce softmax"),
    at("crossEntropy", ["saturated-neuron", "losses"], ["curves"], "neurite reproduce saturation"),
  ],
  nielsen: [
    at("perceptrons", ["gates", "xor-one-line"], [], "neurite reproduce gates"),
    at("sigmoidNeuron", ["sigmoid-tanh", "linear-collapse"], ["curves"]),
    at("mlp", ["notation", "xor-net"], ["network"]),
    at("tenOutputs", [], [], "neurite reproduce four-outputs"),
    at("descent", ["gradient-descent"], ["curves"]),
    at("quadratic", ["losses"], ["curves"]),
    at("minibatch", [], [], "neurite reproduce batch-sizes"),
    at("notation", ["notation"]),
    at("assumptions", ["two-assumptions"]),
    at("fourEquations", ["bp-equations"], ["backprop"], "neurite reproduce bp-equations"),
    at("slowly", ["what-learns-slowly"], [], "neurite reproduce saturation"),
    at("bpSteps", ["bp-equations", "algorithm-41"], ["backprop"]),
    at("crossEntropyCost", ["saturated-neuron"], ["curves"], "neurite reproduce saturation"),
    at("softmaxLayer", ["softmax"], ["curves"], "neurite reproduce softmax"),
    at("early", [], [], "neurite reproduce network2 --help"),
    at("weightDecay", [], ["network"], "neurite reproduce network2 --lambda 5"),
    at("l1", [], ["network"]),
    at("dropout", [], ["network"]),
    at("initialisation", [], ["network"], "neurite reproduce network2 --init large"),
    at("hyper", [], ["network"], "neurite reproduce network2 --sizes 784,10"),
    at("universality", [], [], 'neurite approximate "sin(6*x)" --train'),
    at("unstable", ["chain"], [], "neurite reproduce vanishing"),
    at("causes", [], ["network"]),
    at("fields", [], [], "neurite inspect runs/mnist window"),
    at("shared", [], [], "neurite train mnist --preset conv"),
    at("pooling", [], [], "neurite train mnist --preset conv"),
  ],
  layers: [
    at("layerKinds", ["linear-collapse", "feature-space"], ["network"]),
    at("capacity", [], ["network"]),
    at("oneNeuron", ["neuron"]),
    at("rules", ["activation-rules", "linear-collapse"], ["curves"]),
    at("sigmoidUse", ["sigmoid-tanh"], ["curves"], "neurite reproduce bias-shift"),
    at("tanhUse", ["sigmoid-tanh"], ["curves"]),
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
    at("approximation", [], [], "neurite reproduce bumps"),
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
    at("properties", ["activation-rules"], ["curves"]),
    at("sigmoidLecture", ["sigmoid-tanh"], ["curves"]),
    at("zeroCentred", [], [], "neurite reproduce bias-shift"),
    at("reluLecture", ["relu-family"], ["curves"]),
    at("dying", ["dead-relu"], [], "neurite reproduce vanishing"),
    at("variants", ["relu-family"], ["curves"], "neurite activations"),
    at("practice", ["activation-rules"], ["network"]),
    at("kinds", [], [], "npm run example karate"),
    at("feedForward", ["notation"], ["network"]),
    at("symbols", ["notation"]),
    at("propagation", ["notation", "neuron"], ["network"]),
    at("transform", ["feature-space"], ["network"], "npm run example frozen-features"),
    at("xor", ["xor-one-line", "xor-net"], ["network"], "neurite reproduce xor"),
    at("multiclass", ["softmax"], ["curves"], "neurite reproduce softmax"),
    at("risk", ["gradient-descent"], ["network"]),
    at("chainRule", ["chain", "forward-reverse"], ["backprop"]),
    at("partials", ["jacobians"], ["backprop"]),
    at("errorTerm", ["bp-equations", "jacobians"], ["backprop"], "neurite reproduce bp-equations"),
    at("algorithm", ["algorithm-41"], [], "neurite reproduce algorithm41"),
    at("graphTable", ["computation-graph"], ["backprop"], "neurite reproduce graph48"),
    at("paths", ["forward-reverse"], ["backprop"], "neurite explain --preset micrograd --paths"),
    at("staticDynamic", ["static-dynamic"], ["backprop"], "npm run example stages"),
    at("keras", ["keras"], [], "npm run example keras-snippet"),
    at("difficult", ["xor-net"], [], "neurite reproduce xor-minima"),
    at("figure49", ["loss-surface"], ["curves"], "neurite reproduce surface49"),
    at("vanishingLecture", ["chain", "sigmoid-tanh"], ["curves"], "neurite reproduce vanishing"),
  ],
};
