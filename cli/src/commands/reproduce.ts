// neurite reproduce: the books' numbers beside ours, at the book's point or at one's own.

import { dirname, join } from "node:path";
import { type Command, Option } from "commander";
import {
  EXPERIMENTS,
  type ExperimentName,
  type ExperimentProgram,
  experimentNames,
  unknownExperiment,
} from "neurite/books";
import { countOff, runExperiments } from "../experiments/carry-out.ts";
import { addParameterFlags, type GivenFlags, pointOfFlags } from "../experiments/flags.ts";
import type { ExperimentLog } from "../experiments/log.ts";
import { makeFolders, writeWhole } from "../files/output.ts";
import { expectOwn } from "../files/own-file.ts";
import { Unsuccessful, UsageError } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { table } from "../terminal/table.ts";
import { addNetwork2 } from "./reproduce-network2.ts";

/** Where full runs keep what they have done, each in a folder of its own. */
const RUNS = "runs/reproduce";

/** Adds `reproduce` with one subcommand for each experiment. */
export function reproduceCommand(program: Command, io: Io): void {
  const names = experimentNames();
  const reproduce = program
    .command("reproduce")
    .description("Runs an experiment of a book, and sets the book's numbers beside ours.")
    .argument("[experiment]")
    .allowExcessArguments()
    .allowUnknownOption()
    .action((name: string | undefined) => {
      const others = ["network2", "all", "list"];
      if (name !== undefined) throw new UsageError(unknownExperiment(name, others).message);
      const known = [...names, ...others].join(", ");
      throw new UsageError(`reproduce: expected the name of an experiment: ${known}`);
    });
  addNetwork2(reproduce, io);
  for (const name of names) addExperiment(reproduce, name, io);
  addAll(reproduce, names, io);
  addList(reproduce, names, io);
}

/** Adds an experiment; its parameters are fetched when it is asked for, before its flags are read. */
function addExperiment(reproduce: Command, name: ExperimentName, io: Io): void {
  const { title, source, load } = EXPERIMENTS[name];
  const command = reproduce.command(name).description(`${title} (${source})`);
  let program: ExperimentProgram;
  reproduce.hook("preSubcommand", async (_, called) => {
    if (called !== command) return;
    program = await load();
    addFlags(command, program);
  });
  command.action(async ({ json, out, overwrite, full, folder, log, ...flags }: Flags) => {
    const chosen = full ? program.full : program;
    if (!chosen)
      throw new UsageError(
        `--full: there is no long run of ${name}; "reproduce list" says of which`,
      );
    const point = pointOfFlags(chosen.parameters, flags, full ? "full" : "short");
    if (folder !== undefined && !full)
      throw new UsageError("--folder: is of full runs; say --full");
    if (out !== undefined) {
      if (!overwrite) await expectOwn(out);
      await makeFolders(dirname(out));
    }
    const manner = {
      json: json === true,
      curves: out !== undefined,
      ...(log !== undefined && { log }),
      ...(full && { full: { folderOf: () => folder ?? join(RUNS, name) } }),
    };
    const [result] = await runExperiments([name], point, manner, io);
    if (out !== undefined) {
      const { experimentPage } = await import("../experiments/page.ts");
      await writeWhole(out, await experimentPage(result!, point));
      if (!json) printLines(io, `page: ${out}`);
    }
    expectAllHold([result!]);
  });
}

/** What the flags of an experiment say: its parameters, and what every experiment has. */
type Flags = GivenFlags & {
  readonly json?: boolean;
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly full?: boolean;
  readonly folder?: string;
  readonly log?: string;
};

function addFlags(command: Command, program: ExperimentProgram): void {
  addParameterFlags(command, program);
  command
    .option("--out <file>", "write a page with the numbers and their curves")
    .option("--overwrite", "replace a file of your own of that name");
  if (!program.full) command.addOption(new Option("--full").hideHelp());
  else {
    command
      .option(
        "--full",
        `the long run, ${timeOf(program.full.seconds)}; the same command goes on where it was ended`,
      )
      .option("--folder <folder>", `where it keeps what is done (default: ${RUNS}/NAME)`);
  }
  command.option("--log <folder>", LOG).option("--json", "print one JSON object a claim");
  if (Object.keys(program.parameters).length > 0) {
    command.addHelpText(
      "after",
      "\nAt another point than the book's its numbers stand beside ours without a verdict.",
    );
  }
}

const LOG = "keep what was run, where, and what came of it as NAME.json in a folder";

function addAll(reproduce: Command, names: readonly ExperimentName[], io: Io): void {
  reproduce
    .command("all")
    .description("every experiment but network2, one after the other")
    .option("--full", "the long runs of all that have one")
    .option("--log <folder>", LOG)
    .option("--json", "print one JSON object a claim")
    .action(async ({ json = false, full = false, log }: AllFlags) => {
      const programs = full ? await Promise.all(names.map((name) => EXPERIMENTS[name].load())) : [];
      const chosen = full ? names.filter((_, i) => programs[i]!.full) : names;
      const manner = {
        json,
        ...(log !== undefined && { log }),
        ...(full && { full: { folderOf: (name: string) => join(RUNS, name) } }),
      };
      expectAllHold(await runExperiments(chosen, {}, manner, io));
    });
}

interface AllFlags {
  readonly json?: boolean;
  readonly full?: boolean;
  readonly log?: string;
}

function expectAllHold(logs: readonly ExperimentLog[]): void {
  if (countOff(logs.flatMap(({ claims }) => claims)).off > 0) throw new Unsuccessful();
}

function addList(reproduce: Command, names: readonly ExperimentName[], io: Io): void {
  reproduce
    .command("list")
    .description("every experiment with its title, its source and about how long it takes")
    .option("--json", "print one JSON object an experiment")
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const entries = await Promise.all(
        names.map(async (name) => {
          const { load, ...about } = EXPERIMENTS[name];
          const { parameters, full } = await load();
          return { name, ...about, parameters, full };
        }),
      );
      if (json) {
        for (const { parameters, full, ...about } of entries) {
          const book = Object.entries(parameters).map(([key, { book }]) => [key, book]);
          const fullSeconds = full?.seconds ?? null;
          const event = { event: "experiment", ...about, fullSeconds };
          printEvent(io, { ...event, parameters: Object.fromEntries(book) });
        }
        return;
      }
      const rows = entries.map(({ name, title, source, seconds, full }) => {
        return [name, title, source, timeOf(seconds), full ? timeOf(full.seconds) : ""];
      });
      const network2 = [
        "network2",
        "A run of network2.py, to the digit",
        "Nielsen, chapter 3",
        "*",
        "",
      ];
      printLines(
        io,
        ...leftAligned(["name", "title", "source", "time", "--full"], [...rows, network2]),
        "",
        "* as long as its flags say: a line for each epoch. Of `reproduce NAME --help`",
        "the flags are told by which an experiment leaves the book's point.",
      );
    });
}

/** Columns of words, each from the left. */
function leftAligned(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, c) =>
    Math.max(title.length, ...rows.map((row) => row[c]!.length)),
  );
  return table(
    head.map((title, c) => title.padEnd(widths[c]!)),
    rows.map((row) => row.map((cell, c) => cell.padEnd(widths[c]!))),
  ).map((line) => line.trimEnd());
}

function timeOf(seconds: number): string {
  if (seconds < 1) return "below 1 s";
  if (seconds < 120) return `about ${Math.round(seconds)} s`;
  return seconds < 7200
    ? `about ${Math.round(seconds / 60)} min`
    : `about ${Math.round(seconds / 3600)} h`;
}
