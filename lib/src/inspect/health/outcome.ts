// How a run came out: no numbers any more, worse than before, or one answer to everything.

import type { RunSpec } from "../../spec/runspec.ts";
import { vanishing } from "./depth.ts";
import type { RemedyId } from "./finding.ts";
import { STOOD_STILL, THROWN, WIDE_WEIGHTS } from "./limits.ts";
import type { Observation } from "./observe.ts";
import {
  type HealthRule,
  hiddenOf,
  inputEvidence,
  percentOf,
  shortly,
  startsWide,
} from "./rules.ts";
import { saturation } from "./units.ts";

/** A NaN or an infinity ended it. */
export const notFinite: HealthRule = (seen) => {
  const { fault } = seen;
  if (!fault) return null;
  const { what = "a number", epoch, stepOfEpoch, source, finding, isGiven } = fault;
  const place = [
    ...(epoch === undefined ? [] : [`epoch ${epoch + 1}`]),
    ...(stepOfEpoch === undefined ? [] : [`step ${stepOfEpoch + 1}`]),
  ];
  const made = finding ? `: ${finding}` : "";
  return {
    id: "not-finite",
    severity: "failure",
    says: `${what} ceased to be finite${place.length > 0 ? ` in ${place.join(", ")}` : ""}${made}`,
    where: source?.path ? [{ layer: source.path.split("/")[0]!, units: [] }] : [],
    evidence: {
      ...(epoch !== undefined && { epoch }),
      ...(stepOfEpoch !== undefined && { stepOfEpoch }),
      costAtStart: seen.start.cost,
    },
    cause: isGiven
      ? "the NaN or infinity is among the examples: no computation made it"
      : "steps are longer than the slope holds, so that each one overshoots more than the one before",
    remedies: isGiven ? ["clean-data"] : tooLong(seen),
  };
};

/** Weights that begin wide are the likelier cause. */
function tooLong(seen: Observation): RemedyId[] {
  return startsWide(seen, WIDE_WEIGHTS)
    ? ["scaled-start", "smaller-rate"]
    : ["smaller-rate", "scaled-start"];
}

/** All is finite, and worse than before it was trained. */
export const divergence: HealthRule = (seen) => {
  const { start, end, epochs, fault, hasDiverged } = seen;
  if (fault || epochs.length === 0 || !hasDiverged) return null;
  const least = Math.min(...epochs.map(({ loss }) => loss));
  return {
    id: "divergence",
    severity: "failure",
    says: `training diverged: the cost is ${shortly(end.cost)}, and was ${shortly(start.cost)} before training`,
    where: [],
    evidence: { costAtStart: start.cost, costAtEnd: end.cost, leastLoss: least },
    cause: "steps are longer than the slope holds, so that each one overshoots",
    remedies: tooLong(seen),
  };
};

/** As a table names its classes; of other data a class has its number. */
function nameOf({ data }: RunSpec, label: number): string {
  const names = data.file?.["classes"];
  const name: unknown = Array.isArray(names) ? names[label] : undefined;
  return typeof name === "string" ? JSON.stringify(name) : String(label);
}

/** Everything is taken for one class. */
export const oneClass: HealthRule = (seen) => {
  const { classes, epochs, fault } = seen;
  if (!classes || epochs.length === 0 || fault) return null;
  const used = classes.taken.flatMap((count, label) => (count > 0 ? [label] : []));
  const present = classes.there.filter((count) => count > 0).length;
  if (used.length !== 1 || present < 2) return null;
  const total = classes.taken.reduce((a, b) => a + b, 0);
  return {
    id: "one-class",
    severity: "failure",
    says: `all of ${total} examples are taken for class ${nameOf(seen.spec, used[0]!)}, which ${percentOf(classes.right)} of them are`,
    where: [],
    evidence: {
      class: used[0]!,
      examples: total,
      right: classes.right,
      moved: seen.moved,
      ...inputEvidence(seen.start),
    },
    ...whyOneClass(seen),
  };
};

function whyOneClass(seen: Observation): { cause: string; remedies: readonly RemedyId[] } {
  const { start, end, moved } = seen;
  const alike = start.layers.find(({ gain }) => gain === 0);
  if (alike) {
    const cause = `all weights of ${alike.name} begin at 0: its units stay alike, or get no gradient at all`;
    return { cause, remedies: ["scaled-start"] };
  }
  const dead = hiddenOf(end.layers).find(
    ({ activation, dead: none, units }) => activation === "relu" && none?.length === units,
  );
  if (dead) {
    const cause = `every unit of ${dead.name} is dead, so that the output is the same whatever goes in`;
    return { cause, remedies: ["leaky-relu", "smaller-rate"] };
  }
  const deeper = vanishing(seen) ?? saturation(seen);
  if (deeper) return { cause: deeper.cause, remedies: deeper.remedies };
  if (moved < STOOD_STILL) return stoodStill(moved);
  if (moved > THROWN) {
    const cause = `steps too long have thrown the weights to where every example looks the same: they have moved by ${shortly(moved)} times their length`;
    return { cause, remedies: tooLong(seen) };
  }
  return {
    cause: `it has not begun to tell them apart: the weights have moved by ${percentOf(moved)} of their length`,
    remedies: start.layers.length > 2 ? ["relu", "larger-rate"] : ["larger-rate", "scaled-start"],
  };
}

function stoodStill(moved: number): { cause: string; remedies: RemedyId[] } {
  return {
    cause: `steps are too short, or too few: the weights have moved by ${percentOf(moved)} of their length in all`,
    remedies: ["larger-rate"],
  };
}

/** The weights have hardly moved. */
export const standstill: HealthRule = ({ start, end, moved, epochs, isGood, fault }) => {
  if (fault || isGood || epochs.length === 0 || moved >= STOOD_STILL) return null;
  return {
    id: "standstill",
    severity: "failure",
    says: `hardly anything was learnt: the cost was ${shortly(start.cost)} and is ${shortly(end.cost)}`,
    where: [],
    evidence: { moved, costAtStart: start.cost, costAtEnd: end.cost },
    ...stoodStill(moved),
  };
};
