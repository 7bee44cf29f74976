// neurite predict: what a saved model says of one example.

import { stat } from "node:fs/promises";
import type { Command } from "commander";
import { MNIST_SIDE } from "neurite/data";
import { type Predictions, predictionsOf, probabilitiesOf } from "neurite/inspect";
import type { Model } from "neurite/train";
import { elementCount } from "../files/element-count.ts";
import { isOnnxFile } from "../files/onnx-name.ts";
import { expectOwnPredictions } from "../files/own-file.ts";
import { flagsGiven } from "../flags/flags.ts";
import { choiceOf, parseDates, parseDelimiter, parseWords } from "../flags/named.ts";
import { drawDigit } from "../pictures/digit-image.ts";
import { isPictureFile } from "../pictures/raster.ts";
import { readRun, restoreModel, type StoredRun } from "../runs/run-folder.ts";
import { loadSource } from "../sources/load.ts";
import type { TablePredictFlags } from "../tables/predict.ts";
import { answerLines } from "../terminal/bars.ts";
import { CliError, UsageError } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { parseWhole } from "../terminal/options.ts";

type PredictFlags = TablePredictFlags;

export function predictCommand(program: Command, io: Io): void {
  program
    .command("predict")
    .description(
      "What a saved model says of one example: a PNG picture, a row of an IDX file, a row of " +
        "the test examples of a data set, or plain numbers as in 5.1,3.5,1.4,0.2 (where the first is below 0: -- -2,3). " +
        "A run on data of your own takes what it was trained on: all rows of another table, or one row as in " +
        "age=31,city=Paris; pictures and folders of them; arrays in .npy, .npz and .idx files; the beginning of a " +
        "text. With - it reads standard input. A model.onnx takes numbers, name=numbers or a JSON file.",
    )
    .argument("<folder>", "folder of a run, as given to train --out, or model.onnx")
    .argument(
      "<example...>",
      "pictures, a folder, rows.csv, x.npy, an IDX file, a data set, numbers or -",
    )
    .option("--row <n>", "which example of the file or data set, from 0", parseWhole)
    .option(
      "--out <file>",
      "of several examples: write the predictions here, as CSV (else they are printed)",
    )
    .option(
      "--delimiter <character>",
      'of a table: what parts fields: "," ";" or tab',
      parseDelimiter,
    )
    .option("--encoding <name>", "of a table: utf-8, utf-16le, windows-1252, ...")
    .option("--decimal <sign>", 'of a table: what parts decimals: "." or ","', choiceOf(".", ","))
    .option(
      "--dates <order>",
      "of a table: what comes first in 03/04/2024: dayFirst or monthFirst",
      parseDates,
    )
    .option("--missing <list>", "of a table: what stands for a gap, as in NA,-99", parseWords)
    .option("--overwrite", "replace the file that --out names, whatever it is")
    .option("--json", "print one JSON object, of several examples one for each")
    .action((folder: string, sources: string[], flags: PredictFlags) =>
      predict(io, folder, sources, flags),
    );
}

async function predict(
  io: Io,
  folder: string,
  sources: readonly string[],
  flags: PredictFlags,
): Promise<void> {
  if (isOnnxFile(folder)) {
    const { json, ...others } = flags;
    const given = flagsGiven(others).join(", ");
    if (given !== "") throw new UsageError(`${given}: not of an ONNX file`);
    const { predictOnnx } = await import("../onnx/predict.ts");
    return await predictOnnx(io, folder, sources, json ? { json } : {});
  }
  const run = await readRun(folder);
  const model = restoreModel(run);
  const { spec } = run;
  if (spec.data.file?.kind === "table") {
    const { predictTableRows } = await import("../tables/predict.ts");
    return await predictTableRows(io, { spec, model }, onlyOne(sources, "a table"), flags);
  }
  expectNoTableFlags(flags);
  // Before an hour of pictures, not after it.
  if (flags.out !== undefined && !flags.overwrite) await expectOwnPredictions(flags.out);
  switch (spec.data.file?.kind) {
    case "pictures": {
      if (flags.row !== undefined) throw new UsageError("--row: a picture is one example");
      const { ownPictures, predictPictures } = await import("../predictions/pictures.ts");
      return await predictPictures(io, ownPictures(spec, model), sources, flags);
    }
    case "arrays": {
      const { predictArrays } = await import("../predictions/arrays.ts");
      return await predictArrays(io, { spec, model }, onlyOne(sources, "a file of arrays"), flags);
    }
    case "text": {
      const { predictNext } = await import("../predictions/text.ts");
      return await predictNext(io, { spec, model }, onlyOne(sources, "one text"), flags);
    }
    default:
      return await predictNamed(io, run, model, sources, flags);
  }
}

