// What a run of neurite train is to do: a new one, or one to go on with.

import type { FileKind } from "neurite/spec";
import { parseRunSpec, type RunSpec } from "neurite/train";
import { expectFree, isSameSpec, stampOf } from "../files/out-folder.ts";
import { applyFlags } from "../flags/apply.ts";
import { flagsGiven, type RunFlags } from "../flags/flags.ts";
import { expectFlagsFor, kindOfSource } from "../sources/kind.ts";
import { loadSource } from "../sources/load.ts";
import { UsageError } from "../terminal/failures.ts";
import type { Io } from "../terminal/io.ts";
import { findRun, readRun } from "./run-folder.ts";
import { expectNoPreset, readSpecSource } from "./spec-source.ts";
import type { TrainingJob } from "./training.ts";

/** The flags of neurite train. */
export interface TrainFlags extends RunFlags {
  readonly preset?: string;
  readonly out?: string;
  readonly resume?: string | true;
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly flow?: number;
  readonly findRate?: boolean;
  /** Processes to start. */
  readonly ranks?: number;
  /** Seconds that they wait for each other. */
  readonly rankTimeout?: number;
}

/** The job, and the source by which the user named it. */
export type PlannedTraining = TrainingJob & { readonly source: string };

/** @throws UsageError for a source, or a folder to go on in, that is not there */
export async function planTraining(
  named: string | undefined,
  flags: TrainFlags,
  io: Io,
): Promise<PlannedTraining> {
  const source = named ?? flags.images;
  if (source === undefined) expectNoPreset(flags.preset, "none was named");
  if (flags.findRate && (flags.out ?? flags.resume) !== undefined) {
    throw new UsageError("--find-rate: it trains nothing, so that --out and --resume mean nothing");
  }
  if (flags.resume !== undefined) return planResume(source, flags, io);
  if (source === undefined) {
    throw new UsageError(
      "train: expected a data set, data of your own or a specification, as in: neurite train mnist",
    );
  }
  return planNew(source, flags);
}

type Plan = Pick<TrainingJob, "spec" | "data">;

/** Makers of runs on data of one's own, each fetched when it is asked for. */
const PLANNERS: Readonly<Record<FileKind, (source: string, flags: RunFlags) => Promise<Plan>>> = {
  table: async (path, flags) => (await import("../tables/plan.ts")).planTable(path, flags),
  pictures: async (path, flags) =>
    (await import("../own/plan-pictures.ts")).planPictures(path, flags),
  arrays: async (path, flags) => (await import("../own/plan-arrays.ts")).planArrays(path, flags),
  text: async (path, flags) => (await import("../own/plan-text.ts")).planText(path, flags),
};

/** What a source and flags ask for: the specification of a run, and the data that it is trained on. */
export async function planRun(
  source: string,
  flags: RunFlags & Pick<TrainFlags, "preset">,
): Promise<Plan> {
  const kind = await kindOfSource(source, flags);
  expectFlagsFor(source, kind, flags);
  if (kind !== null) {
    expectNoPreset(flags.preset, `${source} is data of your own`);
    return await PLANNERS[kind](source, flags);
  }
  const spec = parseRunSpec(applyFlags(await readSpecSource(source, flags.preset), flags));
  return { spec, data: await loadSource(spec.data, spec) };
}

async function planNew(source: string, flags: TrainFlags): Promise<PlannedTraining> {
  const { spec, data } = await planRun(source, flags);
  const folder = flags.out ?? null;
  const stamp = folder === null ? "" : await stampOf(folder);
  if (folder !== null && !flags.overwrite) await expectFree(folder, spec);
  const { threads = "auto" } = flags;
  return {
    source,
    spec,
    threads,
    data,
    folder,
    stamp,
    checkpoint: null,
    flowEvery: flags.flow ?? null,
  };
}

async function planResume(
  source: string | undefined,
  flags: TrainFlags,
  io: Io,
): Promise<PlannedTraining> {
  const folder = typeof flags.resume === "string" ? flags.resume : flags.out;
  if (folder === undefined) {
    throw new UsageError("--resume: expected the folder of a run, as in: --resume runs/mnist");
  }
  if (flags.out !== undefined && flags.out !== folder) {
    throw new UsageError("--resume goes on in the same folder; leave --out away");
  }
  const stamp = await stampOf(folder);
  const run = source === undefined ? await readRun(folder) : await findRun(folder);
  if (!run) {
    if (!flags.quiet && !flags.json) io.stderr.write(`Nothing to resume in ${folder}: starting.\n`);
    return await planNew(source!, { ...flags, out: folder });
  }
  const { epochs } = flags;
  const spec =
    epochs === undefined
      ? run.spec
      : parseRunSpec({ ...run.spec, training: { ...run.spec.training, epochs } });
  await expectSame(spec, source, flags);
  return {
    source: source ?? spec.data.name,
    spec,
    threads: flags.threads ?? "auto",
    data: await loadSource(spec.data, spec),
    folder,
    stamp,
    checkpoint: run.checkpoint,
    flowEvery: flags.flow ?? null,
  };
}

async function wantedAgain(
  spec: RunSpec,
  source: string | undefined,
  flags: RunFlags & Pick<TrainFlags, "preset">,
): Promise<RunSpec> {
  const kind = source === undefined ? null : await kindOfSource(source, flags);
  if (kind !== null) return (await planRun(source!, flags)).spec;
  expectFlagsFor(source ?? "the run", null, flags);
  const base = source === undefined ? spec : await readSpecSource(source, flags.preset);
  return parseRunSpec(applyFlags(base, flags));
}

/** A resumed run keeps its specification; flags may repeat it, but change only the number of epochs. */
async function expectSame(
  spec: RunSpec,
  source: string | undefined,
  flags: TrainFlags,
): Promise<void> {
  const { out: _o, resume: _r, json: _j, quiet: _q, overwrite: _w, flow: _f, ...run } = flags;
  const wanted = await wantedAgain(spec, source, { ...run, epochs: spec.training.epochs });
  if (isSameSpec(wanted, spec)) return;
  const { epochs: _e, threads: _t, ...changes } = run;
  const named = flagsGiven(changes).join(", ") || "the source";
  throw new UsageError(
    `--resume goes on with the run as it was: only --epochs may change, but ${named} would`,
  );
}
