// The whole command line as one function: arguments in, exit code out.

import { readFileSync } from "node:fs";
import { Command } from "commander";
import { unknownName } from "neurite/ir";
import { announce, COMMANDS, commandNamed } from "./commands/index.ts";
import { describeFailure, UsageError } from "./terminal/failures.ts";
import type { Io } from "./terminal/io.ts";

const manifest: { version: string } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);

/** What holds for a command, whichever it is. */
export interface Settings {
  /** Vectors may be joined to 256 bits. */
  readonly wide: boolean;
}

/** @param prepare called before a command is carried out, and not where none is */
export async function runCommandLine(
  args: readonly string[],
  io: Io,
  prepare: (settings: Settings) => void | Promise<void> = () => {},
): Promise<number> {
  try {
    const program = await makeProgram(io, commandNamed(args));
    await program
      .hook("preAction", () => prepare(program.opts()))
      .parseAsync([...args], { from: "user" });
    return 0;
  } catch (error) {
    const { message, exitCode } = describeFailure(error);
    if (message !== null) io.stderr.write(`neurite: ${message}\n`);
    return exitCode;
  }
}

/** The program with all commands in its help, of which one can be carried out. */
async function makeProgram(io: Io, named: string | undefined): Promise<Command> {
  const program = new Command("neurite")
    .description("Train neural networks and look inside them.")
    .version(manifest.version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .option("--no-wide", "keep to vectors of 128 bits: the same numbers, more slowly")
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, "neurite: ")),
      ...(io.stdout.columns !== undefined && { getOutHelpWidth: () => io.stdout.columns! }),
    })
    .allowExcessArguments()
    .action(() => {
      const [wrong] = program.args;
      if (wrong === undefined) return program.outputHelp();
      const names = program.commands.map((command) => command.name());
      throw new UsageError(unknownName("command", wrong, names).message);
    });
  for (const listed of COMMANDS) {
    if (listed.name === named) (await listed.load())(program, io);
    else announce(program, listed);
    const command = program.commands.at(-1)!.summary(listed.summary);
    if (command.description() === "") command.description(listed.summary);
    refuseExcess(command);
  }
  program.addHelpText("after", EXAMPLES);
  return program;
}

/** `train mnist extra` is a mistake, wherever it is made. */
function refuseExcess(command: Command): void {
  for (const inner of command.commands) refuseExcess(inner);
  // A command of commands says itself which of them there are.
  if (command.commands.length === 0) command.allowExcessArguments(false);
}

const EXAMPLES = `
Examples:
  neurite train mnist --out runs/mnist     learn to read digits, with a report
  neurite train mnist --preset conv        the same by convolutions
  neurite train spirals --hidden 16,16     two spirals, two hidden layers of 16
  neurite predict runs/mnist digit.png     which digit is it?
  neurite inspect runs/mnist               the trained network from inside, with pictures
  neurite activations --out activations    every activation function and its derivative
`;
