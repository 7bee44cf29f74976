// Read-only looks at models and graphs.

export { type Annotations, annotate } from "./annotate.ts";
export { type EdgeOptions, type Edges, edgesOf } from "./edges.ts";
