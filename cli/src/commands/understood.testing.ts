// Reads a line of a page as the command line would, up to where it would be carried out: for tests of pages.

import { readdirSync } from "node:fs";
import { Command } from "commander";
import { unknownName } from "neurite/ir";
import { networkOf, parseRunSpec } from "neurite/train";
import { applyFlags } from "../flags/apply.ts";
import { INSPECTIONS } from "../inspections/index.ts";
import { neurite } from "../run.testing.ts";
import { readSpecSource } from "../runs/spec-source.ts";
import type { TrainFlags } from "../runs/train-plan.ts";
import { COMMANDS } from "./index.ts";

const EXAMPLES = new URL("../../../examples/src/", import.meta.url);
const io = { stdout: { write: () => {} }, stderr: { write: () => {} } };

/**
 * Holds a command to what there is: its name, subcommand and flags with their values, and the names among its
 * arguments. `npm run example NAME` is held to the examples.
 * @throws Error that says what is not understood
 */
export async function expectUnderstood(line: string): Promise<void> {
  const words = wordsOf(line);
  if (words[0] === "npx") words.shift();
  const [program, ...args] = words;
  if (program === "npm") return expectScript(args);
  if (program !== "neurite") throw new Error(`expected a command, received ${line}`);
  if (IN_EARNEST.has(args[0]!) && !args.includes("--out")) return await carryOut(args);
  const listed = COMMANDS.find(({ name }) => name === args[0]);
  if (!listed)
    throw unknownName(
      "command",
      args[0]!,
      COMMANDS.map(({ name }) => name),
    );
  const root = new Command("neurite");
  (await listed.load())(root, io);
  let check: Promise<void> | undefined;
  for (const command of leavesOf(root)) {
    command.allowExcessArguments(false).action((...given: unknown[]) => {
      check = CHECKS[args[0]!]?.(given);
    });
  }
  for (const command of allOf(root)) {
    command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
  }
  await root.parseAsync(args, { from: "user" });
  await check;
}

/** Commands that take a moment and write nothing: they are carried out, which tries every name. */
const IN_EARNEST: ReadonlySet<string> = new Set(["explain", "activations"]);

async function carryOut(args: readonly string[]): Promise<void> {
  const { code, stderr } = await neurite(...args);
  if (code !== 0) throw new Error(stderr);
}

/** What is held to more than its flags, by its arguments as commander hands them over. */
const CHECKS: Readonly<Record<string, (given: unknown[]) => Promise<void>>> = {
  train: async ([source, flags]) => {
    const { preset, ...rest } = flags as TrainFlags;
    const spec = parseRunSpec(applyFlags(await readSpecSource(source as string, preset), rest));
    networkOf(spec.model, spec.dtype);
  },
  inspect: async ([, sections]) => {
    const known = [...INSPECTIONS.keys()];
    for (const name of sections as string[]) {
      if (!known.includes(name)) throw unknownName("section", name, known);
    }
  },
};

function expectScript([run, script, name, ...rest]: readonly string[]): void {
  const names = readdirSync(EXAMPLES).map((file) => file.replace(/\.ts$/, ""));
  const isExample = run === "run" && script === "example" && rest.length === 0;
  if (isExample && names.includes(name!)) return;
  if (run === "run" && script === "playground" && name === undefined) return;
  throw new Error(`there is no example for: npm ${[run, script, name, ...rest].join(" ")}`);
}

/** Words as a shell parts them, those in double quotes being one. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|[^\s"]+/g)].map(([word, quoted]) => quoted ?? word);
}

function allOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allOf)];
}

/** Commands without subcommands; one that has some says itself which names it does not know. */
function leavesOf(command: Command): Command[] {
  return allOf(command).filter(({ commands }) => commands.length === 0);
}
