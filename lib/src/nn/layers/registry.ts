// Layers from their specifications: the inverse of `layer.spec`.

import { unknownName } from "../../ir/nearest.ts";
import { activation } from "./activation.ts";
import { type ArgumentTypes, checkArguments } from "./arguments.ts";
import { conv1d, conv2d } from "./conv.ts";
import { conv2dTranspose } from "./conv-transpose.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { flatten, inputLayer, reshapeLayer } from "./flatten.ts";
import { gru } from "./gru.ts";
import type { Layer, LayerSpec } from "./layer.ts";
import { lstm } from "./lstm.ts";
import { maxout } from "./maxout.ts";
import { addLayer, averageLayer, concatenateLayer, type Merge, multiplyLayer } from "./merge.ts";
import { avgPool2d, globalPool, maxPool2d } from "./pool.ts";
import { prelu } from "./prelu.ts";
import { rescaling } from "./rescaling.ts";
import { simpleRnn } from "./simple-rnn.ts";

interface Kind {
  /** In the order in which errors list them; all layers also have a name. */
  readonly types: ArgumentTypes;
  /** Those that `make` takes one by one, before the options. */
  readonly leading?: readonly string[];
  // What it is passed has been checked.
  readonly make: (...args: any[]) => Layer;
}

const WEIGHTED: ArgumentTypes = { bias: "boolean", weights: "named", biases: "named" };

const CONVOLUTION: ArgumentTypes = {
  filters: "number",
  kernelSize: "lengths",
  strides: "lengths",
  padding: ["valid", "same"],
  dilation: "lengths",
  activation: "named",
  ...WEIGHTED,
};

const POOL: ArgumentTypes = {
  poolSize: "lengths",
  strides: "lengths",
  padding: ["valid", "same"],
};

const RECURRENT: ArgumentTypes = {
  units: "number",
  activation: "named",
  returnSequences: "boolean",
  goBackwards: "boolean",
  recurrentWeights: "named",
  ...WEIGHTED,
};

const LAYERS: Readonly<Record<string, Kind>> = {
  input: { types: { shape: "shape" }, leading: ["shape"], make: inputLayer },
  dense: {
    types: { units: "number", activation: "named", ...WEIGHTED },
    leading: ["units"],
    make: dense,
  },
  activation: { types: { activation: "named" }, leading: ["activation"], make: activation },
  dropout: {
    types: { p: "number", convention: ["inverted", "original"] },
    leading: ["p"],
    make: dropout,
  },
  flatten: { types: {}, make: flatten },
  reshape: { types: { shape: "shape" }, leading: ["shape"], make: reshapeLayer },
  rescaling: {
    types: { scale: "number", offset: "number", dtype: ["float32", "float64"] },
    leading: ["scale"],
    make: rescaling,
  },
  prelu: { types: { alpha: "number" }, make: prelu },
  maxout: {
    types: { units: "number", pieces: "number", ...WEIGHTED },
    leading: ["units"],
    make: maxout,
  },
  conv1d: {
    types: {
      ...CONVOLUTION,
      kernelSize: "number",
      strides: "number",
      padding: ["valid", "same", "causal"],
      dilation: "number",
      groups: "number",
    },
    leading: ["filters", "kernelSize"],
    make: conv1d,
  },
  conv2d: {
    types: { ...CONVOLUTION, groups: "number" },
    leading: ["filters", "kernelSize"],
    make: conv2d,
  },
  conv2dTranspose: {
    types: CONVOLUTION,
    leading: ["filters", "kernelSize"],
    make: conv2dTranspose,
  },
  maxPool2d: { types: POOL, leading: ["poolSize"], make: maxPool2d },
  avgPool2d: { types: POOL, leading: ["poolSize"], make: avgPool2d },
  globalPool: { types: { pool: ["average", "max"] }, leading: ["pool"], make: globalPool },
  simpleRnn: { types: RECURRENT, leading: ["units"], make: simpleRnn },
  lstm: {
    types: { ...RECURRENT, recurrentActivation: "named", unitForgetBias: "boolean" },
    leading: ["units"],
    make: lstm,
  },
  gru: {
    types: { ...RECURRENT, recurrentActivation: "named", resetAfter: "boolean" },
    leading: ["units"],
    make: gru,
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
  const { types, leading = [], make } = LAYERS[kind]!;
  checkArguments(kind, args, { ...types, ...COMMON }, leading);
  const options = Object.entries(args).filter(([name]) => !leading.includes(name));
  return make(...leading.map((name) => args[name]), Object.fromEntries(options));
}

/** @throws ArgumentError for an unknown kind */
export function mergeFromSpec({ kind }: LayerSpec): Merge {
  if (!Object.hasOwn(MERGES, kind)) throw unknownName("merge layer", kind, Object.keys(MERGES));
  return MERGES[kind]!();
}
