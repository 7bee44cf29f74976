// Matrix products.

export { emitMatmul } from "./emit.ts";
export { panelsForTurns, withKeptPanels } from "./kept.ts";
export { layoutOf } from "./layout.ts";
export { emitAllPanels, measurePanels } from "./pack.ts";
export {
  type MatmulSpec,
  matmulUnits,
  matmulWork,
} from "./spec.ts";
