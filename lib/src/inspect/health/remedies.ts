// Remedies as changes of a specification: what they do in words, and the changed run.

import { expectArgument, object, oneOf } from "../../checks/arguments.ts";
import { lossOf } from "../../nn/losses/index.ts";
import { optimizerOf } from "../../nn/optimizers/index.ts";
import type { LayerSpec, NetworkSpec } from "../../spec/parts.ts";
import { parseRunSpec, type RunSpec } from "../../spec/runspec.ts";
import type { Finding, RemedyId } from "./finding.ts";
import { nameIn } from "./rules.ts";

/** Of the rate: an order of magnitude, by which Nielsen (chapter 3) looks for one. */
const FACTOR = 10;

/** |change of w| / |w| below which ten times as much is little still. */
const HARDLY = 1e-3;

/** What each remedy does, and what the notes say for it. */
export const REMEDIES: Readonly<Record<RemedyId, string>> = {
  "leaky-relu":
    "Leaky ReLU (or ELU) in the place of ReLU: left of 0 the slope is small but not 0, so that units can come back",
  relu: "ReLU, with He's start, in the place of functions that level off: its slope is 1 however large z is",
  tanh: "tanh in the place of sigmoid: its outputs lie about 0, and its slope reaches 1, not 1/4",
  "batch-norm":
    "batch normalisation after every hidden layer: the next one reads numbers about 0 that spread by 1",
  "scaled-start":
    "weights from N(0, 1/n), of ReLUs from He's N(0, 2/n), and biases from 0: then z spreads by about 1 in every layer",
  "smaller-rate": `a learning rate of a tenth; a net of one's own may also clip its gradients (clipByNorm)`,
  "larger-rate":
    "a learning rate ten times as large, or a hundred times where the weights have hardly moved",
  "cross-entropy":
    "cross-entropy in the place of the quadratic loss: its gradient is a - y, without the factor f'(z)",
  "scale-inputs": "inputs divided by the largest of them, so that they lie within 1",
  "center-inputs":
    "inputs less their mean, divided by their deviation, so that they lie about 0 (of all inputs together: a specification holds one number)",
  "clean-data": "examples without NaN and infinity",
};

const FINDING = {
  says: "a finding, as healthOf() gives it",
  fits: (value: unknown): boolean => object.fits(value) && object.fits((value as Finding).evidence),
};

/**
 * The run with one remedy, and everything else as it was, the seed included.
 * @returns null where the specification cannot be changed so, or has it already
 * @throws ArgumentError for what is no specification, finding or remedy
 */
export function applyRemedy(input: RunSpec, finding: Finding, remedy: RemedyId): RunSpec | null {
  const spec = parseRunSpec(input);
  expectArgument("applyRemedy", "finding", finding, FINDING);
  expectArgument("applyRemedy", "remedy", remedy, oneOf(...(Object.keys(REMEDIES) as RemedyId[])));
  const changed = CHANGES[remedy](spec, finding);
  if (changed === null || JSON.stringify(changed) === JSON.stringify(spec)) return null;
  const { arithmetic: _, ...rest } = changed; // of the run before
  return parseRunSpec(rest);
}

type Change = (spec: RunSpec, finding: Finding) => RunSpec | null;

const CHANGES: Readonly<Record<RemedyId, Change>> = {
  "leaky-relu": (spec) =>
    ofLayers(spec, ({ layer, f }) =>
      f === "relu" ? { ...layer, activation: "leakyRelu" } : layer,
    ),
  relu: (spec) =>
    ofLayers(spec, ({ layer, f, isOutput }) =>
      !isOutput && LEVELLING.has(f) ? started({ ...layer, activation: "relu" }, "relu") : layer,
    ),
  tanh: (spec) =>
    ofLayers(spec, ({ layer, f, isOutput }) =>
      !isOutput && SIGMOID.has(f) ? { ...layer, activation: "tanh" } : layer,
    ),
  "batch-norm": withBatchNormalization,
  "scaled-start": (spec) => ofLayers(spec, ({ layer, bends }) => started(layer, bends)),
  "smaller-rate": (spec) => withRate(spec, 1 / FACTOR),
  "larger-rate": (spec, { evidence }) =>
    withRate(spec, (evidence["moved"] ?? 1) < HARDLY ? FACTOR ** 2 : FACTOR),
  "cross-entropy": (spec) => {
    const { name } = lossOf(spec.loss);
    if (name === "quadratic") return { ...spec, loss: "crossEntropy" };
    return name === "meanSquaredError" ? { ...spec, loss: "binaryCrossentropy" } : null;
  },
  "scale-inputs": (spec, { evidence }) => {
    const largest = evidence["largestInput"] ?? 0;
    return largest > 0 ? rescaled(spec, { scale: 1 / largest }) : null;
  },
  "center-inputs": (spec, { evidence }) => {
    const { inputMean: mean, inputDeviation: deviation } = evidence;
    if (mean === undefined || deviation === undefined || !(deviation > 0)) return null;
    return rescaled(spec, { scale: 1 / deviation, offset: -mean / deviation });
  },
  "clean-data": () => null,
};

const SIGMOID = new Set(["sigmoid", "logistic", "hardsigmoid"]);
const LEVELLING = new Set([...SIGMOID, "tanh", "hardtanh", "softsign"]);
/** Layers with weights and biases of their own. */
const WEIGHTED = new Set(["dense", "conv1d", "conv2d", "conv2dTranspose", "maxout"]);

