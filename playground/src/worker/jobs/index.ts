// Jobs by name. Each is a chunk of its own, loaded when it is first asked for.

import type { JobName, Jobs, PartOf } from "../../protocol/index.ts";
import type { LiveRun } from "../run/live-run.ts";
import type { Job } from "./job.ts";

/** A job that has no row is a compile error. */
const JOBS: { readonly [K in JobName]: () => Promise<Job<K>> } = {
  activation: async () => (await import("./curves/activation.ts")).activation,
  activationCurve: async () => (await import("./activation-curve.ts")).activationCurve,
  exportRun: async () => (await import("./export-run.ts")).exportRun,
  openCheckpoint: async () => (await import("./open-checkpoint.ts")).openCheckpoint,
  lesson: async () => (await import("./lesson.ts")).lesson,
  differences: async () => (await import("./curves/differences.ts")).differences,
  graphLayout: async () => (await import("./graph-layout.ts")).graphLayout,
  landscape: async () => (await import("./landscape/landscape.ts")).landscape,
  loss: async () => (await import("./curves/loss.ts")).loss,
  softmax: async () => (await import("./curves/softmax.ts")).softmax,
  remedies: async () => (await import("./remedies.ts")).remedies,
  unfold: async () => (await import("./unfold/unfold.ts")).unfold,
  matrices: async () => (await import("./unfold/matrices.ts")).matrices,
  slopeCheck: async () => (await import("./unfold/slope-check.ts")).slopeCheck,
  equations: async () => (await import("./unfold/equations.ts")).equations,
  mazur: async () => (await import("./unfold/mazur.ts")).mazurSchemes,
  passCount: async () => (await import("./unfold/pass-count.ts")).passCount,
  program: async () => (await import("./program/program.ts")).program,
  programTimes: async () => (await import("./program/program-times.ts")).programTimes,
  stepProgram: async () => (await import("./program/step-program.ts")).stepProgram,
  branch: async () => (await import("./program/branch.ts")).branch,
  checkFormula: async () => (await import("./check-formula.ts")).checkFormula,
  race: async () => (await import("./race.ts")).race,
  snapshot: async () => (await import("./snapshot.ts")).snapshot,
  point: async () => (await import("./point.ts")).point,
};

export async function runJob<K extends JobName>(
  name: K,
  asks: Jobs[K]["asks"],
  live: LiveRun | null,
  tell?: (part: PartOf<K>) => void,
): Promise<Jobs[K]["gives"]> {
  const job = await JOBS[name]();
  return await job(asks, live, tell);
}
