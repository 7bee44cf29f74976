// How each op's node is read from JSON: how many operands it has, and which parameters.

import type { Graph } from "../graph.ts";
import type { CustomParams, Inputs, OpName, OpParams } from "../op-table.ts";
import { dataFromJSON } from "./data.ts";
import {
  count,
  counts,
  dtype,
  fields,
  flag,
  graph,
  integer,
  integers,
  oneOf,
  pair,
  pairs,
  type Reader,
  readObject,
  refuse,
  text,
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
  throw refuse(path, "no parameters", json);
};

const constant: Reader<OpParams<"constant">> = (json, path, readGraph) => {
  const object = readObject(json, path, ["dtype", "shape", "data"]);
  const type = {
    dtype: dtype(object.dtype, `${path}.dtype`, readGraph),
    shape: counts(object.shape, `${path}.shape`, readGraph),
  };
  return { ...type, data: dataFromJSON(object.data, `${path}.data`, type.dtype) };
};

const UNARY = { operands: 1, params: none } as const;
const BINARY = { operands: 2, params: none } as const;
const TERNARY = { operands: 3, params: none } as const;
const AXES = { operands: 1, params: fields({ axes: integers }) } as const;
const SHAPE = { operands: 1, params: fields({ shape: counts }) } as const;

const CONV = { strides: pair, padding: pairs, dilation: pair, groups: integer };
const CONV_GRADIENT = { operands: 2, params: fields({ ...CONV, size: pair }) } as const;
const POOL = fields({ window: pair, strides: pair, padding: pairs });

const CUSTOM = fields<CustomParams>({
  name: text,
  body: graph,
  rule: fields({ mode: oneOf("rule", ["jvp", "vjp"]), graph }),
});
const arity = ({ body }: { readonly body: Graph }) => body.inputs.length;

export const NODE_READERS: { readonly [N in OpName]: Row<N> } = {
  constant: { operands: 0, params: constant },
  iota: { operands: 0, params: fields({ length: count, dtype }) },
  randomBits: { operands: 2, params: fields({ shape: counts }) },

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
  floor: UNARY,
  round: UNARY,
  not: UNARY,
  cast: { operands: 1, params: fields({ dtype }) },
  stopGradient: UNARY,

  add: BINARY,
  sub: BINARY,
  mul: BINARY,
  div: BINARY,
  pow: BINARY,
  mod: BINARY,
  max: BINARY,
  min: BINARY,
  eq: BINARY,
  lt: BINARY,
  and: BINARY,
  or: BINARY,
  where: TERNARY,

  reshape: SHAPE,
  transpose: { operands: 1, params: fields({ perm: integers }) },
  expand: SHAPE,
  pad: { operands: 1, params: fields({ low: integers, high: integers, interior: integers }) },
  slice: { operands: 1, params: fields({ start: integers, end: integers, step: integers }) },
  flip: AXES,
  concat: { operands: null, params: fields({ axis: integer }) },

  sum: AXES,
  reduceMax: AXES,
  argmax: { operands: 1, params: fields({ axis: integer }) },
  cumsum: { operands: 1, params: fields({ axis: integer, reverse: flag }) },
  argsort: { operands: 1, params: fields({ axis: integer, descending: flag }) },

  gather: BINARY,
  scatterAdd: { operands: 2, params: fields({ size: count }) },

  matmul: BINARY,
  conv: { operands: 2, params: fields(CONV) },
  convGradInput: CONV_GRADIENT,
  convGradKernel: CONV_GRADIENT,

  maxPool: { operands: 1, params: POOL },
  poolTake: { operands: 2, params: POOL },
  poolPut: { operands: 2, params: POOL },

  scan: {
    operands: arity,
    params: fields({
      body: graph,
      constants: count,
      carries: count,
      length: count,
      reverse: flag,
    }),
  },
  custom: { operands: arity, params: CUSTOM },
  // [inputs…, outputs…, tangents…]
  customTangent: {
    operands: ({ body }) => 2 * body.inputs.length + body.outputs.length,
    params: CUSTOM,
  },
};
