// neurite evaluate: a saved model on the test examples.

import type { Command } from "commander";
import { countExamples, type NamedDataset } from "neurite/data";
import { classReport, type Predictions, predictionsOf } from "neurite/inspect";
import { DEFAULT_RUNS, fitData, type RunSpec } from "neurite/train";
import { isMissingData } from "../imports/missing-data.ts";
import { sourceTold } from "../own/told.ts";
import { readRun, restoreModel } from "../runs/run-folder.ts";
import { judge } from "../runs/training.ts";
import { loadOther, loadSource } from "../sources/load.ts";
import { tableFigures } from "../tables/figures.ts";
import { CliError, UsageError } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { percent, plural } from "../terminal/names.ts";
import { parseCount } from "../terminal/options.ts";
import { table } from "../terminal/table.ts";

interface EvaluateFlags {
  readonly test?: number;
  readonly json?: boolean;
}

export function evaluateCommand(program: Command, io: Io): void {
  program
    .command("evaluate")
    .argument("<folder>", "folder of a run, as given to train --out")
    .argument("[data]", "another data set of the same shape, or of a run on a table another table")
    .option("--test <n>", "use only the first n test examples", parseCount)
    .option("--json", "print one JSON object")
    .action((folder: string, data: string | undefined, flags: EvaluateFlags) =>
      evaluate(io, folder, data, flags),
    );
}

async function evaluate(
  io: Io,
  folder: string,
  other: string | undefined,
  { test, json }: EvaluateFlags,
): Promise<void> {
  const run = await readRun(folder);
  const model = restoreModel(run);
  if (other === undefined) refuseWithoutData(run.spec, folder);
  const loaded = await loadFor(run.spec, other, test);
  const data = fitData(loaded, model.network, run.spec);
  const figures = await judge(model, data);
  if (figures === null) throw new CliError(`${data.name}: there are no test examples`);
  const examples = countExamples(data.test);
  const table = await tableFigures({ spec: run.spec, model, data }, false);
  const { values } = table ?? {};
  for (const line of sourceTold(data)) io.stderr.write(`${line}\n`);
  if (json) {
    printEvent(io, {
      event: "evaluation",
      data: data.name,
      examples,
      ...figures,
      ...(values && { values }),
    });
    return;
  }
  printLines(io, `${folder} on ${plural(examples, "test example")} of ${data.name}`);
  for (const [name, value] of Object.entries(values ?? figures)) {
    printLines(io, `${name.padEnd(10)} ${name === "accuracy" ? percent(value) : shown(value)}`);
  }
  if (data.classes !== null)
    printLines(io, "", ...classTable(data, await predictionsOf(model, data.test.x)));
}

/** Values may be of any size. */
const shown = (value: number) =>
  Math.abs(value) < 1000 ? value.toFixed(4) : String(Number(value.toPrecision(6)));

/** What was imported without data has none to be judged by. */
function refuseWithoutData(spec: RunSpec, folder: string): void {
  const path = (spec.data.file as { path?: string } | undefined)?.path;
  if (path !== undefined && isMissingData(path, folder)) {
    throw new UsageError(
      `${folder}: it came in without data; say which: neurite evaluate ${folder} mnist, or import it again with --data`,
    );
  }
}

/** @param other a data set by name, or of a run on a table, another table, all of which is tested on */
async function loadFor(
  spec: RunSpec,
  other: string | undefined,
  test: number | undefined,
): Promise<NamedDataset> {
  const limit = test === undefined ? {} : { test };
  if (other === undefined || other === spec.data.name) {
    return await loadSource({ ...spec.data, ...limit }, spec);
  }
  if (spec.data.file && DEFAULT_RUNS[other] === undefined) {
    if (test !== undefined)
      throw new UsageError("--test: all examples of other data are tested on");
    return await loadOther(other, spec);
  }
  return await loadSource({ ...(DEFAULT_RUNS[other]?.data ?? { name: other }), ...limit });
}

function classTable(data: NamedDataset, predictions: Predictions) {
  const { scores, counts } = classReport(data.test, predictions);
  const name = (c: number) => data.classNames[c] ?? String(c);
  const rows = scores.map(({ precision, recall, support }, c) => {
    const [most, taken] = counts[c]!.map(
      (n, other) => [other === c ? 0 : n, other] as const,
    ).reduce((a, b) => (b[0] > a[0] ? b : a));
    const mistaken = most === 0 ? "" : `${name(taken)} (${most})`;
    return [name(c), String(support), percent(recall, 1), percent(precision, 1), mistaken];
  });
  return table(["class", "examples", "recall", "precision", "mistaken for"], rows);
}
