// How each op's node is read from JSON: how many operands it has, and which parameters.

import type { Graph } from "../graph.ts";
import type { CustomParams, Inputs, OpName, OpParams } from "../op-table.ts";
import { dataFromJSON } from "./data.ts";
import {
  type Reader,
  readCount,
  readCounts,
  readDType,
  readFields,
  readFlag,
  readInnerGraph,
  readInteger,
  readIntegers,
  readObject,
  readOneOf,
  readPair,
  readPairs,
  readText,
  unexpected,
} from "./readers.ts";

interface Row<N extends OpName> {
  /** A number, or how parameters decide it; null for any number of operands. */
  readonly operands: number extends Inputs<N, unknown>["length"]
    ? ((params: OpParams<N>) => number) | null
    : Inputs<N, unknown>["length"];
  readonly params: Reader<OpParams<N>>;
}

const none: Reader<null> = (json, path) => {
  if (json === undefined) return null;
  throw unexpected(path, "no parameters", json);
};

const constant: Reader<OpParams<"constant">> = (json, path, readGraph) => {
  const object = readObject(json, path, ["dtype", "shape", "data"]);
  const type = {
    dtype: readDType(object.dtype, `${path}.dtype`, readGraph),
    shape: readCounts(object.shape, `${path}.shape`, readGraph),
  };
  return { ...type, data: dataFromJSON(object.data, `${path}.data`, type.dtype) };
};

const UNARY = { operands: 1, params: none } as const;
const SCATTER = { operands: 2, params: readFields({ size: readCount }) } as const;
const BINARY = { operands: 2, params: none } as const;
const TERNARY = { operands: 3, params: none } as const;
const AXES = { operands: 1, params: readFields({ axes: readIntegers }) } as const;
const SHAPE = { operands: 1, params: readFields({ shape: readCounts }) } as const;

const CONV = { strides: readPair, padding: readPairs, dilation: readPair, groups: readInteger };
const CONV_GRADIENT = { operands: 2, params: readFields({ ...CONV, size: readPair }) } as const;
const POOL = readFields({ window: readPair, strides: readPair, padding: readPairs });

const CUSTOM = readFields<CustomParams>({
  name: readText,
  body: readInnerGraph,
  rule: readFields({ mode: readOneOf("rule", ["jvp", "outputs", "vjp"]), graph: readInnerGraph }),
});
const arity = ({ body }: { readonly body: Graph }) => body.inputs.length;

export const NODE_READERS: { readonly [N in OpName]: Row<N> } = {
  constant: { operands: 0, params: constant },
  iota: { operands: 0, params: readFields({ length: readCount, dtype: readDType }) },
  randomBits: { operands: 2, params: readFields({ shape: readCounts }) },

  neg: UNARY,
  exp: UNARY,
  expm1: UNARY,
  log: UNARY,
  log1p: UNARY,
  sqrt: UNARY,
  sin: UNARY,
  cos: UNARY,
  tanh: UNARY,
  sigmoid: UNARY,
  erf: UNARY,
  tan: UNARY,
  asin: UNARY,
  acos: UNARY,
  atan: UNARY,
  sinh: UNARY,
  cosh: UNARY,
  asinh: UNARY,
  acosh: UNARY,
  atanh: UNARY,
  log2: UNARY,
  log10: UNARY,
  floor: UNARY,
  round: UNARY,
  not: UNARY,
  cast: { operands: 1, params: readFields({ dtype: readDType }) },
  stopGradient: UNARY,

  add: BINARY,
  sub: BINARY,
  mul: BINARY,
  div: BINARY,
  pow: BINARY,
  mod: BINARY,
  atan2: BINARY,
  max: BINARY,
  min: BINARY,
  eq: BINARY,
  lt: BINARY,
  and: BINARY,
  or: BINARY,
  where: TERNARY,

  reshape: SHAPE,
  transpose: { operands: 1, params: readFields({ perm: readIntegers }) },
  expand: SHAPE,
  pad: {
    operands: 1,
    params: readFields({ low: readIntegers, high: readIntegers, interior: readIntegers }),
  },
  slice: {
    operands: 1,
    params: readFields({ start: readIntegers, end: readIntegers, step: readIntegers }),
  },
  flip: AXES,
  concat: { operands: null, params: readFields({ axis: readInteger }) },

  sum: AXES,
  reduceMax: AXES,
  argmax: { operands: 1, params: readFields({ axis: readInteger }) },
  cumsum: { operands: 1, params: readFields({ axis: readInteger, reverse: readFlag }) },
  argsort: { operands: 1, params: readFields({ axis: readInteger, descending: readFlag }) },

  gather: BINARY,
  scatterAdd: SCATTER,
  scatterMax: SCATTER,

  matmul: BINARY,
  conv: { operands: 2, params: readFields(CONV) },
  convGradInput: CONV_GRADIENT,
  convGradKernel: CONV_GRADIENT,

  maxPool: { operands: 1, params: POOL },
  poolTake: { operands: 2, params: POOL },
  poolPut: { operands: 2, params: POOL },

  scan: {
    operands: arity,
    params: readFields({
      body: readInnerGraph,
      constants: readCount,
      carries: readCount,
      length: readCount,
      reverse: readFlag,
    }),
  },
  // [predicate, operands…]
  cond: {
    operands: ({ ifTrue }) => 1 + ifTrue.inputs.length,
    params: readFields({ ifTrue: readInnerGraph, ifFalse: readInnerGraph }),
  },
  whileLoop: {
    operands: arity,
    params: readFields({ condition: readInnerGraph, body: readInnerGraph, constants: readCount }),
  },
  custom: { operands: arity, params: CUSTOM },
  // [inputs…, outputs…, tangents…]
  customTangent: {
    operands: ({ body }) => 2 * body.inputs.length + body.outputs.length,
    params: CUSTOM,
  },
};