/** @throws UsageError where there are several */
function onlyOne(sources: readonly string[], what: string): string {
  const [source, ...others] = sources;
  if (others.length === 0) return source!;
  throw new UsageError(
    `predict: expected ${what} for this run, received ${sources.length} arguments`,
  );
}

/** For a run on a data set by name: one example, or pictures of digits. */
async function predictNamed(
  io: Io,
  { spec }: StoredRun,
  model: Model,
  sources: readonly string[],
  flags: PredictFlags,
): Promise<void> {
  const { row, json, out } = flags;
  const data = await loadSource(spec.data, spec);
  if (data.view === "image" && (await isManyPictures(sources))) {
    if (row !== undefined) throw new UsageError("--row: a picture is one example");
    const { digitPictures, predictPictures } = await import("../predictions/pictures.ts");
    return await predictPictures(io, digitPictures(model, data.classNames), sources, flags);
  }
  const source = onlyOne(sources, "one example");
  if (out !== undefined) throw new UsageError("--out: of one example the answer is printed");
  const { readExample } = await import("../predictions/one-example.ts");
  const { x, label } = await readExample(source, row, data);
  const [shape = []] = model.network.inputShapes;
  const size = elementCount(shape);
  if (x.data.length !== size) {
    throw new CliError(
      `${source}: expected ${size} numbers for this model, received ${x.data.length}`,
    );
  }
  const predictions = await predictionsOf(model, { ...x, shape: [1, ...shape] });
  expectFinite(source, predictions);
  const isImage = data.view === "image" && size === MNIST_SIDE * MNIST_SIDE;
  if (data.classes === null) {
    const [value] = Array.from(predictions.values);
    if (json) printEvent(io, { event: "prediction", value });
    else printLines(io, String(value));
    return;
  }
  const shares = probabilitiesOf(predictions, 0);
  const names = shares.map((_, c) => data.classNames[c] ?? String(c));
  const best = shares.indexOf(Math.max(...shares));
  if (json) {
    const given = Object.fromEntries(names.map((name, c) => [name, shares[c]!]));
    const right = label === null ? {} : { label: names[label] };
    printEvent(io, { event: "prediction", class: names[best], probabilities: given, ...right });
    return;
  }
  if (isImage) printLines(io, ...drawDigit(x.data), "");
  const also = verdict(names, label, best);
  printLines(io, ...answerLines(names, shares, predictions.outputs, also));
}

/** Several, or a folder of them. */
async function isManyPictures(sources: readonly string[]): Promise<boolean> {
  if (sources.length > 1) return sources.every(isPictureFile);
  return await stat(sources[0]!).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** @throws UsageError for flags that only rows of a table understand */
function expectNoTableFlags(flags: PredictFlags): void {
  const { delimiter, encoding, decimal, dates, missing } = flags;
  const names = flagsGiven({ delimiter, encoding, decimal, dates, missing }).join(", ");
  if (names !== "") throw new UsageError(`${names}: this run reads no table of your own`);
}

/** @throws CliError where the outputs name no class and no number */
function expectFinite(source: string, { values }: Predictions): void {
  const numbers = Array.from(values);
  if (numbers.every(Number.isFinite)) return;
  const many = numbers.length > MOST_SHOWN ? ", …" : "";
  const outputs = `${numbers.slice(0, MOST_SHOWN).join(", ")}${many}`;
  throw new CliError(
    `${source}: the outputs of the network are not finite: ${outputs}. ` +
      "The numbers of the example are too large for it, or its weights are broken.",
  );
}

const MOST_SHOWN = 10;

function verdict(names: readonly string[], label: number | null, best: number): string {
  if (label === null) return "";
  return label === best ? ", which is right" : `, but it is ${names[label]}`;
}
