// Matrix products.

export { emitMatmul, matmulScratch } from "./emit.ts";
export { type MatmulSpec, matmulUnits, matmulWork } from "./spec.ts";
