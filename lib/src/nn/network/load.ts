// Networks from their specifications, with no more kinds of layers than they name.

import type { NetworkSpec } from "../../spec/parts.ts";
import { parseNetwork } from "../../spec/runspec.ts";
import { kindsFor } from "../layers/families.ts";
import type { FloatDType } from "../layers/layer.ts";
import type { Network } from "./network.ts";
import { networkFromKinds } from "./read.ts";

/**
 * The network that a specification describes; what its layers need is fetched first, and nothing of the kinds of
 * layers that it does not name. `networkOf()` makes the same at once, with every kind at hand.
 * @param dtype what the model computes in: a layer that makes floats of its inputs makes these
 * @throws ArgumentError or ShapeError naming the bad field
 */
export async function loadNetwork(
  spec: NetworkSpec,
  dtype: FloatDType = "float32",
): Promise<Network> {
  const parsed = parseNetwork(spec);
  const graphs = hasGraphs(parsed) ? import("./read-graph.ts") : null;
  return networkFromKinds(await kindsFor(parsed), parsed, dtype, (await graphs)?.GRAPHS ?? null);
}

/** Too often costs a fetch, and too seldom is never. */
function hasGraphs(spec: NetworkSpec): boolean {
  return /"(nodes|network)"/.test(JSON.stringify(spec));
}
