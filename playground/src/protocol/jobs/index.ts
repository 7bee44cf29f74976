// Jobs: questions with one answer, beside the training. Each has a file here and one in worker/jobs.

import type { ActivationCurveJob } from "./activation-curve.ts";
import type { CheckFormulaJob } from "./check-formula.ts";
import type { ActivationJob, DifferencesJob, LossJob, SoftmaxJob } from "./curves.ts";
import type { ExportRunJob, OpenCheckpointJob } from "./files.ts";
import type { GraphLayoutJob } from "./graph-layout.ts";
import type { LandscapeJob } from "./landscape.ts";
import type { LessonJob } from "./lesson.ts";
import type { PointJob } from "./point.ts";
import type { BranchJob, ProgramJob, ProgramTimesJob, StepProgramJob } from "./program.ts";
import type { RaceJob } from "./race.ts";
import type { RemediesJob } from "./remedies.ts";
import type { SnapshotJob } from "./snapshot.ts";
import type {
  EquationsJob,
  MatricesJob,
  MazurJob,
  PassCountJob,
  SlopeCheckJob,
  UnfoldJob,
} from "./unfold.ts";

/** A job with what it is asked and what it gives. */
export interface Jobs {
  activation: ActivationJob;
  activationCurve: ActivationCurveJob;
  checkFormula: CheckFormulaJob;
  differences: DifferencesJob;
  exportRun: ExportRunJob;
  graphLayout: GraphLayoutJob;
  landscape: LandscapeJob;
  lesson: LessonJob;
  loss: LossJob;
  openCheckpoint: OpenCheckpointJob;
  point: PointJob;
  race: RaceJob;
  remedies: RemediesJob;
  snapshot: SnapshotJob;
  softmax: SoftmaxJob;
  unfold: UnfoldJob;
  matrices: MatricesJob;
  slopeCheck: SlopeCheckJob;
  equations: EquationsJob;
  mazur: MazurJob;
  passCount: PassCountJob;
  program: ProgramJob;
  programTimes: ProgramTimesJob;
  stepProgram: StepProgramJob;
  branch: BranchJob;
}

export type JobName = keyof Jobs;
/** What a job tells while it goes on; most tell nothing. */
export type PartOf<K extends JobName> = Jobs[K] extends { readonly tells: infer T } ? T : never;
export type * from "./curves.ts";
export type { ExportFormat } from "./files.ts";
export type * from "./landscape.ts";
export type { RaceRow, Runner } from "./race.ts";
