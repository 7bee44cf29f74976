// How far the Wasm engine's results may be from the ops' definitions.

import type { DType } from "../../ir/dtype.ts";
import type { OpName } from "../../ir/op-table.ts";

/** float32 functions and sums of products round more than once; all else is exact. */
const ROUNDED: ReadonlySet<OpName> = new Set([
  ...([
    "exp",
    "expm1",
    "log",
    "log1p",
    "sin",
    "cos",
    "tanh",
    "sigmoid",
    "erf",
    "log2",
    "log10",
    "atan",
    "tan",
  ] as const),
  ...(["matmul", "conv", "convGradInput", "convGradKernel", "scan"] as const),
]);

export function tolerance(op: OpName, dtype: DType): number {
  return dtype === "float32" && ROUNDED.has(op) ? 1e-6 : 0;
}
