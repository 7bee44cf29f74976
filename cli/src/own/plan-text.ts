// A run on a text: finds its characters, and writes the specification of a recurrent network that says which comes next.

import { basename, resolve } from "node:path";
import { countExamples } from "neurite/data";
import { unknownName } from "neurite/ir";
import type { LayerSpec } from "neurite/spec";
import { parseRunSpec, type RunSpecInput } from "neurite/train";
import { applyFlags } from "../flags/apply.ts";
import { flagsGiven, type RunFlags } from "../flags/flags.ts";
import { TEST_SHARE } from "../sources/stratify.ts";
import { linesOf, readTextFile, textDataset } from "../sources/text.ts";
import {
  LONGEST,
  MOST_CHARACTERS,
  type ReadTextFile,
  type TextFile,
  textFile,
  UNKNOWN,
} from "../sources/text-spec.ts";
import { CliError, UsageError } from "../terminal/failures.ts";
import { plural } from "../terminal/names.ts";
import type { OwnPlan } from "./plan-pictures.ts";

/** Fewer characters teach nothing of what follows what. */
const LEAST_TEXT = 40;

/** @throws UsageError or CliError for flags or a text that mean nothing */
export async function planText(path: string, flags: RunFlags): Promise<OwnPlan> {
  const { hidden, cell, length: asked, activation, ...other } = flags;
  if (activation) {
    throw new UsageError(
      `${flagsGiven({ activation })}: the cells of a text have their own; --cell chooses one`,
    );
  }
  if (asked !== undefined && asked > LONGEST) {
    throw new UsageError(`--length: expected at most ${LONGEST} characters, received ${asked}`);
  }
  const { text, sha256 } = await readTextFile(path);
  const lines = isLines(text);
  const characters = lines ? ["\n", ...linesOf(text).join("\n")] : [...text];
  if (characters.length < LEAST_TEXT) {
    throw new CliError(
      `${path}: expected a text of at least ${LEAST_TEXT} characters, received ${characters.length}`,
    );
  }
  const { testFraction = TEST_SHARE, seed = 0 } = flags;
  const vocabulary = vocabularyOf(path, characters);
  const length =
    asked ?? lengthFor(characters.length * Math.min(testFraction || 1, 1 - testFraction), lines);
  const written: TextFile = {
    ...{ kind: "text", path, length },
    ...{ characters: vocabulary.join(""), lines, sha256 },
  };
  const file = textFile(written);
  const request: RunSpecInput["data"] = {
    name: basename(resolve(path)),
    testFraction,
    seed,
    file: written,
  };
  const data = textDataset(text, file, request);
  const units = hidden ?? [characters.length < 50_000 ? 64 : 128];
  const examples = countExamples(data.train);
  const run = textRun({ data: request, file, units, cell: cellFlag(cell), examples, seed });
  const spec = parseRunSpec(applyFlags(run, other));
  const what = lines
    ? `${plural(linesOf(text).length, "line")}, each a text by itself`
    : "running text";
  const told = [
    `${plural(characters.length, "character")} of ${vocabulary.length} kinds, read ${length} at a time: ${what}`,
  ];
  return { spec, data: { ...data, own: { ...data.own, told } } };
}

/** A list, as of names: most lines are short, and not one goes on in the next. */
function isLines(text: string): boolean {
  const lines = linesOf(text);
  if (lines.length < 10) return false;
  const sizes = lines.map((line) => line.length).sort((a, b) => a - b);
  return sizes[sizes.length >> 1]! <= 40 && sizes[Math.floor(sizes.length * 0.99)]! <= 80;
}

/** The characters in their order; the rarest of very many are one. */
function vocabularyOf(path: string, characters: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  if (counts.size < 2)
    throw new CliError(`${path}: it is one character only: there is nothing to learn`);
  const often = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_CHARACTERS);
  const kept = often.map(([character]) => character).filter((one) => one !== UNKNOWN);
  return [...kept.sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!), UNKNOWN];
}

/** A window that both parts can fill several times. */
function lengthFor(characters: number, isList: boolean): number {
  return Math.max(4, Math.min(isList ? 32 : 64, Math.floor(characters / 4)));
}

const CELLS = ["lstm", "gru", "simpleRnn"] as const;

function cellFlag(name = "lstm"): string {
  const cell = CELLS.find((known) => known.toLowerCase() === name.toLowerCase());
  if (cell) return cell;
  throw new UsageError(`--cell: ${unknownName("cell", name, CELLS).message}`);
}

interface TextRunOptions {
  readonly data: RunSpecInput["data"];
  readonly file: ReadTextFile;
  readonly units: readonly number[];
  readonly cell: string;
  /** Windows to train on. */
  readonly examples: number;
  readonly seed: number;
}

function textRun({ data, file, units, cell, examples, seed }: TextRunOptions): RunSpecInput {
  const { length, vocabulary } = file;
  const cells = units.map(
    (count): LayerSpec => ({ kind: cell, units: count, returnSequences: true }),
  );
  const isSmall = examples < 2000;
  // A few windows need many steps, and so small batches.
  const batchSize = examples < 200 ? 4 : 16;
  return {
    version: 1,
    data,
    model: {
      layers: [
        { kind: "input", shape: [length] },
        { kind: "embedding", size: vocabulary.length, units: Math.min(32, vocabulary.length) },
        ...cells,
        { kind: "dense", units: vocabulary.length, activation: "softmax" },
      ],
    },
    loss: "sparseCategoricalCrossentropy",
    optimizer: { name: "adam", learningRate: isSmall ? 0.005 : 0.003 },
    metrics: ["accuracy"],
    clip: { globalNorm: 5 },
    training: {
      epochs: isSmall ? 60 : 20,
      batchSize: isSmall ? batchSize : 32,
      ...(examples >= 20 && { validationSplit: 0.1 }),
    },
    ...(examples >= 20 && { stopping: { patience: isSmall ? 8 : 3, restoreBest: true } }),
    seed,
  };
}
