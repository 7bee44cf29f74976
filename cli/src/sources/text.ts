// A text of one's own as a data set: windows of characters, and for each character of a window the one after it.

import { createHash } from "node:crypto";
import { basename, resolve } from "node:path";
import { type DataRequest, type Examples, Rng } from "neurite/data";
import { decodeText } from "neurite/formats";
import type { FileSpec, RunSpec } from "neurite/spec";
import { readUpToLimit } from "../files/read-file.ts";
import { CliError } from "../terminal/failures.ts";
import { plural } from "../terminal/names.ts";
import { changedSince, type OwnDataset } from "./own.ts";
import { TEST_SHARE } from "./stratify.ts";
import { type ReadTextFile, textFile, UNKNOWN } from "./text-spec.ts";

const MOST_BYTES = 2 ** 28;

export interface TextRead {
  readonly text: string;
  readonly sha256: string;
}

/** The text of a file, its lines ended as Unix ends them. @throws NeuriteError for what is no text */
export async function readTextFile(path: string): Promise<TextRead> {
  const bytes = await readUpToLimit(path, MOST_BYTES);
  const text = decodeText(path, bytes)
    .replace(/^\uFEFF/, "")
    .replaceAll(/\r\n?/g, "\n");
  if (text.includes("\0")) throw new CliError(`${path}: this is not text: it holds bytes of 0`);
  return { text, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** The data of a run that has been made: the same text in the same parts. */
export async function loadText(
  request: DataRequest & { readonly file: FileSpec },
): Promise<OwnDataset> {
  const file = textFile(request.file);
  const { text, sha256 } = await readTextFile(file.path);
  const data = textDataset(text, file, request);
  const changed = changedSince(file.path, file.sha256, sha256);
  return { ...data, own: { ...data.own, notices: [...changed, ...data.own.notices] } };
}

/** Another text, all of which a run is tested on. */
export async function loadOtherText(
  path: string,
  { data }: Pick<RunSpec, "data">,
): Promise<OwnDataset> {
  const file = textFile({ ...data.file!, path });
  const { text } = await readTextFile(path);
  const whole = textDataset(text, file, { name: basename(resolve(path)), testFraction: 0 });
  return { ...whole, test: whole.train, train: windowsOf([], file) };
}

/** @throws CliError for a text that is shorter than what the network reads at a time */
export function textDataset(
  text: string,
  file: ReadTextFile,
  {
    name,
    testFraction = TEST_SHARE,
    seed = 0,
  }: Pick<DataRequest, "name" | "testFraction" | "seed">,
): OwnDataset {
  const parts = partsOfText(text, file.lines, testFraction, seed);
  const [train, test] = parts.map((part) => numbersFor(part, file.vocabulary));
  const examples = windowsOf(train!, file);
  if (examples.x.shape[0] === 0) {
    throw new CliError(
      `${file.path}: expected a text to train on of more than ${plural(file.length, "character")}, ` +
        `which the network reads at a time, received ${train!.length}`,
    );
  }
  const unknown = parts.map((part) => unknownIn(part, file.vocabulary)).reduce((a, b) => a + b, 0);
  return {
    name,
    view: "table",
    // The targets are no class of an example, but one for every character.
    classes: null,
    classNames: [],
    train: examples,
    test: windowsOf(test!, file),
    own: {
      kind: "text",
      told: [],
      notices:
        unknown > 0
          ? [
              `${plural(unknown, "character")} that the run does not know, each taken for ${UNKNOWN}`,
            ]
          : [],
    },
  };
}

/** Lines are parted at random, and each begins and ends with a line's end; of prose the end is for testing. */
function partsOfText(
  text: string,
  isLines: boolean,
  fraction: number,
  seed: number,
): [string, string] {
  if (!isLines) {
    const characters = [...text];
    const at = characters.length - Math.round(characters.length * fraction);
    return [characters.slice(0, at).join(""), characters.slice(at).join("")];
  }
  const lines = linesOf(text);
  new Rng(seed).shuffle(lines);
  const at = lines.length - Math.round(lines.length * fraction);
  const joined = (some: readonly string[]) => (some.length === 0 ? "" : `\n${some.join("\n")}\n`);
  return [joined(lines.slice(0, at)), joined(lines.slice(at))];
}

export function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

/** Characters as numbers. */
export function numbersFor(text: string, vocabulary: readonly string[]): number[] {
  const places = new Map(vocabulary.map((character, i) => [character, i]));
  const other = places.get(UNKNOWN) ?? vocabulary.length - 1;
  return Array.from(text, (character) => places.get(character) ?? other);
}

export function unknownIn(text: string, vocabulary: readonly string[]): number {
  const known = new Set(vocabulary);
  let count = 0;
  for (const character of text) if (!known.has(character)) count++;
  return count;
}

/** Windows one after the other: x int32 [n, length], and y the same a character further. */
function windowsOf(numbers: readonly number[], { length }: ReadTextFile): Examples {
  const count = Math.max(0, Math.floor((numbers.length - 1) / length));
  const array = (shift: number) => ({
    dtype: "int32" as const,
    shape: [count, length],
    data: Int32Array.from({ length: count * length }, (_, i) => numbers[i + shift]!),
  });
  return { x: array(0), y: array(1) };
}
