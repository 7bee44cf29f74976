// The commands by name, in the order of the help. Each is loaded where it is asked for, and not before: one
// may need no more than a parser, and another the whole library.

import type { Command } from "commander";
import type { Io } from "../terminal/io.ts";

export interface ListedCommand {
  readonly name: string;
  /** Its arguments, as the help says them; `[options]` first if there are any. */
  readonly takes: string;
  /** What it does, in the help. */
  readonly summary: string;
  /** Gives what adds it to the program. */
  readonly load: () => Promise<(program: Command, io: Io) => void>;
}

export const COMMANDS: readonly ListedCommand[] = [
  {
    name: "train",
    takes: "[options] [source]",
    summary: "train a network on a data set, or as a specification says",
    load: async () => (await import("./train.ts")).trainCommand,
  },
  {
    name: "data",
    takes: "[options] <source>",
    summary: "say what is in a table or a data set, and what looks wrong in it",
    load: async () => (await import("./data.ts")).dataCommand,
  },
  {
    name: "search",
    takes: "[options] [source]",
    summary: "search for settings that train well, in parallel, and train the best",
    load: async () => (await import("./search.ts")).searchCommand,
  },
  {
    name: "compare",
    takes: "[options] <runs...>",
    summary: "set runs side by side: curves, results, settings that differ",
    load: async () => (await import("./compare.ts")).compareCommand,
  },
  {
    name: "evaluate",
    takes: "[options] <folder> [data]",
    summary: "judge a saved model by the test examples of its data set, or of another one",
    load: async () => (await import("./evaluate.ts")).evaluateCommand,
  },
  {
    name: "predict",
    takes: "[options] <folder> <example...>",
    summary: "say what a saved model makes of one example",
    load: async () => (await import("./predict.ts")).predictCommand,
  },
  {
    name: "export",
    takes: "[options] <folder>",
    summary: "write a saved model for elsewhere, as one module of JavaScript",
    load: async () => (await import("./export.ts")).exportCommand,
  },
  {
    name: "generate",
    takes: "[options] <folder>",
    summary: "texts that a network trained on a text writes",
    load: async () => (await import("./generate.ts")).generateCommand,
  },
  {
    name: "import",
    takes: "[options] <file>",
    summary: "make a run of a model of Keras or TF.js, or of the weights of a PyTorch program",
    load: async () => (await import("./import.ts")).importCommand,
  },
  {
    name: "serve",
    takes: "[options] <folder>",
    summary: "answer HTTP requests with a saved model's predictions",
    load: async () => (await import("./serve.ts")).serveCommand,
  },
  {
    name: "summary",
    takes: "[options] <source>",
    summary: "what a model is: its layers and how it is trained",
    load: async () => (await import("./summary.ts")).summaryCommand,
  },
  {
    name: "inspect",
    takes: "[options] <folder> [sections...]",
    summary: "look inside a saved model",
    load: async () => (await import("./inspect.ts")).inspectCommand,
  },
  {
    name: "explain",
    takes: "[options] [expression...]",
    summary: "take an expression and its derivatives apart",
    load: async () => (await import("./explain.ts")).explainCommand,
  },
  {
    name: "activations",
    takes: "[options] [names...]",
    summary: "formulas of activation functions; with --out a picture of each and its derivative",
    load: async () => (await import("./activations.ts")).activationsCommand,
  },
  {
    name: "approximate",
    takes: "[options] <function>",
    summary: "build a network for a function of your own",
    load: async () => (await import("./approximate.ts")).approximateCommand,
  },
  {
    name: "reproduce",
    takes: "[options] [experiment]",
    summary: "set a book's numbers beside ours",
    load: async () => (await import("./reproduce.ts")).reproduceCommand,
  },
  {
    name: "playground",
    takes: "[options]",
    summary: "serve the playground's pages on this machine",
    load: async () => (await import("./playground.ts")).playgroundCommand,
  },
];

/** Adds a command to the program as far as the program's help shows it. */
export function announce(program: Command, { name, takes }: ListedCommand): void {
  const [all = "", options] = /^(\[options\] ?)?/.exec(takes)!;
  const command = program.command(`${name} ${takes.slice(all.length)}`);
  // Any option, so that the help says that there are some.
  if (options !== undefined) command.option("--option");
}

/** Which command the arguments name, if they do: `train mnist`, `help train`. */
export function commandNamed(args: readonly string[]): string | undefined {
  const [first, second] = args.filter((arg) => !arg.startsWith("-"));
  return first === "help" ? second : first;
}
