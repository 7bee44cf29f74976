// neurite train: learn from a data set by name, or carry out a specification.

import { join } from "node:path";
import { type Command, Option } from "commander";
import { countExamples, loadData, type NamedDataset } from "neurite/data";
import { NODE_DATA } from "neurite/data/node";
import { type Model, parseRunSpec, type RunSpec, trainingRows } from "neurite/train";
import { expectFree, isSameSpec, stampOf } from "../files/out-folder.ts";
import { FILES, openFolder, writeWhole } from "../files/output.ts";
import { otherWay } from "../runs/other-ways.ts";
import { findRun, readRun } from "../runs/run-folder.ts";
import { expectNoPreset, readSpecSource } from "../runs/spec-source.ts";
import {
  countParameters,
  type Outcome,
  prepareTraining,
  runTraining,
  type TrainingJob,
  trainingSeconds,
} from "../runs/training.ts";
import { Interrupted, UsageError } from "../terminal/failures.ts";
import { Stop } from "../terminal/interrupt.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { commandName, percent, plural } from "../terminal/names.ts";
import {
  applyFlags,
  flagsGiven,
  parseAbove0,
  parseAtLeast0,
  parseCount,
  parseShare,
  parseSizes,
  parseWhole,
  type RunFlags,
} from "../terminal/options.ts";
import { barProgress, clock, lineProgress, type Progress, SILENT } from "../terminal/progress.ts";
import { v8Flags, vectorsLine } from "../terminal/v8-flags.ts";

interface TrainFlags extends RunFlags {
  readonly preset?: string;
  readonly out?: string;
  readonly resume?: string | true;
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly flow?: number;
}

export function trainCommand(program: Command, io: Io): void {
  program
    .command("train")
    .description(
      "Trains a network. The source is a data set or a specification in a .json file. " +
        "Data sets: mnist (digits), iris (flowers), xor (the four rows of the truth table); drawn in " +
        "the plane: quadrants, circles, moons, spirals, gaussians, and with values to learn, " +
        "regressionPlane and regressionGaussian.",
    )
    .argument("[source]", "data set or spec.json")
    .option("--preset <name>", "another run for the data set; mnist has conv")
    .option("--epochs <n>", "passes over the training examples", parseWhole)
    .option("--batch-size <n>", "examples in a step", parseCount)
    .option("--learning-rate <rate>", "length of a step", parseAbove0)
    .option("--optimizer <name>", "sgd, adam, adamW, rmsProp or adagrad")
    .option("--hidden <sizes>", 'hidden layers, as in "100,50"; "none" for none', parseSizes)
    .option("--activation <name>", "of the hidden layers: relu, tanh, sigmoid, ...")
    .option("--loss <name>", "what is minimised: crossEntropy, quadratic, ...")
    .option("--l2 <lambda>", "penalty lambda * sum w^2 on the weights", parseAtLeast0)
    .option("--dropout <p>", "share of hidden outputs dropped in training", parseShare)
    .option("--seed <n>", "start of all random numbers", parseWhole)
    .option("--train <n>", "use only the first n training examples", parseCount)
    .option("--test <n>", "use only the first n test examples", parseCount)
    .option("--samples <n>", "how many points to draw, for sets in the plane", parseCount)
    .option(
      "--noise <level>",
      "how far points or labels stray, for sets in the plane: 0 for none, 0.5 is much",
      parseAtLeast0,
    )
    .option("--engine <name>", "what computes: wasm (default) or reference")
    .option(
      "--threads <n>",
      "how many threads compute, 1 to 64 (by default one a processor, at most 8)",
      parseCount,
    )
    .option(
      "--flow <n>",
      "with --out: measure how gradients flow every n steps, for inspect; 0 for never (by default so that " +
        "it costs little)",
      parseWhole,
    )
    .option("--out <folder>", "save the run here: weights, specification, history, report")
    .option("--resume [folder]", "go on with an unfinished run (by default the one in --out)")
    .option(
      "--overwrite",
      "replace what --out holds: another run, or files of your own with a run's names",
    )
    .option("--json", "print one JSON object an event on standard output")
    .addOption(new Option("-q, --quiet", "show no progress"))
    .action((source: string | undefined, flags: TrainFlags) => train(io, source, flags));
}

