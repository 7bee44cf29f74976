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

export {
  type CriticalOptions,
  type CriticalPoint,
  type CriticalPoints,
  criticalPointsOf,
  type LostSearch,
  type RandomStarts,
} from "./surfaces/critical-points.ts";
export { type Bend, bendOf, type Curvature, curvatureAt } from "./surfaces/curvature.ts";
export { type Eigen, eigenOf } from "./surfaces/eigen.ts";
export {
  type Objective,
  objectiveOf,
  type ParameterSlice,
  type ParameterVector,
  parameterVectorOf,
} from "./surfaces/objective.ts";
export {
  type DescentOptions,
  descentOn,
  type PathPoint,
  pathOn,
  type SurfacePath,
} from "./surfaces/paths.ts";
export {
  type DirectionOptions,
  planeOfDirections,
  planeOfParameters,
  planeOfTwo,
  type SurfacePlane,
} from "./surfaces/plane.ts";
export {
  type LossSurface,
  lossSurfaceOf,
  type Range,
  type SurfaceOptions,
} from "./surfaces/surface.ts";
