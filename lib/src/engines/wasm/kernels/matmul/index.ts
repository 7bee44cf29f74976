// Matrix products.

export { emitMatmul } from "./emit.ts";
export { matmulScratch } from "./layout.ts";
export {
  type ColumnGroup,
  columnGroups,
  type MatmulSpec,
  matmulUnits,
  matmulWork,
} from "./spec.ts";