async function train(io: Io, source: string | undefined, flags: TrainFlags): Promise<void> {
  const started = performance.now();
  const training = await plan(source, flags, io);
  const progress = makeProgress(io, flags, training);
  const prepared = await prepareTraining(training);
  const lock = training.folder === null ? null : await openFolder(training.folder);
  try {
    const outcome = await runTraining(prepared, {
      callback: progress.callback,
      onStart: (model) => {
        announce(io, flags, training, model);
        const change = changeOfWay(training, model);
        if (change !== null) io.stderr.write(`${change}\n`);
      },
      onEpoch: (row) => {
        progress.line(row);
        if (flags.json) printEvent(io, { event: "epoch", ...row, epoch: row.epoch + 1 });
      },
    });
    const report = await writeReport(training, outcome);
    const seconds = (performance.now() - started) / 1000;
    if (flags.json) printEvent(io, doneEvent(training, outcome, seconds, report));
    else printLines(io, ...closing(training, outcome, seconds, report, flags));
  } catch (error) {
    if (error instanceof Stop) throw interrupted(training, error);
    throw error;
  } finally {
    progress.stop();
    lock?.release();
  }
}

type Plan = TrainingJob & { readonly source: string };

async function plan(source: string | undefined, flags: TrainFlags, io: Io): Promise<Plan> {
  if (source === undefined) expectNoPreset(flags.preset, "none was named");
  if (flags.resume !== undefined) return planResume(source, flags, io);
  if (source === undefined) {
    throw new UsageError(
      "train: expected a data set or a specification, as in: neurite train mnist",
    );
  }
  return planNew(source, flags);
}

async function planNew(source: string, flags: TrainFlags): Promise<Plan> {
  const spec = parseRunSpec(applyFlags(await readSpecSource(source, flags.preset), flags));
  const folder = flags.out ?? null;
  const stamp = folder === null ? "" : await stampOf(folder);
  if (folder !== null && !flags.overwrite) await expectFree(folder, spec);
  const { threads = "auto" } = flags;
  return {
    source,
    spec,
    threads,
    data: await loadData(spec.data, NODE_DATA),
    folder,
    stamp,
    checkpoint: null,
    flowEvery: flags.flow ?? null,
  };
}

async function planResume(source: string | undefined, flags: TrainFlags, io: Io): Promise<Plan> {
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
    data: await loadData(spec.data, NODE_DATA),
    folder,
    stamp,
    checkpoint: run.checkpoint,
    flowEvery: flags.flow ?? null,
  };
}

/** A resumed run keeps its specification; flags may repeat it, but change only the number of epochs. */
async function expectSame(
  spec: RunSpec,
  source: string | undefined,
  flags: TrainFlags,
): Promise<void> {
  const { out: _o, resume: _r, json: _j, quiet: _q, overwrite: _w, flow: _f, ...run } = flags;
  const base = source === undefined ? spec : await readSpecSource(source, flags.preset);
  const wanted = parseRunSpec(applyFlags(base, { ...run, epochs: spec.training.epochs }));
  if (isSameSpec(wanted, spec)) return;
  const { epochs: _e, threads: _t, ...changes } = run;
  const named = flagsGiven(changes).join(", ") || "the source";
  throw new UsageError(
    `--resume goes on with the run as it was: only --epochs may change, but ${named} would`,
  );
}

function makeProgress(io: Io, { json, quiet }: TrainFlags, { spec, data }: TrainingJob): Progress {
  const tty = io.stderr.isTTY === true;
  const hidden = quiet || (json && (!tty || io.stdout.isTTY === true));
  if (hidden) return SILENT;
  const { epochs, validationSplit = 0 } = spec.training;
  const examples = trainingRows(countExamples(data.train), validationSplit);
  return (tty ? barProgress : lineProgress)({ io, epochs, examples });
}

