// neurite train: learn from a data set by name, or carry out a specification.

import { join } from "node:path";
import type { Command } from "commander";
import { countExamples } from "neurite/data";
import { trainingRows } from "neurite/train";
import { FILES, openFolder, writeWhole } from "../files/output.ts";
import { addMachineOptions, addRankOptions, addRunOptions } from "../flags/options.ts";
import { joinRanks } from "../ranks/join.ts";
import { PATIENCE, type Ranks, rankPlace, threadsOf } from "../ranks/ranks.ts";
import { addRemedy, findingsOf, type JudgedOutcome } from "../runs/findings.ts";
import { follow } from "../runs/follow.ts";
import { tellJob, tellNothing } from "../runs/shared-job.ts";
import { type PlannedTraining, planTraining, type TrainFlags } from "../runs/train-plan.ts";
import {
  announceTraining,
  changeOfWay,
  closing,
  doneEvent,
  interrupted,
} from "../runs/train-text.ts";
import {
  type Prepared,
  prepareTraining,
  runTraining,
  type TrainingJob,
  type Watcher,
} from "../runs/training.ts";
import { tableFigures } from "../tables/figures.ts";
import { Stop } from "../terminal/interrupt.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { parseWhole } from "../terminal/options.ts";
import { barProgress, lineProgress, type Progress, SILENT } from "../terminal/progress.ts";

export function trainCommand(program: Command, io: Io): void {
  const command = program
    .command("train")
    .description(
      "Trains a network. The source is a data set, a table of your own (people.csv, with --target " +
        "income), or a specification in a .json file. " +
        "Data sets: mnist (digits), iris (flowers), xor (the four rows of the truth table); drawn in " +
        "the plane: quadrants, circles, moons, spirals, gaussians; of three classes, arms, blobs and " +
        "rings; and with values to learn, regressionPlane, regressionGaussian and regressionWaves.",
    )
    .argument("[source]", "data set, table or spec.json");
  addRunOptions(command);
  addRankOptions(addMachineOptions(command))
    .optionsGroup("What is kept and shown:")
    .option("--out <folder>", "save the run here: weights, specification, history, report")
    .option("--resume [folder]", "go on with an unfinished run (by default the one in --out)")
    .option(
      "--overwrite",
      "replace what --out holds: another run, or files of your own with a run's names",
    )
    .option(
      "--flow <n>",
      "with --out: measure how gradients flow every n steps, for inspect; 0 for never (by default so that " +
        "it costs little)",
      parseWhole,
    )
    .option("--find-rate", "train nothing: try rates from small to large, and suggest one")
    .option("--json", "print one JSON object an event on standard output")
    .option("-q, --quiet", "show no progress")
    .action((source: string | undefined, flags: TrainFlags) => train(io, source, flags));
}

async function train(io: Io, source: string | undefined, given: TrainFlags): Promise<void> {
  const { ranks: asked, rankTimeout: patience = PATIENCE, ...flags } = given;
  const place = rankPlace();
  if (place === null && (asked ?? 1) === 1) return await trainHere(io, source, flags, null);
  // The ranks that MPI has started join whatever follows; others are started once there is something to train.
  const training = place === null ? await planTraining(source, flags, io) : null;
  const ranks = (await joinRanks(place, asked, { patience }))!;
  const own = flags.threads ?? threadsOf(place ?? { local: ranks.size });
  if (ranks.rank > 0) return await follow(ranks, own);
  await trainHere(io, source, { ...flags, threads: own }, ranks, training);
}

async function trainHere(
  io: Io,
  source: string | undefined,
  flags: TrainFlags,
  ranks: Ranks | null,
  planned: PlannedTraining | null = null,
): Promise<void> {
  const started = performance.now();
  const plan = planned ?? (await planTraining(source, flags, io));
  const training = { ...plan, ...(ranks && { threads: flags.threads! }) };
  if (flags.findRate) {
    await suggestRate(io, await prepareTraining(training), flags);
    if (ranks) await tellNothing(ranks);
    return await ranks?.close();
  }
  const progress = makeProgress(io, flags, training);
  const prepared = await prepareTraining(training);
  const lock = training.folder === null ? null : await openFolder(training.folder);
  try {
    if (ranks) await tellJob(ranks, training);
    const watcher: Watcher = {
      callback: progress.callback,
      onStart: (model) => {
        announceTraining(io, flags, training, model, ranks);
        const change = changeOfWay(training, model);
        if (change !== null) io.stderr.write(`${change}\n`);
      },
      onEpoch: (row) => {
        progress.line(row);
        if (flags.json) printEvent(io, { event: "epoch", ...row, epoch: row.epoch + 1 });
      },
    };
    const outcome = await runTraining(prepared, watcher, ranks);
    await ranks?.close();
    // Where nobody is told of them they are not looked for.
    const isTold = training.folder !== null || !flags.quiet || flags.json;
    const judged: JudgedOutcome = {
      ...outcome,
      findings: isTold ? await findingsOf(outcome) : [],
      table: await tableFigures(outcome, isTold === true),
    };
    const report = await writeReport(training, judged);
    const seconds = (performance.now() - started) / 1000;
    if (flags.json) printEvent(io, doneEvent(training, judged, seconds, report));
    else printLines(io, ...closing(training, judged, seconds, report, flags));
  } catch (error) {
    if (error instanceof Stop) throw interrupted(training, error);
    await addRemedy(error, prepared);
    throw error;
  } finally {
    progress.stop();
    lock?.release();
  }
}

async function suggestRate(io: Io, prepared: Prepared, { json }: TrainFlags): Promise<void> {
  const { rangeOf, rangeTold } = await import("../runs/rate-finding.ts");
  const range = await rangeOf(prepared);
  if (json) return printEvent(io, { event: "rates", ...range });
  printLines(io, ...rangeTold(range));
}

function makeProgress(io: Io, { json, quiet }: TrainFlags, { spec, data }: TrainingJob): Progress {
  const tty = io.stderr.isTTY === true;
  const hidden = quiet || (json && (!tty || io.stdout.isTTY === true));
  if (hidden) return SILENT;
  const { epochs, validationSplit = 0 } = spec.training;
  const examples = trainingRows(countExamples(data.train), validationSplit);
  return (tty ? barProgress : lineProgress)({ io, epochs, examples });
}

/** The path of the report, or null where nothing is saved. */
async function writeReport(
  { folder }: TrainingJob,
  outcome: JudgedOutcome,
): Promise<string | null> {
  if (folder === null) return null;
  const { spec } = outcome;
  const [{ makeReport }, { tableSections }, { textSections }] = await Promise.all([
    import("../report/report.ts"),
    import("../table-report/sections.ts"),
    import("../texts/section.ts"),
  ]);
  const path = join(folder, FILES.report);
  const more = [...(await textSections(outcome)), ...(await tableSections(outcome))];
  await writeWhole(path, await makeReport(spec, outcome, folder, more));
  return path;
}
