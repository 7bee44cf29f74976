// What neurite train prints: at the start, at the end, and when it is interrupted.

import { countExamples, type NamedDataset } from "neurite/data";
import type { Model } from "neurite/train";
import { sourceEvent, sourceTold } from "../own/told.ts";
import type { Ranks } from "../ranks/ranks.ts";
import { ownPartOf } from "../sources/own.ts";
import { tablePartOf } from "../sources/table.ts";
import { isTableFile } from "../sources/table-file.ts";
import { baselineLine, valuesLine } from "../tables/figures.ts";
import { Interrupted } from "../terminal/failures.ts";
import type { Stop } from "../terminal/interrupt.ts";
import { type Io, printEvent } from "../terminal/io.ts";
import { commandName, grouped, percent, plural, shellWord } from "../terminal/names.ts";
import { clock, figure } from "../terminal/progress.ts";
import { v8Flags, vectorsLine } from "../terminal/v8-flags.ts";
import { findingsTold, type JudgedOutcome } from "./findings.ts";
import { otherWay } from "./other-ways.ts";
import type { PlannedTraining, TrainFlags } from "./train-plan.ts";
import { countParameters, type Outcome, type TrainingJob, trainingSeconds } from "./training.ts";

export function announceTraining(
  io: Io,
  flags: TrainFlags,
  training: PlannedTraining,
  model: Model,
  ranks: Ranks | null = null,
): void {
  const { spec, data, checkpoint, folder } = training;
  const [train, test] = [countExamples(data.train), countExamples(data.test)];
  const parameters = countParameters(model);
  const { threads = 1 } = model.instance.engine;
  const { epochs, batchSize } = spec.training;
  const done = checkpoint?.epochs.length ?? 0;
  if (flags.json) {
    const told = sourceEvent(data);
    if (told) printEvent(io, told);
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
      ...(ranks && { ranks: ranks.size, exchange: ranks.how }),
      v8Flags: v8Flags(),
      ...(folder !== null && { out: folder }),
    });
  } else if (!flags.quiet) {
    for (const line of sourceTold(data)) io.stderr.write(`${line}\n`);
    io.stderr.write(
      `${data.name}: ${plural(train, "training example")}, ${plural(test, "test example")}; ` +
        `${plural(parameters, "parameter")}; seed ${spec.seed}; ` +
        `engine ${model.instance.engine.name}, ${plural(threads, "thread")}\n` +
        (ranks ? `${ranks.size} ranks, by ${ranks.how}\n` : "") +
        vectorsLine(model.instance.engine) +
        (done > 0 ? `Going on after ${done} of ${plural(epochs, "epoch")}.\n` : ""),
    );
  }
}

/** What resumed epochs, or those of a specification that a run has left, were computed with. */
export function changeOfWay(
  { spec, source, folder, checkpoint }: PlannedTraining,
  model: Model,
): string | null {
  const done = checkpoint?.epochs.length ?? 0;
  if (done > 0 && done >= spec.training.epochs) return null; // nothing is computed
  return otherWay(checkpoint && folder !== null ? folder : source, spec, model, done);
}

export function doneEvent(
  { folder }: TrainingJob,
  { test, rows, stopped, findings, table }: JudgedOutcome,
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
    ...(table?.values && { values: table.values }),
    ...(table?.baselines && { baselines: table.baselines }),
    epochs: rows.length,
    seconds,
    ...(stopped !== null && { stopped }),
    findings,
    ...(folder !== null && { out: folder, report }),
  };
}

export function closing(
  { source, folder, data }: PlannedTraining,
  { test, stopped, rows, findings, table }: JudgedOutcome,
  seconds: number,
  report: string | null,
  { quiet, preset }: TrainFlags,
): string[] {
  const tried = table?.values ? valuesLine(table.values) : testLine(test, data);
  const result = `${tried}  trained in ${clock(trainingSeconds(rows))}, ${clock(seconds)} in all`;
  if (quiet) return [result];
  const name = commandName();
  const target = tablePartOf(data)?.target;
  const asked = target === undefined ? "" : ` --target ${shellWord(target)}`;
  const [again, out] =
    preset === undefined
      ? [`${shellWord(source)}${asked}`, data.name]
      : [`${source} --preset ${preset}`, `${data.name}-${preset}`];
  const next =
    folder === null
      ? [
          `${name} train ${again} --out runs/${out.replace(/\.\w+$/, "")}    saves weights, history and a report`,
        ]
      : [
          ...predictNext(folder, source, data).map((rest) => `${name} ${rest}`),
          `${name} evaluate ${folder}`,
          `${name} summary ${folder}${ownPartOf(data) ? "" : " --code"}`,
        ];
  return [
    ...(rows.length === 0 ? ["Nothing was learned: the run has 0 epochs."] : []),
    ...(stopped === null ? [] : [`Stopped early: ${stopped}.`]),
    result,
    ...(table?.baselines ? [baselineLine(table.baselines)] : []),
    ...findingsTold(findings, folder),
    ...(report === null ? [] : [`report: ${report}`]),
    "Next, try:",
    ...next.map((line) => `  ${line}`),
  ];
}

/** What can be asked of a run on such data. */
function predictNext(folder: string, source: string, data: NamedDataset): string[] {
  const part = ownPartOf(data);
  if (part?.kind === "text") return [`generate ${folder} --count 10`];
  if (part?.kind === "pictures") return [`predict ${folder} photo.jpg`];
  if (part) return [`predict ${folder} examples.npy --out predictions.csv`];
  if (tablePartOf(data))
    return [
      `predict ${folder} ${isTableFile(source) ? shellWord(source) : "rows.csv"} --out predictions.csv`,
    ];
  return data.view === "image" ? [`predict ${folder} ${data.name} --row 7`] : [];
}

function testLine(test: Outcome["test"], data: NamedDataset): string {
  if (test === null) return "no test examples";
  const { test: examples } = data;
  const isText = ownPartOf(data)?.kind === "text";
  const total = countExamples(examples);
  const { accuracy, loss, ...others } = test;
  if (isText) {
    const right = accuracy === undefined ? "" : `  next character right ${percent(accuracy)}`;
    return `test loss ${figure("loss", loss)}  perplexity ${Math.exp(loss).toFixed(2)}${right}`;
  }
  if (accuracy === undefined) {
    const figures = Object.entries({ loss, ...others });
    return figures.map(([name, value]) => `test ${name} ${figure(name, value ?? 0)}`).join("  ");
  }
  const right = Math.round(accuracy * total);
  return `test accuracy ${percent(accuracy)} (${grouped(right)} of ${grouped(total)})`;
}

export function interrupted({ folder }: TrainingJob, { exitCode }: Stop): Interrupted {
  const hint =
    folder === null
      ? "nothing was saved; --out keeps a checkpoint of every epoch"
      : `go on with: ${commandName()} train --resume ${folder}`;
  return new Interrupted(`interrupted; ${hint}`, exitCode);
}
