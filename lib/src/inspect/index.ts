// Read-only looks at models and graphs.

import "../tensor/methods.ts";

export { activationsOf } from "./activations.ts";
export { type Annotations, annotate } from "./annotate.ts";
export { type EdgeOptions, type Edges, edgesOf } from "./edges.ts";
