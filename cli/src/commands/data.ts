// neurite data: what is in a table or a data set, before anything is learnt from it.

import type { Command } from "commander";
import { lookAtSource } from "../contents/sources.ts";
import type { TableLook } from "../contents/table-source.ts";
import { writeWhole } from "../files/output.ts";
import { expectOwn } from "../files/own-file.ts";
import { addExampleOptions, addReadingOptions } from "../flags/options.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";

interface DataFlags extends TableLook {
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

export function dataCommand(program: Command, io: Io): void {
  const command = program
    .command("data")
    .description(
      "Says what is in a table or a data set: types, gaps, classes, numbers and frequent values, how strongly columns " +
        "go with the target and which give it away, rows that repeat others, and cells that look wrong, by line. " +
        "Nothing is changed.",
    )
    .argument(
      "<source>",
      'a table (people.csv, or "-" for standard input), a folder of pictures, arrays, a text, or a data set by name',
    );
  command.optionsGroup("A table:").option("--target <column>", "the column that is to be learnt");
  addReadingOptions(command).option(
    "--beside <table>",
    "another table, as that to test on: tell which of its rows are here too",
  );
  addExampleOptions(command)
    .optionsGroup("What is kept and shown:")
    .option("--out <file>", "write a page with figures here, as in people.html")
    .option("--overwrite", "replace a file of your own")
    .option("--json", "print one JSON object")
    .action((source: string, flags: DataFlags) => data(io, source, flags));
}

async function data(io: Io, source: string, flags: DataFlags): Promise<void> {
  const { out, overwrite, json } = flags;
  if (out !== undefined && !overwrite) await expectOwn(out);
  const look = await lookAtSource(source, flags);
  if (out !== undefined) await writeWhole(out, await look.page());
  if (json) return printEvent(io, { event: "data", ...look.event(), ...(out && { out }) });
  printLines(io, ...look.lines());
  if (out !== undefined) printLines(io, "", `report: ${out}`);
}
