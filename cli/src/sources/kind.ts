// What a source is that a user names: a data set, a specification, or data of one's own and of which kind.

import { readdir } from "node:fs/promises";
import { dataNames } from "neurite/data";
import { NODE_DATA } from "neurite/data/node";
import type { FileKind } from "neurite/spec";
import { FILES } from "../files/output.ts";
import { STANDARD_INPUT } from "../files/standard-input.ts";
import type { RunFlags } from "../flags/flags.ts";
import { flagsGiven } from "../flags/flags.ts";
import { UsageError } from "../terminal/failures.ts";
import { isTableFile } from "./table-file.ts";

const TEXT_FILE = /\.(txt|text|md)$/i;
const ARRAY_FILE = /\.(npy|npz|idx)$|([.-]|idx\d-)ubyte(\.gz)?$|\.idx\.gz$/i;
/** Files of a folder in the naming of MNIST. */
export const MNIST_NAMES: RegExp = /^(train|t10k|test)-(images|labels)[.-]/i;

/** What files of one's own hold; null for a data set by name, and for a specification. */
export async function kindOfSource(source: string, flags: RunFlags): Promise<FileKind | null> {
  if (dataNames(NODE_DATA).includes(source)) return null;
  if (source === STANDARD_INPUT) return "table";
  if (flags.images !== undefined || ARRAY_FILE.test(source)) return "arrays";
  const hasTarget = flags.target !== undefined;
  if (!hasTarget && TEXT_FILE.test(source)) return "text";
  if (isTableFile(source)) return "table";
  const names = await readdir(source).catch(() => null);
  if (names === null) return hasTarget && /[./\\]/.test(source) ? "table" : null;
  if (names.includes(FILES.weights)) {
    throw new UsageError(
      `${source}: this is the folder of a run; go on with it by --resume ${source}`,
    );
  }
  return names.some((name) => MNIST_NAMES.test(name)) ? "arrays" : "pictures";
}

type FlagName = keyof RunFlags;
const READING = [
  "delimiter",
  "encoding",
  "decimal",
  "dates",
  "header",
  "missing",
  "ragged",
] as const;
/** Flags that only some kinds of data understand. */
const ONLY: Readonly<Record<FileKind, readonly FlagName[]>> = {
  table: ["target", "columns", "ignore", "types", ...READING],
  pictures: ["size", "grey", "colour", "fit", "strict"],
  arrays: ["images", "labels"],
  text: ["length", "cell"],
};
const WHAT: Readonly<Record<FileKind, string>> = {
  table: "no table of your own, as people.csv would be",
  pictures: "no folder of pictures",
  arrays: "no file of arrays, as digits.npz would be",
  text: "no text of your own, as names.txt would be",
};

/** @throws UsageError for flags that mean something to other kinds of data only */
export function expectFlagsFor(source: string, kind: FileKind | null, flags: RunFlags): void {
  for (const [other, names] of Object.entries(ONLY) as [FileKind, readonly FlagName[]][]) {
    if (other === kind) continue;
    const given = flagsGiven(Object.fromEntries(names.map((name) => [name, flags[name]])));
    if (given.length > 0) throw new UsageError(`${given.join(", ")}: ${source} is ${WHAT[other]}`);
  }
}
