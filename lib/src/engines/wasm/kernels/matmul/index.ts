// Matrix products.

export { emitMatmul } from "./emit.ts";
export { layoutOf } from "./layout.ts";
export {
  type MatmulSpec,
  matmulUnits,
  matmulWork,
} from "./spec.ts";
