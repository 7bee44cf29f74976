// Layers from their specifications: the inverse of `layer.spec`.

import { unknownName } from "../../ir/nearest.ts";
import { activation } from "./activation.ts";
import { type ArgumentTypes, checkArguments } from "./arguments.ts";
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

interface Kind {
  /** In the order in which errors list them; all layers also have a name. */
  readonly types: ArgumentTypes;
  readonly required?: readonly string[];
  readonly make: (spec: Arguments) => Layer;
}

const WEIGHTED: ArgumentTypes = { bias: "boolean", weights: "named", biases: "named" };

const LAYERS: Readonly<Record<string, Kind>> = {
  input: {
    types: { shape: "shape" },
    required: ["shape"],
    make: ({ shape }) => inputLayer(shape),
  },
  dense: {
    types: { units: "number", activation: "named", ...WEIGHTED },
    required: ["units"],
    make: ({ units, ...options }) => dense(units, options),
  },
  activation: {
    types: { activation: "named" },
    required: ["activation"],
    make: ({ activation: f, ...options }) => activation(f, options),
  },
  dropout: {
    types: { p: "number", convention: ["inverted", "original"] },
    required: ["p"],
    make: ({ p, ...options }) => dropout(p, options),
  },
  flatten: { types: {}, make: (options) => flatten(options) },
  reshape: {
    types: { shape: "shape" },
    required: ["shape"],
    make: ({ shape, ...options }) => reshapeLayer(shape, options),
  },
  rescaling: {
    types: { scale: "number", offset: "number", dtype: ["float32", "float64"] },
    required: ["scale"],
    make: ({ scale, ...options }) => rescaling(scale, options),
  },
  prelu: { types: { alpha: "number" }, make: (options) => prelu(options) },
  maxout: {
    types: { units: "number", pieces: "number", ...WEIGHTED },
    required: ["units"],
    make: ({ units, ...options }) => maxout(units, options),
  },
};

const COMMON: ArgumentTypes = { name: "text", inputShape: "shape" };

const MERGES: Readonly<Record<string, () => Merge>> = {
  add: addLayer,
  multiply: multiplyLayer,
  average: averageLayer,
  concatenate: concatenateLayer,
};

/**
 * @throws ArgumentError for an unknown kind, with the nearest known one, and for arguments that the
 * layer does not take
 */
export function layerFromSpec({ kind, ...args }: LayerSpec): Layer {
  if (!Object.hasOwn(LAYERS, kind)) throw unknownName("layer", kind, Object.keys(LAYERS));
  const { types, required = [], make } = LAYERS[kind]!;
  checkArguments(kind, args, { ...types, ...COMMON }, required);
  return make(args);
}

/** @throws ArgumentError for an unknown kind */
export function mergeFromSpec({ kind }: LayerSpec): Merge {
  if (!Object.hasOwn(MERGES, kind)) throw unknownName("merge layer", kind, Object.keys(MERGES));
  return MERGES[kind]!();
}
