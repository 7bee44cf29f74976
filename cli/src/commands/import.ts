// neurite import: weights of a PyTorch program as a run of one's own.

import { join } from "node:path";
import type { Command } from "commander";
import { decodeSafetensors } from "neurite/formats";
import { encodeCheckpoint, loadWeights, modelOf, parseRunSpec } from "neurite/train";
import { FILES, openFolder, writeWhole } from "../files/output.ts";
import { MOST_BYTES, readUpToLimit } from "../files/read-file.ts";
import { fromStateDict } from "../imports/state-dict.ts";
import { findRun, inFile } from "../runs/run-folder.ts";
import { readSpecSource } from "../runs/spec-source.ts";
import { CliError, UsageError } from "../terminal/failures.ts";
import { type Io, printLines } from "../terminal/io.ts";

interface ImportFlags {
  readonly into: string;
  readonly out: string;
  readonly channelsLast?: boolean;
  readonly overwrite?: boolean;
}

export function importCommand(program: Command, io: Io): void {
  program
    .command("import")
    .description(
      "Weights of a PyTorch program, its state_dict saved as safetensors, put into the layers of a specification: modules " +
        "go to layers in order, matrices and kernels are turned into our layout, and each step is printed.",
    )
    .argument(
      "<weights>",
      "weights.safetensors, from safetensors.torch.save_file(model.state_dict(), ...)",
    )
    .requiredOption("--into <source>", "which layers: spec.json or a data set")
    .requiredOption("--out <folder>", "where the run goes")
    .option("--channels-last", "the program had channels last where it flattened pictures")
    .option("--overwrite", "replace a run that is there")
    .action((weights: string, flags: ImportFlags) => importWeights(io, weights, flags));
}

async function importWeights(io: Io, path: string, flags: ImportFlags): Promise<void> {
  const { into, out, channelsLast = false, overwrite } = flags;
  const spec = parseRunSpec(await readSpecSource(into));
  const bytes = await readUpToLimit(path, MOST_BYTES.weights);
  const { tensors, unread } = inFile(path, () => decodeSafetensors(bytes));
  for (const [name, type] of unread) throw new CliError(`${path}: "${name}" is of type ${type}`);
  const model = modelOf(spec);
  const { weights, told } = fromStateDict(model, tensors, channelsLast);
  inFile(path, () => loadWeights(model, weights));
  if (!overwrite && (await findRun(out))) {
    throw new UsageError(`--out: ${out} holds a run; take another folder, or add --overwrite`);
  }
  const lock = await openFolder(out);
  try {
    await writeWhole(join(out, FILES.weights), encodeCheckpoint(model, { spec, epochs: [] }));
  } finally {
    lock.release();
  }
  printLines(io, ...told, "", `${told.length} tensors imported: ${out}`);
}
