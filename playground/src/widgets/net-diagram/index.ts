// The network as a drawing and as tables.

export type { DiagramLayer } from "./layout.ts";
export { unitName } from "./names.ts";
export { NetDiagram } from "./net-diagram.tsx";
export { exampleOf, NET_VIEWS, OVERLAYS, type Overlay, variablesOf } from "./numbers.ts";
export { unitMapOf } from "./paint-maps.ts";
export { WEIGHT_STEP, WeightTable } from "./weight-table.tsx";
