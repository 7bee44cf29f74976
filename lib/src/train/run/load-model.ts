// The model of a RunSpec, with no more kinds of layers than it names.

import { loadNetwork } from "../../nn/network/load.ts";
import { fetchNamed } from "../../nn/registry.ts";
import { fetchOps } from "../../ops/fetch.ts";
import { parseRunSpec, type RunSpec } from "../../spec/runspec.ts";
import type { Model } from "../model/model.ts";
import { bringParts } from "../step/step.ts";
import { bringWeights } from "../weights/weights.ts";
import { compiledModel, type Machine } from "./compiled-model.ts";

/**
 * Fetches what a spec names beside its layers, as its loss: what asks for that at once, as `fitData` does, finds it.
 */
export async function fetchRun(spec: RunSpec): Promise<void> {
  // The parts of a batch are a loop.
  const isParted = spec.training.accumulate !== undefined;
  const isWeighed = spec.training.classWeights !== undefined;
  await Promise.all([
    fetchNamed(spec),
    ...(isParted ? [fetchOps(), fetchParts()] : []),
    ...(isWeighed ? [fetchWeights()] : []),
  ]);
}

async function fetchWeights(): Promise<void> {
  bringWeights((await import("../weights/read.ts")).weightsOfExamples);
}

async function fetchParts(): Promise<void> {
  bringParts((await import("../step/parts.ts")).gradientsOfParts);
}

/**
 * The model of a spec, as `modelOf` makes it; a page fetches only the kinds of layers that the spec names.
 * @param machine how many threads compute here, which changes no result
 */
export async function loadModelOf(input: RunSpec, machine: Machine = {}): Promise<Model> {
  const spec = parseRunSpec(input);
  const [network] = await Promise.all([loadNetwork(spec.model, spec.dtype), fetchRun(spec)]);
  return compiledModel(spec, network, machine);
}
