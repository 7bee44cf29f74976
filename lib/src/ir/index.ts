// Programs as data: types, graphs, printing, and the checker.

export { checkGraph, type InferTypes } from "./check.ts";
export { toDot } from "./dot.ts";
export type { DataArray, DType } from "./dtype.ts";
export * from "./errors.ts";
export { type Graph, makeGraph, Node, Value } from "./graph.ts";
export { type GraphJSON, toJSON } from "./json.ts";
export { nearest, unknownName } from "./nearest.ts";
export type { Builder, OpName, Params } from "./op-table.ts";
export { type PrintOptions, print } from "./print.ts";
export { showType, type TensorType } from "./type.ts";