function announce(io: Io, flags: TrainFlags, training: Plan, model: Model): void {
  const { spec, data, checkpoint, folder } = training;
  const [train, test] = [countExamples(data.train), countExamples(data.test)];
  const parameters = countParameters(model);
  const { threads = 1 } = model.instance.engine;
  const { epochs, batchSize } = spec.training;
  const done = checkpoint?.epochs.length ?? 0;
  if (flags.json) {
    printEvent(io, {
      event: "start",
      data: data.name,
      train,
      test,
      parameters,
      epochs,
      batchSize,
      done,
      seed: spec.seed,
      engine: model.instance.engine.name,
      threads,
      v8Flags: v8Flags(),
      ...(folder !== null && { out: folder }),
    });
  } else if (!flags.quiet) {
    io.stderr.write(
      `${data.name}: ${plural(train, "training example")}, ${plural(test, "test example")}; ` +
        `${plural(parameters, "parameter")}; seed ${spec.seed}; ` +
        `engine ${model.instance.engine.name}, ${plural(threads, "thread")}\n` +
        vectorsLine(model.instance.engine) +
        (done > 0 ? `Going on after ${done} of ${plural(epochs, "epoch")}.\n` : ""),
    );
  }
}

/** What resumed epochs, or those of a specification that a run has left, were computed with. */
function changeOfWay({ spec, source, folder, checkpoint }: Plan, model: Model): string | null {
  const done = checkpoint?.epochs.length ?? 0;
  if (done > 0 && done >= spec.training.epochs) return null; // nothing is computed
  return otherWay(checkpoint && folder !== null ? folder : source, spec, model, done);
}

/** The path of the report, or null where nothing is saved. */
async function writeReport({ folder }: TrainingJob, outcome: Outcome): Promise<string | null> {
  if (folder === null) return null;
  const { spec } = outcome;
  const { makeReport } = await import("../report/report.ts");
  const path = join(folder, FILES.report);
  await writeWhole(path, await makeReport(spec, outcome));
  return path;
}

function doneEvent(
  { folder }: TrainingJob,
  { test, rows, stopped }: Outcome,
  seconds: number,
  report: string | null,
): object {
  const figures: Readonly<Record<string, number>> = test ?? {};
  const { accuracy: testAccuracy, loss: testLoss, ...others } = figures;
  return {
    event: "done",
    testAccuracy,
    testLoss,
    ...others,
    epochs: rows.length,
    seconds,
    ...(stopped !== null && { stopped }),
    ...(folder !== null && { out: folder, report }),
  };
}

function closing(
  { source, folder, data }: Plan,
  { test, stopped, rows }: Outcome,
  seconds: number,
  report: string | null,
  { quiet, preset }: TrainFlags,
): string[] {
  const tried = testLine(test, data);
  const result = `${tried}  trained in ${clock(trainingSeconds(rows))}, ${clock(seconds)} in all`;
  if (quiet) return [result];
  const name = commandName();
  const [again, out] =
    preset === undefined
      ? [source, data.name]
      : [`${source} --preset ${preset}`, `${data.name}-${preset}`];
  const next =
    folder === null
      ? [`${name} train ${again} --out runs/${out}    saves weights, history and a report`]
      : [
          ...(data.view === "image" ? [`${name} predict ${folder} ${data.name} --row 7`] : []),
          `${name} evaluate ${folder}`,
          `${name} summary ${folder} --code`,
        ];
  return [
    ...(rows.length === 0 ? ["Nothing was learned: the run has 0 epochs."] : []),
    ...(stopped === null ? [] : [`Stopped early: ${stopped}.`]),
    result,
    ...(report === null ? [] : [`report: ${report}`]),
    "Next, try:",
    ...next.map((line) => `  ${line}`),
  ];
}

function testLine(test: Outcome["test"], { test: examples }: NamedDataset): string {
  if (test === null) return "no test examples";
  const total = countExamples(examples);
  const { accuracy, loss, ...others } = test;
  if (accuracy === undefined) {
    const figures = Object.entries({ loss, ...others });
    return figures.map(([name, value]) => `test ${name} ${(value ?? 0).toFixed(4)}`).join("  ");
  }
  const right = Math.round(accuracy * total);
  return `test accuracy ${percent(accuracy)} (${right.toLocaleString("en-US")} of ${total.toLocaleString("en-US")})`;
}

function interrupted({ folder }: TrainingJob, { exitCode }: Stop): Interrupted {
  const hint =
    folder === null
      ? "nothing was saved; --out keeps a checkpoint of every epoch"
      : `go on with: ${commandName()} train --resume ${folder}`;
  return new Interrupted(`interrupted; ${hint}`, exitCode);
}
