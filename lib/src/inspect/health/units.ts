// Units that no longer answer: dead ReLUs, saturated layers, outputs stuck at the wrong end.

import { lossOf } from "../../nn/losses/index.ts";
import type { RemedyId } from "./finding.ts";
import {
  DEAD_SHARE,
  FLAT_AT_END,
  FLAT_AT_START,
  KILLED_SHARE,
  LARGE_INPUTS,
  SHIFTED,
  STUCK_OUTPUTS,
  WIDE_WEIGHTS,
} from "./limits.ts";
import type { LayerLook } from "./look.ts";
import type { Observation } from "./observe.ts";
import {
  type HealthRule,
  hiddenOf,
  inputEvidence,
  layersAt,
  listed,
  percentOf,
  shortly,
  startsWide,
} from "./rules.ts";

/** Those that level off at both ends. */
const BOUNDED = new Set(["sigmoid", "tanh", "hardSigmoid", "hardTanh", "softsign"]);

/** ReLUs that give 0 for every example. */
export const deadRelu: HealthRule = (seen) => {
  const { start, end, examples, hasLearnt } = seen;
  const ill = hiddenOf(end.layers).flatMap((layer) => {
    const before = start.layers.find(({ name }) => name === layer.name);
    if (layer.activation !== "relu" || !layer.dead || !before?.dead) return [];
    const share = layer.dead.length / layer.units;
    const born = before.dead.length / layer.units;
    return share > DEAD_SHARE || share - born >= KILLED_SHARE ? [{ layer, share, born }] : [];
  });
  if (ill.length === 0) return null;
  const worst = ill.reduce((a, b) => (b.share > a.share ? b : a));
  const isBad = worst.share === 1 || (!hasLearnt && worst.share > DEAD_SHARE);
  const isKilled = worst.born < worst.share - KILLED_SHARE / 2;
  const dead = ill.map(({ layer }) => `${layer.dead!.length} of ${layer.units} in ${layer.name}`);
  return {
    id: "dead-relu",
    severity: isBad ? "failure" : "warning",
    says: `ReLUs are dead: ${listed(dead)} give 0 for each of ${examples} examples`,
    where: ill.map(({ layer }) => ({ layer: layer.name, units: layer.dead! })),
    evidence: {
      share: worst.share,
      shareAtStart: worst.born,
      examples,
      ...inputEvidence(start),
    },
    ...whyDead(seen, isKilled),
  };
};

function whyDead(seen: Observation, isKilled: boolean): { cause: string; remedies: RemedyId[] } {
  const forEver = "there the slope is 0, so that they stay so for ever";
  if (!isKilled) {
    const cause = `they begin with z < 0 for every example, by their biases or by weights against inputs that are all positive; ${forEver}`;
    return { cause, remedies: ["leaky-relu", "scaled-start"] };
  }
  const { rms } = seen.start.layers[0]!.reads;
  const thrown = `have thrown their weights and biases so far that z < 0 always; ${forEver}`;
  if (rms > LARGE_INPUTS) {
    const cause = `inputs of about ${shortly(rms)} make long steps, which ${thrown}`;
    return { cause, remedies: ["scale-inputs", "smaller-rate", "leaky-relu"] };
  }
  const isWide = startsWide(seen, WIDE_WEIGHTS);
  return {
    cause: `steps too long, as by one huge input${isWide ? " or by weights that begin wide" : ""}, ${thrown}`,
    remedies: [...(isWide ? (["scaled-start"] as const) : []), "smaller-rate", "leaky-relu"],
  };
}

/** Hidden units out where f is flat, and the error is multiplied by next to nothing. */
export const saturation: HealthRule = ({ start, end, hasLearnt, hasDiverged }) => {
  const isBounded = ({ activation }: LayerLook) => BOUNDED.has(activation ?? "");
  const flatIn = (layers: readonly LayerLook[], least: number) =>
    hiddenOf(layers).filter((layer) => isBounded(layer) && layer.flat! >= least);
  const early = flatIn(start.layers, FLAT_AT_START);
  const late = hasLearnt || hasDiverged ? [] : flatIn(end.layers, FLAT_AT_END);
  const ill = early.length > 0 ? early : late;
  if (ill.length === 0) return null;
  const worst = ill.reduce((a, b) => (b.flat! > a.flat! ? b : a));
  const shares = ill.map((layer) => `${percentOf(layer.flat!)} of the slopes in ${layer.name}`);
  const when = early.length > 0 ? "before training" : "after training";
  const [first] = ill;
  return {
    id: "saturation",
    severity: hasLearnt ? "warning" : "failure",
    says: `units are saturated ${when}: ${listed(shares)} are flat`,
    where: layersAt(ill),
    evidence: {
      flat: worst.flat!,
      zDeviation: worst.z!.deviation,
      ...(first!.gain !== null && { weightGain: first!.gain }),
      inputSize: first!.reads.rms,
      ...inputEvidence(start),
    },
    ...whySaturated(first!, early.length > 0, first === start.layers[0]),
  };
};

function whySaturated(
  { z, gain, reads, activation }: LayerLook,
  isEarly: boolean,
  isFirst: boolean,
): { cause: string; remedies: RemedyId[] } {
  const flat = `where ${activation} hardly has a slope, so that little of the error comes through`;
  const spread = `z spreads by ${shortly(z!.deviation)}, out to ${flat}`;
  if (!isEarly) {
    const cause = `steps too long have made the weights large, and z is ${flat}`;
    return { cause, remedies: ["smaller-rate", "scaled-start"] };
  }
  if (gain !== null && gain > WIDE_WEIGHTS) {
    const cause = `the weights begin ${shortly(gain)} times as wide as N(0, 1/n): ${spread}`;
    return { cause, remedies: ["scaled-start"] };
  }
  if (isFirst && reads.rms > LARGE_INPUTS) {
    const cause = `it reads numbers of about ${shortly(reads.rms)}, not of about 1: ${spread}`;
    return { cause, remedies: [reads.shift > SHIFTED ? "center-inputs" : "scale-inputs"] };
  }
  return { cause: spread, remedies: ["scaled-start", "relu"] };
}

/** Sigmoid outputs at the wrong end under a quadratic cost, which has the factor f'(z) in its gradient. */
export const saturatedOutput: HealthRule = ({ spec, start, end, hasLearnt }) => {
  const { name } = lossOf(spec.loss);
  const [before, after] = [start.layers.at(-1), end.layers.at(-1)];
  if (name !== "quadratic" && name !== "meanSquaredError") return null;
  if (after?.activation !== "sigmoid") return null;
  const stuck = Math.max(before!.stuck, hasLearnt ? 0 : after.stuck);
  if (stuck < STUCK_OUTPUTS) return null;
  const when = stuck === before!.stuck ? "before training" : "after training";
  return {
    id: "saturated-output",
    severity: hasLearnt ? "warning" : "failure",
    says: `${percentOf(stuck)} of the outputs of ${after.name} are wrong and saturated ${when}`,
    where: layersAt([after]),
    evidence: { stuck, stuckAtStart: before!.stuck, stuckAtEnd: after.stuck },
    cause: `the gradient of the ${name} loss has the factor f'(z), which is next to 0 there: the worse the output, the slower it learns`,
    remedies: ["cross-entropy", "scaled-start"],
  };
};
