// Every primitive: its name, its operands and its parameters. Adding a name here makes `tsc` ask for
// the op's block in ops/ and for its row in every engine. `V` is what flows, graph values or tensors;
// `G` a graph inside an op: graph.ts is written in terms of this table, so it cannot be named here.

import type { DataArray, DType } from "./dtype.ts";
import type { Shape } from "./shape.ts";

/** One primitive: operands, parameters, and whether it has one result or a list of them. */
export interface OpSignature<
  Inputs extends readonly unknown[],
  P = null,
  Many extends boolean = false,
> {
  readonly inputs: Inputs;
  readonly params: P;
  readonly many: Many;
}

type Unary<V, P = null> = OpSignature<[x: V], P>;
type Binary<V, P = null> = OpSignature<[a: V, b: V], P>;

/** Low and high padding of one axis, or height and width of something. */
export type Pair = readonly [number, number];

/** Geometry of a convolution over NHWC images with [height, width, channels in / groups, out] kernels. */
export interface ConvParams {
  readonly strides: Pair;
  readonly padding: readonly [Pair, Pair];
  readonly dilation: Pair;
  readonly groups: number;
}

/** Geometry of a pooling window over NHWC images. Padding never wins a maximum. */
export interface PoolParams {
  readonly window: Pair;
  readonly strides: Pair;
  readonly padding: readonly [Pair, Pair];
}

/** Inputs of a scan are [constants…, carries…, sequences…]; so are its body's, one slice at a time. */
export interface ScanParamsOf<G> {
  readonly body: G;
  readonly constants: number;
  readonly carries: number;
  readonly length: number;
  readonly reverse: boolean;
}

/** Inputs of a cond are [predicate, operands…]; each branch maps the operands to the results. */
export interface CondParamsOf<G> {
  readonly ifTrue: G;
  readonly ifFalse: G;
}

/** Inputs of a whileLoop are [constants…, carries…]; so are those of its condition and its body. */
export interface WhileParamsOf<G> {
  readonly condition: G;
  readonly body: G;
  readonly constants: number;
}

/**
 * What the graph of a rule maps to what: "jvp" [inputs…, tangents…] to the outputs' tangents; "outputs"
 * [inputs…, outputs…, tangents…] to the same; "vjp" [inputs…, outputs…, cotangents…] to the inputs' cotangents.
 */
export type RuleMode = "jvp" | "outputs" | "vjp";

/** A function with a derivative of its own; see ops/custom.ts. */
export interface CustomParamsOf<G> {
  readonly name: string;
  readonly body: G;
  readonly rule: { readonly mode: RuleMode; readonly graph: G };
}

export interface OpTable<V, G> {
  // leaves
  constant: OpSignature<
    [],
    { readonly data: DataArray; readonly dtype: DType; readonly shape: Shape }
  >;
  iota: OpSignature<[], { readonly length: number; readonly dtype: DType }>;
  randomBits: OpSignature<[key: V, stream: V], { readonly shape: Shape }>;

  // one operand, element by element
  neg: Unary<V>;
  exp: Unary<V>;
  expm1: Unary<V>;
  log: Unary<V>;
  log1p: Unary<V>;
  sqrt: Unary<V>;
  sin: Unary<V>;
  cos: Unary<V>;
  tanh: Unary<V>;
  sigmoid: Unary<V>;
  erf: Unary<V>;
  tan: Unary<V>;
  asin: Unary<V>;
  acos: Unary<V>;
  atan: Unary<V>;
  sinh: Unary<V>;
  cosh: Unary<V>;
  asinh: Unary<V>;
  acosh: Unary<V>;
  atanh: Unary<V>;
  log2: Unary<V>;
  log10: Unary<V>;
  floor: Unary<V>;
  round: Unary<V>;
  not: Unary<V>;
  cast: Unary<V, { readonly dtype: DType }>;
  stopGradient: Unary<V>;

  // two or three operands, element by element
  add: Binary<V>;
  sub: Binary<V>;
  mul: Binary<V>;
  div: Binary<V>;
  pow: Binary<V>;
  mod: Binary<V>;
  atan2: Binary<V>;
  max: Binary<V>;
  min: Binary<V>;
  eq: Binary<V>;
  lt: Binary<V>;
  and: Binary<V>;
  or: Binary<V>;
  where: OpSignature<[condition: V, a: V, b: V]>;

  // movement: the same numbers in other places
  reshape: Unary<V, { readonly shape: Shape }>;
  transpose: Unary<V, { readonly perm: readonly number[] }>;
  expand: Unary<V, { readonly shape: Shape }>;
  pad: Unary<
    V,
    {
      readonly low: readonly number[];
      readonly high: readonly number[];
      readonly interior: readonly number[];
    }
  >;
  slice: Unary<
    V,
    {
      readonly start: readonly number[];
      readonly end: readonly number[];
      readonly step: readonly number[];
    }
  >;
  flip: Unary<V, { readonly axes: readonly number[] }>;
  concat: OpSignature<V[], { readonly axis: number }>;

  // along axes
  sum: Unary<V, { readonly axes: readonly number[] }>;
  reduceMax: Unary<V, { readonly axes: readonly number[] }>;
  argmax: Unary<V, { readonly axis: number }>;
  cumsum: Unary<V, { readonly axis: number; readonly reverse: boolean }>;
  argsort: Unary<V, { readonly axis: number; readonly descending: boolean }>;

  // by index
  gather: OpSignature<[x: V, indices: V]>;
  scatterAdd: OpSignature<[indices: V, updates: V], { readonly size: number }>;
  scatterMax: OpSignature<[indices: V, updates: V], { readonly size: number }>;

  // contractions
  matmul: Binary<V>;
  conv: OpSignature<[x: V, kernel: V], ConvParams>;
  convGradInput: OpSignature<[dy: V, kernel: V], ConvParams & { readonly size: Pair }>;
  convGradKernel: OpSignature<[x: V, dy: V], ConvParams & { readonly size: Pair }>;

  // windows
  maxPool: Unary<V, PoolParams>;
  poolTake: OpSignature<[dx: V, x: V], PoolParams>;
  poolPut: OpSignature<[dy: V, x: V], PoolParams>;

  // graphs within the graph
  scan: OpSignature<V[], ScanParamsOf<G>, true>;
  cond: OpSignature<V[], CondParamsOf<G>, true>;
  whileLoop: OpSignature<V[], WhileParamsOf<G>, true>;
  custom: OpSignature<V[], CustomParamsOf<G>, true>;
  customTangent: OpSignature<V[], CustomParamsOf<G>, true>;
}

/** The primitives by name. */
export type OpName = keyof OpTable<unknown, unknown>;
