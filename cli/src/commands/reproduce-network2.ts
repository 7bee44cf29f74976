// neurite reproduce network2: a run of Nielsen's network2.py, an epoch a line.

import { type Command, Option } from "commander";
import {
  type Claim,
  compareEpoch,
  compareRange,
  NETWORK2_RUNS,
  type Network2Epoch,
  type Network2Options,
  runNetwork2,
  UNSEEDED_RUNS,
} from "neurite/books";
import { loadMnist } from "neurite/data/node";
import { Unsuccessful } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { flagName } from "../terminal/names.ts";
import { numberParser, parseCount, parseSizes, parseWhole } from "../terminal/options.ts";

/** As commander hands them over, in its spelling of the names. */
type Parsed = Network2Options & { readonly json?: boolean };

const DEFAULT_RUNS: Network2Options = {
  sizes: [784, 30, 10],
  cost: "cross-entropy",
  init: "default",
  eta: 0.5,
  lambda: 0,
  miniBatch: 10,
  epochs: 30,
  train: 1000,
  monitor: "test",
  seed: 12345678,
};

const real = numberParser("a number", () => true);

export function addNetwork2(reproduce: Command, io: Io): void {
  reproduce
    .command("network2")
    .description("train on MNIST as Nielsen's network2.py does, to the digit")
    .addHelpText("after", `\n${publishedRuns()}`)
    .addOption(option("--sizes <list>", "neurons of each layer", DEFAULT_RUNS.sizes, parseSizes))
    .addOption(choice("--cost <name>", "what to descend", ["cross-entropy", "quadratic"]))
    .addOption(choice("--init <name>", "how the weights start", ["default", "large"]))
    .addOption(option("--eta <rate>", "learning rate", DEFAULT_RUNS.eta, real))
    .addOption(option("--lambda <number>", "L2 penalty", DEFAULT_RUNS.lambda, real))
    .addOption(
      option("--mini-batch <count>", "images in a step", DEFAULT_RUNS.miniBatch, parseCount),
    )
    .addOption(option("--epochs <count>", "epochs", DEFAULT_RUNS.epochs, parseWhole))
    .addOption(
      option("--train <count>", "training images, 50,000 at most", DEFAULT_RUNS.train, parseCount),
    )
    .addOption(choice("--monitor <set>", "what to evaluate on", ["test", "validation"]))
    .addOption(
      option("--seed <number>", "seed of both random streams", DEFAULT_RUNS.seed, parseWhole),
    )
    .option("--json", "print one JSON object an epoch")
    .action(async ({ json = false, ...options }: Parsed) => {
      const off = await run(options, json, io);
      if (off > 0) throw new Unsuccessful();
    });
}

/** Runs and prints the epochs. @returns how many of the book's figures are off */
async function run(options: Network2Options, json: boolean, io: Io): Promise<number> {
  let off = 0;
  let any = false;
  const epochs: Network2Epoch[] = [];
  for (const epoch of runNetwork2(options, await loadMnist())) {
    epochs.push(epoch);
    const claims = compareEpoch(options, epoch);
    off += claims.filter(({ holds }) => !holds).length;
    any ||= claims.length > 0;
    if (json) printEvent(io, { event: "epoch", ...epoch });
    else printLines(io, ...epochLines(epoch, claims));
  }
  const range = compareRange(options, epochs);
  if (range?.holds === false) off++;
  if (range && json) printEvent(io, { event: "range", ...range });
  if (range && !json) printLines(io, ...rangeLines(range));
  if (!json && !any && !range) {
    printLines(io, "The book prints no number for this run.", publishedRuns());
  }
  return off;
}

/** The whole run beside a figure of the book whose seed nobody knows. */
function rangeLines({ name, expected, actual, holds, note }: Claim): string[] {
  const verdict = { true: "in range", false: "OUT OF RANGE", null: "fewer epochs than the book's" };
  return [`${name}: book ${expected}, here ${actual}  ${verdict[`${holds}`]}`, note!];
}

/** The runs that the book prints numbers of, as arguments. */
function publishedRuns(): string {
  const lines = NETWORK2_RUNS.map(
    ({ options, epochs }) => `  ${commandOf(options)}  (epochs ${epochs.join(", ")})`,
  );
  const unseeded = UNSEEDED_RUNS.map(({ options, epochs }) => `  ${commandOf(options, epochs)}`);
  return [
    "Its numbers are for these runs, epochs counted from 0:",
    ...lines,
    "Of these it does not tell the seed; ours is held against a range:",
    ...unseeded,
  ].join("\n");
}

/** A run as one would type it. */
function commandOf(options: Partial<Network2Options>, epochs?: number): string {
  const flags = Object.entries({ ...options, ...(epochs !== undefined && { epochs }) })
    .filter(
      ([name, value]) => String(DEFAULT_RUNS[name as keyof Network2Options]) !== String(value),
    )
    .map(([name, value]) => ` --${flagName(name)} ${value}`);
  return `neurite reproduce network2${flags.join("")}`;
}

const WORDS: Readonly<Record<string, string>> = {
  evaluationCost: "evaluation cost",
  evaluationCorrect: "evaluation correct",
  trainingCost: "training cost",
  trainingCorrect: "training correct",
};

/** An epoch in one line, and the book's figures for it under it. */
function epochLines(epoch: Network2Epoch, claims: readonly Claim[]): string[] {
  const figures = [
    `epoch ${String(epoch.epoch).padStart(3)}`,
    `evaluation cost ${epoch.evaluationCost.toFixed(6)} correct ${epoch.evaluationCorrect}`,
    `training cost ${epoch.trainingCost.toFixed(6)} correct ${epoch.trainingCorrect}`,
  ];
  const book = claims.map(({ name, expected, actual, holds }) => {
    const ours = holds ? "ok" : `OFF, here ${actual}`;
    return `${" ".repeat(10)} book: ${WORDS[name]} ${expected}  ${ours}`;
  });
  return [figures.join("  "), ...book];
}

function option<T>(
  flags: string,
  description: string,
  initial: T,
  parse: (text: string) => T,
): Option {
  return new Option(flags, description).default(initial).argParser(parse);
}

/** An option with a few values, the first of which is the default. */
function choice(flags: string, description: string, values: readonly string[]): Option {
  return new Option(flags, description).choices(values).default(values[0]);
}
