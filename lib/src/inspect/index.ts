// Read-only looks at models and graphs.

import "../tensor/methods.ts";

export { activationsOf } from "./activations.ts";
export { type Annotations, annotate } from "./annotate.ts";
export { type ClassReport, classReport, type Mistake, mistakesOf } from "./class-report.ts";
export { type EdgeOptions, type Edges, edgesOf } from "./edges.ts";
export { type FeatureMaps, type Filters, featureMapsOf, filtersOf } from "./maps.ts";
export { labelsOf, type Predictions, predictionsOf, probabilitiesOf } from "./predictions.ts";
export {
  type DecisionSurface,
  decisionSurfaceOf,
  type PlaneWindow,
  windowOf,
} from "./surface.ts";
