// Read-only looks at models and graphs.

import "../tensor/methods.ts";

export { type Annotations, annotate } from "./graph/annotate.ts";
export { type EdgeOptions, type Edges, edgesOf } from "./graph/edges.ts";
export { type FeatureMaps, type Filters, featureMapsOf, filtersOf } from "./learnt/maps.ts";
export { activationsOf } from "./model/activations.ts";
export { type ClassReport, classReport, type Mistake, mistakesOf } from "./model/class-report.ts";
export {
  type DecisionSurface,
  decisionSurfaceOf,
  type PlaneWindow,
  windowOf,
} from "./model/decision-surface.ts";
export { labelsOf, type Predictions, predictionsOf, probabilitiesOf } from "./model/predictions.ts";
export { type FirstFault, firstFaultOf } from "./record/first-fault.ts";
export { timelineOfRun } from "./record/run-timeline.ts";
export { Timeline, type TimelineLogs, type TimelineOptions } from "./record/timeline.ts";
