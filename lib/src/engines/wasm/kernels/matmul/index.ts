// Matrix products.

export { emitMatmul } from "./emit.ts";
export { matmulScratch } from "./layout.ts";
export {
  type MatmulSpec,
  matmulUnits,
  matmulWork,
} from "./spec.ts";
