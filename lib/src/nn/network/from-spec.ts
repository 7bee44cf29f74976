// Networks from their specifications: the inverse of `network.spec`.

import type { NetworkSpec } from "../../spec/parts.ts";
import type { FloatDType } from "../layers/layer.ts";
import { ALL_KINDS } from "../layers/registry.ts";
import type { Network } from "./network.ts";
import { networkFromKinds } from "./read.ts";
import { GRAPHS } from "./read-graph.ts";

/**
 * The network that a specification describes, which has been parsed; of every kind of layer there is.
 * @param dtype what the model computes in: a layer that makes floats of its inputs makes these
 * @throws ArgumentError or ShapeError naming the bad field
 */
export function networkFromSpec(spec: NetworkSpec, dtype: FloatDType = "float32"): Network {
  return networkFromKinds(ALL_KINDS, spec, dtype, GRAPHS);
}
