// neurite generate: texts that a run on a text writes, by seed.

import type { Command } from "commander";
import { readRun, restoreModel } from "../runs/run-folder.ts";
import { textFile } from "../sources/text-spec.ts";
import { CliError } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { forFlag } from "../terminal/names.ts";
import { parseAtLeast0, parseCount, parseWhole } from "../terminal/options.ts";
import { expectMet, sampleTexts } from "../texts/samples.ts";

interface GenerateFlags {
  readonly from: string;
  readonly count: number;
  readonly most?: number;
  readonly temperature: number;
  readonly seed: number;
  readonly json?: boolean;
}

/** Characters of a line, and of running text, unless told otherwise. */
const [LINE, PROSE] = [100, 400];

export function generateCommand(program: Command, io: Io): void {
  program
    .command("generate")
    .description(
      "Texts that a run on a text (neurite train names.txt) writes: each next character is drawn from what " +
        "the network holds likely. The same seed gives the same texts.",
    )
    .argument("<folder>", "folder of a run, as given to train --out")
    .option("--from <text>", "what each text begins with", "")
    .option("--count <n>", "how many texts", parseCount, 1)
    .option(
      "--most <n>",
      `characters of a text at most (by default ${LINE} for lines, ${PROSE} for running text)`,
      parseCount,
    )
    .option(
      "--temperature <t>",
      "above 1 more daring, below 1 more careful; 0 for always the likeliest character",
      parseAtLeast0,
      1,
    )
    .option("--seed <n>", "start of the random numbers", parseWhole, 0)
    .option("--json", "print one JSON object a text")
    .action((folder: string, flags: GenerateFlags) => generate(io, folder, flags));
}

async function generate(io: Io, folder: string, flags: GenerateFlags): Promise<void> {
  const run = await readRun(folder);
  const { file: given } = run.spec.data;
  if (given?.kind !== "text") {
    throw new CliError(
      `${folder}: this run was not trained on a text, as in: neurite train names.txt`,
    );
  }
  const file = textFile(given);
  const from = flags.from.replaceAll("\\n", "\n");
  forFlag("--from", () => expectMet(from, file));
  const { count, temperature, seed, json, most = file.lines ? LINE : PROSE } = flags;
  const model = restoreModel(run);
  const texts = await sampleTexts(model, file, { from, count, most, temperature, seed });
  if (json) {
    for (const text of texts) printEvent(io, { event: "text", text });
    return;
  }
  const isBlocks = !file.lines && count > 1;
  for (const [i, text] of texts.entries())
    printLines(io, ...(isBlocks && i > 0 ? ["", text] : [text]));
}
