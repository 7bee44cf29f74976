// Read-only looks at models and graphs.

import "../train/whole.ts";
import "../runtime/interpreter/default-engine.ts";
import "../tensor/methods.ts";

export * from "./expression/index.ts";
export { type GradientFlow, type GradientFlowOptions, gradientFlow } from "./gradients/flow.ts";
export { type FlowLayer, type FlowRow, flowRowsOf } from "./gradients/flow-row.ts";
export {
  angleOf,
  type Histogram,
  type HistogramOptions,
  histogramOf,
  type Moments,
  momentsOf,
  normOf,
} from "./gradients/numbers.ts";
export {
  FLAT,
  type GradientStatistics,
  type LayerStatistics,
  statisticsOf,
  steepestOf,
} from "./gradients/statistics.ts";
export { type EdgeOptions, type Edges, edgesOf } from "./graph/edges.ts";
export { type JacobianMatrix, localJacobians } from "./graph/slopes.ts";
export type {
  Finding,
  FindingId,
  FindingPlace,
  FindingSeverity,
  Remedy,
  RemedyId,
} from "./health/finding.ts";
export { type Health, type HealthOptions, healthOf } from "./health/health.ts";
export { faultOf, type RunFault } from "./health/observe.ts";
export { applyRemedy, changesOf } from "./health/remedies.ts";
export {
  type Trial,
  type TrialOptions,
  type TrialRun,
  type TriedRemedy,
  tryRemedies,
  type Verdict,
} from "./health/trial.ts";
export {
  type Calibration,
  type CalibrationBin,
  type CalibrationOptions,
  calibrationOf,
} from "./judgement/calibration.ts";
export {
  type ColumnImportance,
  type ImportanceOptions,
  type PermutationImportance,
  permutationImportance,
} from "./judgement/importance.ts";
export {
  type MissedOptions,
  type MissedRow,
  type Residuals,
  residualsOf,
} from "./judgement/residuals.ts";
export {
  type Damage,
  type DamagedAccuracy,
  type DamageOptions,
  damageOf,
} from "./learnt/damage.ts";
export {
  type WeightPictures,
  type WeightPicturesOptions,
  weightPicturesOf,
} from "./learnt/first-weights.ts";
export { type HiddenSpace, type HiddenSpaceOptions, hiddenSpaceOf } from "./learnt/hidden-space.ts";
export { type FeatureMaps, type Filters, featureMapsOf, filtersOf } from "./learnt/maps.ts";
export { type MaximisedInput, type MaximiseOptions, maximiseUnits } from "./learnt/maximise.ts";
export { type OcclusionMap, type OcclusionOptions, occlusionOf } from "./learnt/occlusion.ts";
export type { PictureShape } from "./learnt/picture-shape.ts";
export {
  gaussiansPosterior,
  type PosteriorGap,
  type PosteriorOptions,
  posteriorGapOf,
} from "./learnt/posterior.ts";
export {
  type PointCloud,
  type PrincipalAxis,
  type Projection,
  principalAxesOf,
} from "./learnt/principal-axes.ts";
export {
  type PictureWindow,
  type ReceptiveField,
  receptiveFieldOf,
} from "./learnt/receptive-field.ts";
export { type SeparatingLine, separatingLineOf } from "./learnt/separating-line.ts";
export {
  type Patch,
  type StrongestOptions,
  strongestOf,
  type UnitResponse,
  type UnitResponses,
} from "./learnt/strongest.ts";
export { type Twins, type TwinsOptions, twinsOf } from "./learnt/twins.ts";
export { activationsOf } from "./model/activations.ts";
export {
  type Backpropagation,
  backpropagationOf,
  type LayerErrors,
} from "./model/backpropagation.ts";
export { type ClassReport, classReport, type Mistake, mistakesOf } from "./model/class-report.ts";
export {
  type DecisionSurface,
  decisionSurfaceOf,
  type PlaneWindow,
  windowOf,
} from "./model/decision-surface.ts";
export {
  type Diagram,
  type DiagramConnection,
  type DiagramLayer,
  diagramOf,
} from "./model/diagram.ts";
export { equationsOf, type LayerEquations } from "./model/equations.ts";
export { type EvaluatedPredictions, evaluationOf } from "./model/evaluation.ts";
export {
  deviationOf,
  type PartialDerivatives,
  type PartialsOptions,
  partialDerivativesOf,
} from "./model/partial-derivatives.ts";
export {
  labelsOf,
  outputShares,
  type Predictions,
  predictionsOf,
  probabilitiesOf,
} from "./model/predictions.ts";
export { type FirstFault, firstFaultOf } from "./record/first-fault.ts";
export { loadTimeline } from "./record/load-timeline.ts";
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
export {
  type Bend,
  bendOf,
  type Curvature,
  curvatureAt,
  curvatureLook,
} from "./surfaces/curvature.ts";
export { type Eigen, eigenOf } from "./surfaces/eigen.ts";
export { expressionObjective } from "./surfaces/expression-objective.ts";
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
  descentsOn,
  type PathPoint,
  pathOn,
  type SurfacePath,
} from "./surfaces/paths.ts";
export {
  type DirectionOptions,
  type PathPlane,
  planeOfDirections,
  planeOfParameters,
  planeOfPath,
  planeOfTwo,
  type SurfacePlane,
} from "./surfaces/plane.ts";
export {
  type LossSurface,
  lossSurfaceOf,
  type Range,
  restrictedTo,
  type SurfaceOptions,
} from "./surfaces/surface.ts";
export * from "./tables/index.ts";
export {
  type Approximated,
  type ApproximateOptions,
  type Approximation,
  approximate,
  type DeviationOfPieces,
  deviationsByPieces,
} from "./universality/approximate.ts";
export {
  type BuiltOf,
  type Construction,
  type ConstructOptions,
  constructNetwork,
  type RealFunction,
} from "./universality/construct.ts";
export { type AverageDeviation, averageDeviationOf } from "./universality/deviation.ts";
export {
  type ConvolutionCell,
  type ConvolutionCellOptions,
  convolutionCellOf,
} from "./window/cell.ts";
export {
  type PoolingCell,
  type PoolingCellOptions,
  poolingCellOf,
  type ShiftOptions,
  type ShiftReport,
  shiftReportOf,
  type Unchanged,
} from "./window/pooling.ts";
export {
  type SharedWeights,
  type SharedWeightsOptions,
  sharedWeightsOf,
} from "./window/shared-weights.ts";
