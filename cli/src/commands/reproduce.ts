// neurite reproduce: the books' numbers beside ours, at the book's point or at one's own.

import { type Command, Option } from "commander";
import {
  type Claim,
  EXPERIMENTS,
  type Experiment,
  type ExperimentName,
  type ExperimentPoint,
  type ExperimentProgram,
  experimentNames,
  type Parameter,
  type ParameterValue,
  type Sources,
  showClaims,
  unknownExperiment,
} from "neurite/books";
import { loadIris, loadMnist } from "neurite/data/node";
import { writeWhole } from "../files/output.ts";
import { expectOwn } from "../files/own-file.ts";
import { Unsuccessful, UsageError } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { flagName, forFlag, plural } from "../terminal/names.ts";
import { table } from "../terminal/table.ts";
import { addNetwork2 } from "./reproduce-network2.ts";

/** As commander hands them over: texts for what takes a value. */
type Flags = Readonly<Record<string, string | boolean | undefined>>;

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

/** Experiments that are pictures in the book. */
const PAGES: ReadonlyMap<ExperimentName, (point: ExperimentPoint) => Promise<string>> = new Map([
  [
    "surface49",
    async ({ range }: ExperimentPoint) =>
      (await import("../drawings/figure49.ts")).figure49Page(
        range as readonly number[] | undefined,
      ),
  ],
]);

/** Adds an experiment; its parameters are fetched when it is asked for, before its flags are read. */
function addExperiment(reproduce: Command, name: ExperimentName, io: Io): void {
  const { title, source, load } = EXPERIMENTS[name];
  const command = reproduce.command(name).description(`${title} (${source})`);
  let parameters: ExperimentProgram["parameters"] = {};
  reproduce.hook("preSubcommand", async (_, called) => {
    if (called !== command) return;
    ({ parameters } = await load());
    addFlags(command, name, parameters);
  });
  command.action(async ({ json = false, out, overwrite = false, ...flags }: Flags) => {
    const point = pointOfFlags(parameters, flags);
    if (typeof out === "string" && !overwrite) await expectOwn(out);
    const off = await runAll([name], point, json === true, io);
    const draw = PAGES.get(name);
    if (draw && typeof out === "string") {
      await writeWhole(out, await draw(point));
      if (!json) printLines(io, `page: ${out}`);
    }
    if (off > 0) throw new Unsuccessful();
  });
}

function addFlags(
  command: Command,
  name: ExperimentName,
  parameters: ExperimentProgram["parameters"],
): void {
  for (const [option, parameter] of Object.entries(parameters)) {
    command.addOption(optionOf(option, parameter));
  }
  if (PAGES.has(name)) {
    command
      .option("--out <file>", "write a page with pictures")
      .option("--overwrite", "replace a file of your own of that name");
  }
  command.option("--json", "print one JSON object a claim");
  if (Object.keys(parameters).length > 0) {
    command.addHelpText(
      "after",
      "\nAt another point than the book's its numbers stand beside ours without a verdict.",
    );
  }
}

function addAll(reproduce: Command, names: readonly ExperimentName[], io: Io): void {
  reproduce
    .command("all")
    .description("every experiment but network2, one after the other")
    .option("--json", "print one JSON object a claim")
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const off = await runAll(names, {}, json, io);
      if (off > 0) throw new Unsuccessful();
    });
}

function addList(reproduce: Command, names: readonly ExperimentName[], io: Io): void {
  reproduce
    .command("list")
    .description("every experiment with its title, its source and about how long it takes")
    .option("--json", "print one JSON object an experiment")
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const entries = names.map((name) => ({ name, ...EXPERIMENTS[name] }));
      if (json) {
        for (const { name, title, source, seconds, load } of entries) {
          const { parameters } = await load();
          const book = Object.entries(parameters).map(([key, { book }]) => [key, book]);
          const event = { event: "experiment", name, title, source, seconds };
          printEvent(io, { ...event, parameters: Object.fromEntries(book) });
        }
        return;
      }
      const rows = entries.map((entry) => [entry.name, entry.title, entry.source, timeOf(entry)]);
      const network2 = [
        "network2",
        "A run of network2.py, to the digit",
        "Nielsen, chapter 3",
        "*",
      ];
      printLines(io, ...leftAligned(["name", "title", "source", "time"], [...rows, network2]));
      printLines(
        io,
        "",
        "* as long as its flags say: a line for each epoch. Of `reproduce NAME --help`",
      );
      printLines(io, "the flags are told by which an experiment leaves the book's point.");
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

function timeOf({ seconds }: Experiment): string {
  return seconds < 1 ? "below 1 s" : `about ${Math.round(seconds)} s`;
}

/** The flag of a parameter; its text is read by `pointOfFlags`. */
function optionOf(name: string, { says, book }: Parameter): Option {
  const flag = `--${flagName(name)}`;
  if (typeof book === "boolean") return new Option(flag, says);
  const value = Array.isArray(book) ? "<list>" : "<number>";
  return new Option(`${flag} ${value}`, `${says} (book: ${String(book)})`);
}

/** What the flags say, each checked by its parameter. @throws UsageError */
function pointOfFlags(parameters: ExperimentProgram["parameters"], flags: Flags): ExperimentPoint {
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => [name, readFlag(name, parameters[name]!, value!)]),
  );
}

function readFlag(
  name: string,
  { kind, book }: Parameter,
  given: string | boolean,
): ParameterValue {
  const flag = `--${flagName(name)}`;
  const value = typeof given === "boolean" ? given : numbersOf(given, Array.isArray(book));
  if (!kind.fits(value)) throw new UsageError(`${flag}: expected ${kind.says}, received ${given}`);
  return value;
}

function numbersOf(text: string, isList: boolean): number | number[] {
  const read = (part: string) => (part.trim() === "" ? Number.NaN : Number(part));
  return isList ? text.split(",").map(read) : read(text);
}

/** Runs experiments in turn and prints their claims. @returns how many are off */
async function runAll(
  names: readonly ExperimentName[],
  point: ExperimentPoint,
  json: boolean,
  io: Io,
): Promise<number> {
  let digits: ReturnType<typeof loadMnist> | undefined;
  const sources: Sources = {
    mnist: () => {
      digits ??= loadMnist();
      return digits;
    },
    iris: () => loadIris({ seed: 1 }),
  };
  const all: Claim[] = [];
  for (const name of names) {
    const { title, source, load } = EXPERIMENTS[name];
    const program = await load();
    const { claims } = await forFlag(`reproduce ${name}`, () => program.run(sources, point));
    if (json) for (const claim of claims) printEvent(io, claimEvent(name, claim));
    else printLines(io, `${source}: ${title}`, showClaims(claims), "");
    all.push(...claims);
  }
  const judged = all.filter(({ holds }) => holds !== null);
  const off = judged.filter(({ holds }) => !holds).length;
  if (json) return off;
  if (judged.length > 0) printLines(io, `${judged.length - off} of ${judged.length} claims hold.`);
  else
    printLines(
      io,
      `${plural(all.length, "number")} at your own point; the book's are for its own.`,
    );
  return off;
}

function claimEvent(experiment: ExperimentName, claim: Claim): object {
  const { name, expected, actual, tolerance, holds, note } = claim;
  return {
    event: "claim",
    experiment,
    name,
    book: expected,
    neurite: actual,
    tolerance,
    holds,
    ...(note === undefined ? {} : { note }),
  };
}
