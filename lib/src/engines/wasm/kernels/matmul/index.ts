// Matrix products.

export { emitMatmul } from "./emit.ts";
export { withKeptPanels } from "./kept.ts";
export { layoutOf } from "./layout.ts";
export {
  type MatmulSpec,
  matmulUnits,
  matmulWork,
} from "./spec.ts";
