// Layers from their specifications: the inverse of `layer.spec`.

import { unknownName } from "../../ir/nearest.ts";
import { activation } from "./activation.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { flatten, inputLayer, reshapeLayer } from "./flatten.ts";
import type { Layer, LayerSpec } from "./layer.ts";
import { maxout } from "./maxout.ts";
import { addLayer, averageLayer, concatenateLayer, type Merge, multiplyLayer } from "./merge.ts";
import { prelu } from "./prelu.ts";
import { rescaling } from "./rescaling.ts";

// The functions that they are passed to check the arguments.
type Arguments = Record<string, any>;

const LAYERS: Readonly<Record<string, (spec: Arguments) => Layer>> = {
  input: ({ shape }) => inputLayer(shape),
  dense: ({ units, ...options }) => dense(units, options),
  activation: ({ activation: f, ...options }) => activation(f, options),
  dropout: ({ p, ...options }) => dropout(p, options),
  flatten: (options) => flatten(options),
  reshape: ({ shape, ...options }) => reshapeLayer(shape, options),
  rescaling: ({ scale, ...options }) => rescaling(scale, options),
  prelu: (options) => prelu(options),
  maxout: ({ units, ...options }) => maxout(units, options),
};

const MERGES: Readonly<Record<string, () => Merge>> = {
  add: addLayer,
  multiply: multiplyLayer,
  average: averageLayer,
  concatenate: concatenateLayer,
};

/** @throws ArgumentError for an unknown kind, with the nearest known one */
export function layerFromSpec({ kind, ...args }: LayerSpec): Layer {
  const make = LAYERS[kind];
  if (!make) throw unknownName("layer", kind, Object.keys(LAYERS));
  return make(args);
}

/** @throws ArgumentError for an unknown kind */
export function mergeFromSpec({ kind }: LayerSpec): Merge {
  const make = MERGES[kind];
  if (!make) throw unknownName("merge layer", kind, Object.keys(MERGES));
  return make();
}
