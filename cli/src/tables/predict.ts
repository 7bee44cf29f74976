// neurite predict for a run on a table: rows of a file, of standard input, or one written out.

import { existsSync } from "node:fs";
import { tableToCsv } from "neurite/data/tables";
import type { Model, RunSpec } from "neurite/train";
import { writeWhole } from "../files/output.ts";
import { expectOwnPredictions } from "../files/own-file.ts";
import { given } from "../flags/flags.ts";
import { answerLines } from "../terminal/bars.ts";
import { CliError, UsageError } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { plural } from "../terminal/names.ts";
import {
  predictionTable,
  predictPairs,
  predictTable,
  type RowPredictions,
  saidOf,
} from "./predictions.ts";
import { noticesTold } from "./text.ts";

export interface TablePredictFlags {
  readonly out?: string;
  readonly json?: boolean;
  readonly row?: number;
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly decimal?: string;
  readonly dates?: string;
  readonly missing?: readonly string[];
  readonly overwrite?: boolean;
}

/** @throws CliError for rows that the run cannot read */
export async function predictTableRows(
  io: Io,
  run: { readonly spec: RunSpec; readonly model: Model },
  source: string,
  flags: TablePredictFlags,
): Promise<void> {
  if (flags.row !== undefined) throw new UsageError("--row: all rows of a table are predicted");
  const { spec, model } = run;
  const isPairs = source.includes("=") && !existsSync(source);
  const { decimal: sign, dates: order } = flags;
  const said = given({ decimal: sign, dates: order });
  const pairs = isPairs ? await predictPairs(source, spec, model, said) : null;
  if (pairs) return tellOne(io, pairs, flags);
  if (flags.out !== undefined && !flags.overwrite) await expectOwnPredictions(flags.out);
  const { delimiter, encoding, decimal, dates, missing } = flags;
  const reading = given({ delimiter, encoding, decimal, dates, missing });
  const found = await predictTable(source, spec, model, reading);
  for (const line of noticesTold(found)) io.stderr.write(`${line}\n`);
  expectFinite(found);
  if (flags.json) return printRows(io, found);
  const pieces = tableToCsv(predictionTable(found));
  if (flags.out === undefined) {
    for (const piece of pieces) io.stdout.write(piece);
    return;
  }
  await writeWhole(flags.out, [...pieces].join(""));
  printLines(io, `${plural(found.lines.length, "row")} predicted: ${flags.out}`);
}

function tellOne(io: Io, found: RowPredictions, { json, out }: TablePredictFlags): void {
  if (out !== undefined) throw new UsageError("--out: expected a table; one row is printed");
  for (const line of noticesTold(found)) io.stderr.write(`${line}\n`);
  expectFinite(found);
  if (json) {
    printRows(io, found);
    return;
  }
  const { said, probabilities } = saidOf(found, 0);
  const { classes, target } = found.file;
  const lines = probabilities
    ? answerLines(classes!, probabilities, found.predictions.outputs)
    : [`${target} ${said}`];
  printLines(io, ...lines);
}

function printRows(io: Io, found: RowPredictions): void {
  const { classes } = found.file;
  for (let row = 0; row < found.lines.length; row++) {
    const { said, probabilities } = saidOf(found, row);
    printEvent(io, {
      ...{ event: "prediction", line: found.lines[row] },
      ...(probabilities
        ? {
            class: said,
            probabilities: Object.fromEntries(classes!.map((name, c) => [name, probabilities[c]])),
          }
        : { value: said }),
    });
  }
}

/** @throws CliError naming the line of a row whose prediction is no number */
function expectFinite({ predictions, lines }: RowPredictions): void {
  const { values, outputs } = predictions;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new CliError(
      `line ${lines[Math.floor(i / outputs)]}: the outputs of the network are not finite. The numbers of the row are ` +
        "too large for it, or its weights are broken.",
    );
  }
}
