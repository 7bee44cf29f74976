// neurite import: weights of a PyTorch program, or a model of Keras or TF.js, as a run of one's own.

import { type Command, InvalidArgumentError } from "commander";
import { fromStateDict, type ImportedStateDict } from "neurite/pytorch";
import { loadWeights, modelOf, parseRunSpec } from "neurite/train";
import { MOST_BYTES, readUpToLimit } from "../files/read-file.ts";
import { flagsGiven } from "../flags/flags.ts";
import { isKerasFile, type KerasFlags } from "../imports/keras-name.ts";
import { readMap } from "../imports/map.ts";
import { writeNewRun } from "../imports/new-run.ts";
import { inFile } from "../runs/run-folder.ts";
import { readSpecSource } from "../runs/spec-source.ts";
import { UsageError } from "../terminal/failures.ts";
import { type Io, printLines } from "../terminal/io.ts";

interface ImportFlags extends KerasFlags {
  readonly map?: string;
  readonly channelsLast?: boolean;
}

export function importCommand(program: Command, io: Io): void {
  program
    .command("import")
    .description(
      "Weights of a PyTorch program, its state_dict saved as safetensors, put into the layers of a specification: modules " +
        "go to layers by name, or by their shapes and in order; matrices and kernels are turned into our layout, and " +
        "each step is printed.\n\nOr a model that Keras saved (model.keras, model.h5) or TF.js (model.json), which says its layers " +
        "itself; a file of weights alone (model.weights.h5) wants --into.",
    )
    .argument(
      "<file>",
      "weights.safetensors, from safetensors.torch.save_file(model.state_dict(), ...), model.keras, model.h5 or model.json",
    )
    .option(
      "--into <source>",
      "of weights alone: which layers they are for, spec.json or a data set",
    )
    .requiredOption("--out <folder>", "where the run goes")
    .option(
      "--data <source>",
      "of Keras: what it is evaluated and trained on; data set, spec.json or data of your own",
    )
    .option(
      "--input <numbers>",
      "of Keras: the shape of one example where the model leaves it open, as in 20,8",
      parseShape,
    )
    .option(
      "--rescale <number>",
      "of Keras: what the data are multiplied by before the first layer, as in 1/255",
      parseFactor,
    )
    .option(
      "--map <file>",
      'which layer a module is, as JSON: { "encoder.fc": "dense1", "head": null }',
    )
    .option("--channels-last", "the program had channels last where it flattened pictures")
    .option("--overwrite", "replace a run that is there")
    .action((file: string, flags: ImportFlags) => importFile(io, file, flags));
}

/** By the name of the file; what reads each is loaded then. */
async function importFile(io: Io, path: string, flags: ImportFlags): Promise<void> {
  const { map, channelsLast, data, input, rescale } = flags;
  const isKeras = isKerasFile(path);
  const others = isKeras ? { map, channelsLast } : { data, input, rescale };
  const given = flagsGiven(others).join(", ");
  if (given !== "") {
    throw new UsageError(`${given}: not of ${isKeras ? "a file of Keras" : "weights of PyTorch"}`);
  }
  if (/\.onnx$/i.test(path)) {
    throw new UsageError(
      `${path}: ONNX files are used as they are: neurite predict, summary or serve ${path}`,
    );
  }
  if (!isKeras) return await importWeights(io, path, flags);
  const { importKerasRun } = await import("../imports/keras.ts");
  await importKerasRun(io, path, flags);
}

/** "28,28,1" as a shape. */
function parseShape(text: string): number[] {
  if (/^\d+(,\d+)*$/.test(text)) return text.split(",").map(Number);
  throw new InvalidArgumentError(`Expected whole numbers, as in 28,28,1. Received "${text}".`);
}

/** A number, or one over another. */
function parseFactor(text: string): number {
  const [over, under = "1", ...more] = text.split("/");
  const factor = Number(over) / Number(under);
  if (
    more.length === 0 &&
    over?.trim() &&
    under.trim() &&
    Number.isFinite(factor) &&
    factor !== 0
  ) {
    return factor;
  }
  throw new InvalidArgumentError(
    `Expected a number other than 0, as in 1/255. Received "${text}".`,
  );
}

async function importWeights(io: Io, path: string, flags: ImportFlags): Promise<void> {
  const { into, out, map, channelsLast, overwrite } = flags;
  if (into === undefined) {
    throw new UsageError(
      "required option '--into <source>' not specified: a state_dict does not say its layers",
    );
  }
  const spec = parseRunSpec(await readSpecSource(into));
  const named = map === undefined ? undefined : await readMap(map);
  const model = modelOf(spec);
  const bytes = await readUpToLimit(path, MOST_BYTES.weights);
  const imported = inFile(path, () =>
    fromStateDict(model, bytes, {
      ...(channelsLast && { flatten: "channelsLast" }),
      ...(named !== undefined && { map: named }),
    }),
  );
  inFile(path, () => loadWeights(model, imported.weights));
  await writeNewRun(out, model, spec, overwrite);
  printLines(io, ...linesOf(imported), "", `${imported.told.length} tensors imported: ${out}`);
}

function linesOf({ told, guessed, notes }: ImportedStateDict): string[] {
  const doubtful = guessed.length > 0 && [
    "",
    "Other modules have the same shapes, and only the alphabet orders their names. Look whether these are right, or say --map:",
    ...guessed.map((line) => `  ${line}`),
  ];
  return [...told, ...(doubtful || []), ...(notes.length > 0 ? ["", ...notes] : [])];
}
