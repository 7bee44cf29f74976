// The library's face: tensors, their functions, derivatives, compilation.

import "./runtime/interpreter/default-engine.ts";
import "./tensor/methods.ts";

export * from "./checks/errors.ts";
export { referenceEngine } from "./engines/reference/reference.ts";
export { createWasmEngine, type WasmOptions } from "./engines/wasm/index.ts";
export { toDot } from "./ir/dot.ts";
export type { DataArray, DType } from "./ir/dtype.ts";
export type { Graph } from "./ir/graph.ts";
export { type GraphJSON, toJSON } from "./ir/json/write.ts";
export { print } from "./ir/print.ts";
export { type Compiled, type CompileOptions, compile } from "./runtime/compiled/compile.ts";
export {
  type GradOptions,
  grad,
  hvp,
  jvp,
  valueAndGrad,
  vjp,
} from "./runtime/derivatives/autodiff.ts";
export { type BackwardOptions, backward } from "./runtime/derivatives/backward.ts";
export {
  customJvp,
  customVjp,
  type ForwardRule,
  type ReverseRule,
} from "./runtime/derivatives/custom.ts";
export { hessian, type JacobianOptions, jacobian } from "./runtime/derivatives/jacobian.ts";
export { engine, noGrad, scope, setEngine } from "./runtime/interpreter/current.ts";
export { graphOf } from "./runtime/interpreter/graph-of.ts";
export type { MappedAxes } from "./runtime/loops/axes.ts";
export { cond } from "./runtime/loops/cond.ts";
export { type ScanOptions, scan } from "./runtime/loops/scan.ts";
export { type VmapOptions, vmap } from "./runtime/loops/vmap.ts";
export { type WhileOptions, whileLoop } from "./runtime/loops/while.ts";
export { State } from "./runtime/state/state.ts";
export { Variable, type VariableOptions } from "./runtime/state/variable.ts";
export type { Nested } from "./runtime/values/nested.ts";
export { Tensor, type TensorJSON } from "./runtime/values/tensor.ts";
export { mapTree, type TreeFunction } from "./runtime/values/tree.ts";
export { meshgrid, repeat, roll } from "./tensor/arranging/roll.ts";
export * from "./tensor/arranging/running.ts";
export * from "./tensor/comparison.ts";
export { type BincountOptions, bincount } from "./tensor/counting/bincount.ts";
export type { FoundOptions } from "./tensor/counting/found.ts";
export { type BinOptions, histogram } from "./tensor/counting/histogram.ts";
export * from "./tensor/counting/nonzero.ts";
export * from "./tensor/counting/search.ts";
export * from "./tensor/counting/unique.ts";
export {
  arange,
  eye,
  fromData,
  full,
  linspace,
  oneHot,
  ones,
  onesLike,
  tensor,
  tensorFromJSON,
  variable,
  zeros,
  zerosLike,
} from "./tensor/create.ts";
export * as random from "./tensor/distributions/index.ts";
export { einsum } from "./tensor/einsum/einsum.ts";
export * from "./tensor/elementwise.ts";
export { scatterAdd, take, takeAlongAxis } from "./tensor/gather.ts";
export { at, type Index } from "./tensor/indexing.ts";
export * from "./tensor/joining.ts";
export * as linalg from "./tensor/linalg/index.ts";
export * from "./tensor/linear.ts";
export * from "./tensor/math/closeness.ts";
export * from "./tensor/math/trigonometry.ts";
export * from "./tensor/matrices/triangles.ts";
export * from "./tensor/movement.ts";
export { broadcastTo } from "./tensor/operands/broadcast.ts";
export * from "./tensor/reduce.ts";
export * from "./tensor/softmax.ts";
export * from "./tensor/sorting.ts";
export * from "./tensor/statistics/quantile.ts";
export * from "./tensor/updates/updates.ts";
export * from "./tensor/windows/convolution.ts";
export type { Padding } from "./tensor/windows/padding.ts";
export * from "./tensor/windows/pooling.ts";
export { graphFromJSON } from "./transforms/from-json.ts";
