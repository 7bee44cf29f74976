// Programs as data: types, graphs, printing, and the checker.

export * from "../checks/errors.ts";
export { nearest, unknownName } from "../checks/nearest.ts";
export { checkGraph, type InferTypes } from "./check.ts";
export { toDot } from "./dot.ts";
export type { DataArray, DType } from "./dtype.ts";
export { type Graph, makeGraph, Node, Value } from "./graph.ts";
export { type GraphJSON, toJSON } from "./json/write.ts";
export type { Builder, OpName, OpParams } from "./op-table.ts";
export { type PrintOptions, print } from "./print.ts";
export { showType, type TensorType } from "./type.ts";
