// The parameters of an experiment as flags, and what the flags say.

import { type Command, Option } from "commander";
import type { ExperimentPoint, ExperimentProgram, Parameter, ParameterValue } from "neurite/books";
import { UsageError } from "../terminal/failures.ts";
import { flagName } from "../terminal/names.ts";

/** As commander hands them over: texts for what takes a value. */
export type GivenFlags = Readonly<Record<string, string | boolean | undefined>>;

type Parameters = ExperimentProgram["parameters"];

/** A flag for each parameter of the short run and of the full one. */
export function addParameterFlags(command: Command, { parameters, full }: ExperimentProgram): void {
  const both = { ...full?.parameters, ...parameters };
  for (const name of Object.keys(both)) {
    command.addOption(optionOf(name, parameters[name], full?.parameters[name]));
  }
}

/** Its text is read by `pointOfFlags`. */
function optionOf(name: string, short?: Parameter, full?: Parameter): Option {
  const { says, book } = (short ?? full)!;
  const flag = `--${flagName(name)}`;
  if (typeof book === "boolean") return new Option(flag, says);
  const value = Array.isArray(book) ? "<list>" : "<number>";
  const books = [
    ...(short ? [`book: ${String(short.book)}`] : []),
    ...(full && String(full.book) !== String(short?.book) ? [`full: ${String(full.book)}`] : []),
  ];
  return new Option(`${flag} ${value}`, `${says} (${books.join("; ")})`);
}

/** What the flags say, each checked by its parameter. @throws UsageError */
export function pointOfFlags(
  parameters: Parameters,
  flags: GivenFlags,
  what: "short" | "full",
): ExperimentPoint {
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => {
      const parameter = parameters[name];
      if (parameter) return [name, readFlag(name, parameter, value!)];
      throw new UsageError(`--${flagName(name)}: the ${what} run has no such parameter`);
    }),
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

/** A point as one would type it: " --rate 0.1 --biases". */
export function flagsOf(point: ExperimentPoint): string {
  return Object.entries(point)
    .filter(([, value]) => value !== false)
    .map(([name, value]) => ` --${flagName(name)}${value === true ? "" : ` ${String(value)}`}`)
    .join("");
}
