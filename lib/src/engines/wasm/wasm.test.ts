// The Wasm engine keeps the contract: float64 to the bit, float32 within rounding.

import type { DType } from "../../ir/dtype.ts";
import type { OpName } from "../../ir/op-table.ts";
import { conformance } from "../conformance.testing.ts";
import { createWasmEngine } from "./wasm.ts";

/** Functions and sums of products in float32 round more than once; all else is exact. */
function tolerance(_op: OpName, dtype: DType): number {
  return dtype === "float32" ? 1e-6 : 0;
}

conformance(createWasmEngine(), { tolerance });
conformance(createWasmEngine({ deterministic: true }), { tolerance });
