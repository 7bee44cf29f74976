// What a run says of many examples: as CSV, as JSON, or of a single one as bars.

import { type Table, tableToCsv } from "neurite/data/tables";
import { type Predictions, probabilitiesOf } from "neurite/inspect";
import type { Scale } from "neurite/spec";
import { writeWhole } from "../files/output.ts";
import { answerLines } from "../terminal/bars.ts";
import { CliError, UsageError } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { plural } from "../terminal/names.ts";

export interface AnswerFlags {
  readonly out?: string;
  readonly json?: boolean;
}

export interface Answers {
  /** What the first column is, as in "file" or "row". */
  readonly what: string;
  /** As in "picture" or "example". */
  readonly one: string;
  readonly names: readonly (string | number)[];
  /** Null for values. */
  readonly classes: readonly string[] | null;
  /** Of values: what they were learnt in. */
  readonly scale?: Scale | undefined;
  readonly predictions: Predictions;
}

/** @throws CliError naming the example whose outputs are no numbers */
export async function tellAnswers(io: Io, found: Answers, flags: AnswerFlags): Promise<void> {
  expectFiniteAnswers(found);
  if (flags.json) return printAnswers(io, found);
  const pieces = tableToCsv(answerTable(found));
  if (flags.out === undefined) {
    for (const piece of pieces) io.stdout.write(piece);
    return;
  }
  await writeWhole(flags.out, [...pieces].join(""));
  printLines(io, `${plural(found.names.length, found.one)} predicted: ${flags.out}`);
}

/** One example by itself: how sure it is of each class. */
export function tellAnswer(io: Io, found: Answers, { out, json }: AnswerFlags): void {
  if (out !== undefined) {
    throw new UsageError(`--out: expected several; of one ${found.one} the answer is printed`);
  }
  expectFiniteAnswers(found);
  const { classes } = found;
  if (json) {
    printAnswers(io, found);
    return;
  }
  if (classes === null) {
    printLines(io, valuesOf(found, 0).join(" "));
    return;
  }
  const shares = probabilitiesOf(found.predictions, 0);
  printLines(io, ...answerLines(classes, shares, found.predictions.outputs));
}

function printAnswers(io: Io, found: Answers): void {
  const { what, names, classes, predictions } = found;
  for (const [row, name] of names.entries()) {
    const event = { event: "prediction", [what]: name };
    if (classes === null) {
      const values = valuesOf(found, row);
      printEvent(io, { ...event, ...(values.length === 1 ? { value: values[0] } : { values }) });
      continue;
    }
    const shares = probabilitiesOf(predictions, row);
    const probabilities = Object.fromEntries(classes.map((one, c) => [one, shares[c]]));
    printEvent(io, { ...event, class: classes[largestOf(shares)], probabilities });
  }
}

const largestOf = (shares: readonly number[]) => shares.indexOf(Math.max(...shares));

function valuesOf({ predictions, scale }: Answers, row: number): number[] {
  const { mean, deviation } = scale ?? { mean: 0, deviation: 1 };
  return Array.from({ length: predictions.outputs }, (_, i) =>
    Number((predictions.values[row * predictions.outputs + i]! * deviation + mean).toPrecision(7)),
  );
}

function answerTable(found: Answers): Table {
  const { what, names, classes, predictions } = found;
  const rows = names.length;
  const each = Array.from({ length: rows }, (_, row) => row);
  const numbers = (name: string, at: (row: number) => number) =>
    ({ name, type: "number", values: Float64Array.from(each, at) }) as const;
  const first =
    typeof names[0] === "number"
      ? numbers(what, (row) => names[row] as number)
      : ({ name: what, type: "text", values: names.map(String) } as const);
  const lines = Int32Array.from(each, (row) => row + 2);
  const table = { name: "predictions", rows, lines, notices: [] };
  if (classes === null) {
    const { outputs } = predictions;
    const columns = Array.from({ length: outputs }, (_, i) =>
      numbers(outputs === 1 ? "value" : `value${i + 1}`, (row) => valuesOf(found, row)[i]!),
    );
    return { ...table, columns: [first, ...columns] };
  }
  const shares = each.map((row) => probabilitiesOf(predictions, row));
  const codes = Int32Array.from(shares, largestOf);
  return {
    ...table,
    columns: [
      first,
      { name: "class", type: "category", values: classes, codes },
      ...classes.map((name, c) =>
        numbers(`p(${name})`, (row) => Number(shares[row]![c]!.toPrecision(6))),
      ),
    ],
  };
}

function expectFiniteAnswers({ predictions, names }: Answers): void {
  const { values, outputs } = predictions;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new CliError(
      `${names[Math.floor(i / outputs)]}: the outputs of the network are not finite. The numbers of the example ` +
        "are too large for it, or its weights are broken.",
    );
  }
}
