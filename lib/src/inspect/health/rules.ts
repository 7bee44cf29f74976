// What all rules share: how a finding is put together, and words for its numbers.

import type { RunSpec } from "../../spec/runspec.ts";
import type { Finding, FindingPlace, RemedyId } from "./finding.ts";
import type { LayerLook, NetLook } from "./look.ts";
import type { Observation } from "./observe.ts";

/** A finding as a rule writes it: remedies by their names. */
export interface Diagnosis extends Omit<Finding, "remedies"> {
  readonly remedies: readonly RemedyId[];
}

/** Null where a run does not have the illness. */
export type HealthRule = (seen: Observation) => Diagnosis | null;

/** Whole layers. */
export function layersAt(layers: readonly LayerLook[]): FindingPlace[] {
  return layers.map(({ name }) => ({ layer: name, units: [] }));
}

/** As in "dense1", "dense1 and dense2", "dense1, dense2 and dense3". */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Three digits. */
export function shortly(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(3));
  const size = Math.abs(rounded);
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? rounded.toExponential() : String(rounded);
}

/** 0.823 as "82 %". */
export function percentOf(share: number): string {
  const value = 100 * share;
  return `${value >= 10 || value === 0 ? Math.round(value) : Number(value.toPrecision(2))} %`;
}

/** Hidden layers: all with a net input but the last. */
export function hiddenOf<L>(layers: readonly L[]): readonly L[] {
  return layers.slice(0, -1);
}

/** The weights of some layer start much wider than N(0, 1/n) would have them. */
export function startsWide({ start }: Observation, most: number): boolean {
  return start.layers.some(({ gain }) => gain !== null && gain > most);
}

/** The name in a part of a specification that has one, in lower case and without underscores. */
export function nameIn(named: RunSpec["loss"] | unknown): string {
  const text = typeof named === "string" ? named : (named as { name?: string } | null)?.name;
  return (text ?? "").toLowerCase().replaceAll("_", "");
}

/** The inputs in numbers, which the remedies of inputs need: what the first layer with a net input reads. */
export function inputEvidence({ layers }: NetLook): Readonly<Record<string, number>> {
  const [first] = layers;
  if (!first) return {};
  const { largest, mean, deviation } = first.reads;
  return { largestInput: largest, inputMean: mean, inputDeviation: deviation };
}
