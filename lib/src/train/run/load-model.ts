// The model of a RunSpec, with no more kinds of layers than it names.

import { loadNetwork } from "../../nn/network/load.ts";
import { parseRunSpec, type RunSpec } from "../../spec/runspec.ts";
import type { Model } from "../model/model.ts";
import { compiledModel, type Machine } from "./compiled-model.ts";

/**
 * The model of a spec, as `modelOf` makes it; a page fetches only the kinds of layers that the spec names.
 * @param machine how many threads compute here, which changes no result
 */
export async function loadModelOf(input: RunSpec, machine: Machine = {}): Promise<Model> {
  const spec = parseRunSpec(input);
  return compiledModel(spec, await loadNetwork(spec.model, spec.dtype), machine);
}
