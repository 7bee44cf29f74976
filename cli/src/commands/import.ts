// neurite import: weights of a PyTorch program as a run of one's own.

import { join } from "node:path";
import type { Command } from "commander";
import { fromStateDict, type ImportedStateDict } from "neurite/pytorch";
import { encodeCheckpoint, loadWeights, modelOf, parseRunSpec } from "neurite/train";
import { FILES, openFolder, writeWhole } from "../files/output.ts";
import { MOST_BYTES, readUpToLimit } from "../files/read-file.ts";
import { readMap } from "../imports/map.ts";
import { findRun, inFile } from "../runs/run-folder.ts";
import { readSpecSource } from "../runs/spec-source.ts";
import { UsageError } from "../terminal/failures.ts";
import { type Io, printLines } from "../terminal/io.ts";

interface ImportFlags {
  readonly into: string;
  readonly out: string;
  readonly map?: string;
  readonly channelsLast?: boolean;
  readonly overwrite?: boolean;
}

export function importCommand(program: Command, io: Io): void {
  program
    .command("import")
    .description(
      "Weights of a PyTorch program, its state_dict saved as safetensors, put into the layers of a specification: modules " +
        "go to layers by name, or by their shapes and in order; matrices and kernels are turned into our layout, and " +
        "each step is printed.",
    )
    .argument(
      "<weights>",
      "weights.safetensors, from safetensors.torch.save_file(model.state_dict(), ...)",
    )
    .requiredOption("--into <source>", "which layers: spec.json or a data set")
    .requiredOption("--out <folder>", "where the run goes")
    .option(
      "--map <file>",
      'which layer a module is, as JSON: { "encoder.fc": "dense1", "head": null }',
    )
    .option("--channels-last", "the program had channels last where it flattened pictures")
    .option("--overwrite", "replace a run that is there")
    .action((weights: string, flags: ImportFlags) => importWeights(io, weights, flags));
}

async function importWeights(io: Io, path: string, flags: ImportFlags): Promise<void> {
  const { into, out, map, channelsLast, overwrite } = flags;
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
  if (!overwrite && (await findRun(out))) {
    throw new UsageError(`--out: ${out} holds a run; take another folder, or add --overwrite`);
  }
  const lock = await openFolder(out);
  try {
    await writeWhole(join(out, FILES.weights), encodeCheckpoint(model, { spec, epochs: [] }));
  } finally {
    lock.release();
  }
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
