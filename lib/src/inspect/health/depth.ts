// How the error changes on its way back through the layers, and what the layers read.

import type { RemedyId } from "./finding.ts";
import { EXPLODED, NARROW_WEIGHTS, SHIFTED, VANISHED, WIDE_WEIGHTS } from "./limits.ts";
import type { LayerLook, NetLook } from "./look.ts";
import type { Observation } from "./observe.ts";
import {
  type HealthRule,
  hiddenOf,
  inputEvidence,
  layersAt,
  listed,
  shortly,
  startsWide,
} from "./rules.ts";

const LEVELLING = new Set(["sigmoid", "tanh", "hardSigmoid", "hardTanh"]);

/** |delta| of the first hidden layer against that of the output; 1 for less than two hidden layers. */
function ratioOf({ layers }: NetLook): number {
  const [first, last] = [layers[0], layers.at(-1)];
  if (!first || !last || !(last.error > 0)) return 1;
  if (layers.length < 3 && first.gain !== 0) return 1;
  return first.error / last.error;
}

/** The layers whose error is that much smaller, or larger, than that of the output. */
function farFrom({ layers }: NetLook, isFar: (ratio: number) => boolean): readonly LayerLook[] {
  const output = layers.at(-1)!.error;
  return hiddenOf(layers).filter(({ error }) => isFar(error / output));
}

/** Early layers stand still, since hardly any error reaches them. */
export const vanishing: HealthRule = (seen) => {
  const { start, end, hasLearnt, hasDiverged } = seen;
  const [early, late] = [ratioOf(start), ratioOf(end)];
  const isEarly = early < VANISHED;
  if (!isEarly && (hasLearnt || hasDiverged || late >= VANISHED)) return null;
  const [look, ratio] = isEarly ? [start, early] : [end, late];
  if (isCutByDeadLayer(look)) return null;
  const ill = farFrom(look, (part) => part < VANISHED);
  const [first, last] = [look.layers[0]!, look.layers.at(-1)!];
  return {
    id: "vanishing",
    severity: hasLearnt ? "warning" : "failure",
    says: `gradients vanish on their way back: |delta| in ${first.name} is ${shortly(ratio)} of that in ${last.name}, ${isEarly ? "before" : "after"} training`,
    where: layersAt(ill),
    evidence: {
      ratio,
      first: first.error,
      last: last.error,
      hiddenLayers: look.layers.length - 1,
    },
    ...whyVanishing(look, seen),
  };
};

/** What dead ReLUs let nothing through is told of them. */
function isCutByDeadLayer({ layers }: NetLook): boolean {
  return hiddenOf(layers).some(({ dead, units, activation }) => {
    return activation === "relu" && dead?.length === units;
  });
}

const BEGINS_AT_ZERO: { cause: string; remedies: RemedyId[] } = {
  cause:
    "weights begin at 0: no error comes through them, and the units of a layer stay alike for ever",
  remedies: ["scaled-start"],
};

function whyVanishing(
  look: NetLook,
  { start }: Observation,
): { cause: string; remedies: RemedyId[] } {
  if (start.layers.some(({ gain }) => gain === 0)) return BEGINS_AT_ZERO;
  const hidden = hiddenOf(look.layers);
  const narrow = start.layers.filter(({ gain }) => gain !== null && gain < NARROW_WEIGHTS);
  const levelling = hidden.filter(({ activation }) => LEVELLING.has(activation ?? ""));
  if (levelling.length > 0) {
    const name = levelling[0]!.activation!;
    const slope =
      name === "sigmoid" ? "at most 1/4" : "at most 1, and far less where it is saturated";
    const small =
      narrow.length > 0
        ? `, and the weights of ${listed(narrow.map(({ name: layer }) => layer))} begin small`
        : "";
    return {
      cause: `at each layer the error is multiplied by w and by the slope of ${name}, ${slope}${small}`,
      remedies: ["relu", "scaled-start"],
    };
  }
  return {
    cause:
      narrow.length > 0
        ? `at each layer the error is multiplied by w, and the weights of ${listed(narrow.map(({ name }) => name))} begin small`
        : "at each layer the error is multiplied by w f'(z), which is small here",
    remedies: ["scaled-start", "leaky-relu"],
  };
}

/** The error grows at every layer on its way back. */
export const exploding: HealthRule = (seen) => {
  const { start, end, hasLearnt, hasDiverged } = seen;
  const [early, late] = [ratioOf(start), ratioOf(end)];
  const isEarly = early > EXPLODED;
  if (!isEarly && (hasLearnt || hasDiverged || !(late > EXPLODED))) return null;
  const [look, ratio] = isEarly ? [start, early] : [end, late];
  const [first, last] = [look.layers[0]!, look.layers.at(-1)!];
  const isWide = startsWide(seen, WIDE_WEIGHTS);
  return {
    id: "exploding",
    severity: hasLearnt ? "warning" : "failure",
    says: `gradients explode on their way back: |delta| in ${first.name} is ${shortly(ratio)} times that in ${last.name}, ${isEarly ? "before" : "after"} training`,
    where: layersAt(farFrom(look, (part) => part > EXPLODED)),
    evidence: {
      ratio,
      first: first.error,
      last: last.error,
      widestGain: Math.max(...start.layers.map(({ gain }) => gain ?? 0)),
    },
    cause: isWide
      ? "at each layer the error is multiplied by w f'(z), and the weights begin much wider than N(0, 1/n)"
      : "at each layer the error is multiplied by w f'(z), and steps too long have made the weights large",
    remedies: isWide ? ["scaled-start", "smaller-rate"] : ["smaller-rate", "scaled-start"],
  };
};

/** What a layer reads lies far to one side of 0, and the net is slow. */
export const biasShift: HealthRule = ({ start, end, hasLearnt, isGood, epochs }) => {
  if (isGood || epochs.length === 0) return null;
  const isShifted = ({ reads }: LayerLook) => reads.shift > SHIFTED;
  const first = start.layers.slice(0, 1).find(isShifted);
  // What layers read changes while they learn, and what they are normalised by is learnt.
  const hidden = hasLearnt ? [] : end.layers.slice(1).filter(isShifted);
  const ill = [...(first ? [first] : []), ...hidden];
  if (ill.length === 0) return null;
  const shift = Math.max(...ill.map(({ reads }) => reads.shift));
  const names = listed(hidden.map(({ name }) => name));
  const what = [
    ...(first ? ["the inputs"] : []),
    ...(hidden.length > 0 ? [`the inputs of ${names}`] : []),
  ];
  return {
    id: "bias-shift",
    severity: "warning",
    says: `${listed(what)} lie to one side of 0, up to ${shortly(shift)} deviations away, and the cost fell only from ${shortly(start.cost)} to ${shortly(end.cost)}`,
    where: layersAt(ill),
    evidence: {
      shift,
      ...inputEvidence(start),
      costAtStart: start.cost,
      costAtEnd: end.cost,
    },
    cause:
      "where all inputs of a unit have one sign, so have the slopes of all its weights: they can only grow or fall together, and gradient descent goes in zigzags",
    remedies: [
      ...(first ? (["center-inputs"] as const) : []),
      ...(hidden.length > 0 ? (["batch-norm", "tanh"] as const) : []),
    ],
  };
};