interface LayerAt {
  readonly layer: LayerSpec;
  /** The name of its own activation; empty without one. */
  readonly f: string;
  /** What its net input goes through: its own activation, or that of the layer after it. */
  readonly bends: string;
  readonly isOutput: boolean;
}

/** A specification with its layers changed, in a chain or in a graph alike. */
function ofLayers(spec: RunSpec, change: (at: LayerAt) => LayerSpec): RunSpec {
  const changed = <L extends LayerSpec>(layers: readonly L[], isOutput: (i: number) => boolean) =>
    layers.map((layer, i): L => {
      const f = nameIn(layer["activation"]);
      const next = layers[i + 1];
      const bends = f === "" && next?.kind === "activation" ? nameIn(next["activation"]) : f;
      return change({ layer, f, bends, isOutput: isOutput(i) }) as L;
    });
  const { model } = spec;
  if ("layers" in model) {
    const last = model.layers.length - 1;
    return { ...spec, model: { layers: changed(model.layers, (i) => i === last) } };
  }
  const { nodes, outputs } = model;
  const isOutput = (i: number) => outputs.includes(nodes[i]!.id);
  return { ...spec, model: { ...model, nodes: changed(nodes, isOutput) } };
}

/** Weights that fit the function after them; biases from 0. */
function started(layer: LayerSpec, bends: string): LayerSpec {
  if (!WEIGHTED.has(layer.kind)) return layer;
  const { biases: _, ...rest } = layer;
  const isOneSided = bends.includes("relu") || bends === "elu" || bends === "gelu";
  return { ...rest, weights: isOneSided ? "heNormal" : "scaledNormal" } as LayerSpec;
}

/** Null for a graph, whose layers read each other by name, and for batches too small for a mean. */
function withBatchNormalization(spec: RunSpec): RunSpec | null {
  const { model, training } = spec;
  if (!("layers" in model) || training.batchSize < SMALLEST_BATCH) return null;
  const layers = model.layers.flatMap((layer, i) => {
    const next = model.layers[i + 1];
    const isBent = layer.kind === "activation" || nameIn(layer["activation"]) !== "";
    const isDone = next === undefined || next.kind === NORMALIZATION;
    return isBent && !isDone ? [layer, { kind: NORMALIZATION }] : [layer];
  });
  return { ...spec, model: { layers } };
}

const NORMALIZATION = "batchNormalization";
const SMALLEST_BATCH = 4;

function withRate(spec: RunSpec, factor: number): RunSpec {
  const { optimizer, schedule } = spec;
  const own = typeof optimizer === "string" ? { name: optimizer } : optimizer;
  const withOwn = (): RunSpec => {
    const learningRate = times(optimizerOf(optimizer).learningRate, factor);
    return { ...spec, optimizer: { ...own, learningRate } };
  };
  if (typeof schedule !== "object" || typeof schedule["rate"] !== "number") return withOwn();
  const changed = { ...schedule, rate: times(schedule["rate"], factor) };
  return { ...("learningRate" in own ? withOwn() : spec), schedule: changed };
}

/** 0.03 / 10 as 0.003. */
function times(rate: number, factor: number): number {
  return Number((rate * factor).toPrecision(12));
}

/** A rescaling before the first layer that has weights. Null for a graph, where that may be any of many. */
function rescaled(spec: RunSpec, options: { scale: number; offset?: number }): RunSpec | null {
  const { model }: { model: NetworkSpec } = spec;
  if (!("layers" in model)) return null;
  const at = model.layers.findIndex(
    ({ kind }) => !["input", "rescaling", "flatten"].includes(kind),
  );
  if (at < 0) return null;
  const { layers } = model;
  const fresh = { kind: "rescaling", ...options };
  return { ...spec, model: { layers: [...layers.slice(0, at), fresh, ...layers.slice(at)] } };
}

/** What is otherwise in a changed specification, as in "optimizer.learningRate: 0.3 -> 0.03". */
export function changesOf(before: RunSpec, after: RunSpec): string[] {
  expectArgument("changesOf", "before", before, object);
  expectArgument("changesOf", "after", after, object);
  const { arithmetic: _, ...own } = before;
  return differences("", alongside(own, after), after);
}

/** The layers before with gaps where new ones were put in, so that those after them are not told. */
function alongside(before: object, after: RunSpec): object {
  const { model } = before as RunSpec;
  if (!("layers" in model) || !("layers" in after.model)) return before;
  const old = [...model.layers];
  if (old.length === after.model.layers.length) return before;
  const layers = after.model.layers.map(({ kind }) =>
    old[0]?.kind === kind ? old.shift() : undefined,
  );
  return { ...before, model: { layers } };
}

function differences(path: string, before: unknown, after: unknown): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!object.fits(before) || !object.fits(after)) {
    return [`${path}: ${plainly(before)} -> ${plainly(after)}`];
  }
  const [old, fresh] = [before, after] as [Record<string, unknown>, Record<string, unknown>];
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])].flatMap((name) =>
    differences(path === "" ? name : `${path}.${name}`, old[name], fresh[name]),
  );
}

function plainly(value: unknown): string {
  if (value === undefined) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
