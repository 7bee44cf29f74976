// The table of ops as everyone uses it: with graphs in the place of `G`.

import type { Graph } from "./graph.ts";
import type {
  CondParamsOf,
  CustomParamsOf,
  OpName,
  OpTable,
  ScanParamsOf,
  WhileParamsOf,
} from "./op-signatures.ts";

export type { ConvParams, OpName, Pair, PoolParams } from "./op-signatures.ts";

export type ScanParams = ScanParamsOf<Graph>;
export type CondParams = CondParamsOf<Graph>;
export type WhileParams = WhileParamsOf<Graph>;
export type CustomParams = CustomParamsOf<Graph>;

export type Inputs<N extends OpName, V> = OpTable<V, Graph>[N]["inputs"];
/** The parameters of an op; null for those that have none. */
export type OpParams<N extends OpName> = OpTable<unknown, Graph>[N]["params"];
/** `T` for ops with one result, `T[]` for those with several. */
export type Result<N extends OpName, T> = OpTable<unknown, Graph>[N]["many"] extends true ? T[] : T;

type ParamArguments<N extends OpName> = OpParams<N> extends null ? [] : [params: OpParams<N>];

/** One method an op: `o.add(a, b)`, `o.sum(x, { axes: [0] })`. Rules build through it. */
export type Builder<V> = {
  readonly [N in OpName]: (...args: [...Inputs<N, V>, ...ParamArguments<N>]) => Result<N, V>;
};
