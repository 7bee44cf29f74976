// The controls of the network page, a panel for each of its places.

export { DataPanel } from "./data-panel.tsx";
export { LayersPanel } from "./layers-panel.tsx";
export { ShelfPanel } from "./shelf-panel.tsx";
export { TrainingPanel } from "./training-panel.tsx";
