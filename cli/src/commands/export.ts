// neurite export: a saved model in a format for elsewhere.

import { lstat } from "node:fs/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import { unknownName } from "neurite/ir";
import { FORMATS } from "../exports/index.ts";
import { writeWhole } from "../files/output.ts";
import { readRun, restoreModel } from "../runs/run-folder.ts";
import { UsageError } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";

interface ExportFlags {
  readonly format: string;
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

export function exportCommand(program: Command, io: Io): void {
  const names = Object.keys(FORMATS);
  const lines = names.map((name) => `${name}: ${FORMATS[name]!.says}`);
  program
    .command("export")
    .description(`A saved model in a format for elsewhere.\n\n${lines.join("\n")}`)
    .argument("<folder>", "folder of a run, as given to train --out")
    .addOption(
      new Option("--format <name>", `which: ${names.join(", ")}`)
        .makeOptionMandatory()
        .argParser(parseFormat),
    )
    .option("--out <file>", "write it here; model.<ending of the format> unless told otherwise")
    .option("--overwrite", "replace files that are there")
    .option("--json", "print one JSON object")
    .action((folder: string, flags: ExportFlags) => exportRun(io, folder, flags));
}

function parseFormat(name: string): string {
  if (Object.hasOwn(FORMATS, name)) return name;
  throw new InvalidArgumentError(unknownName("format", name, Object.keys(FORMATS)).message);
}

async function exportRun(io: Io, folder: string, flags: ExportFlags): Promise<void> {
  const format = FORMATS[flags.format]!;
  const { out = `model.${format.extension}`, overwrite, json } = flags;
  const write = await format.load();
  const run = await readRun(folder);
  const { files, told } = await write({ run, model: restoreModel(run), out });
  if (!overwrite) await Promise.all(files.map(({ path }) => expectNothing(path)));
  for (const { path, content } of files) await writeWhole(path, content);
  const sizes = files.map(({ path, content }) => ({ path, bytes: Buffer.byteLength(content) }));
  if (json) return printEvent(io, { event: "export", format: flags.format, files: sizes });
  for (const { path, bytes } of sizes) {
    printLines(io, `${path}  ${bytes.toLocaleString("en-US")} bytes`);
  }
  printLines(io, ...told);
}

async function expectNothing(path: string): Promise<void> {
  if (!(await lstat(path).catch(() => null))) return;
  throw new UsageError(
    `--out: there is a file ${path} already; take another name, or replace it with --overwrite`,
  );
}
