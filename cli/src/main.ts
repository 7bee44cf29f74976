/** The `neurite` command. */

import { createRequire } from "node:module";
import { runCommandLine } from "./command-line.ts";
import { COMMANDS, commandNamed } from "./commands/index.ts";
import { rankPlace } from "./ranks/ranks.ts";
import { processIo, SILENT_IO } from "./terminal/io.ts";

/**
 * Loads the modules of a command, which are some hundreds, by require(): it reads one straight after the other, and
 * takes a fifth less than import(), which finds them loaded then.
 */
function loadAtOnce(name: string | undefined): void {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  // Older ones cannot, or say on standard error that they do.
  const isQuiet = major === 20 || (major === 22 && minor >= 13) || major >= 24;
  if (!isQuiet || !COMMANDS.some((command) => command.name === name)) return;
  try {
    createRequire(import.meta.url)(`./commands/${name}.js`);
  } catch {
    // What is wrong import() meets as well, and says.
  }
}

// Of several processes that mpirun has started one speaks.
const isRankZero = (rankPlace()?.rank ?? 0) === 0;
const args = process.argv.slice(2);
loadAtOnce(commandNamed(args));

process.exitCode = Math.max(
  await runCommandLine(args, isRankZero ? processIo() : SILENT_IO, async ({ wide }) => {
    // Only where a command is carried out: it asks the engine what there is.
    (await import("./terminal/v8-flags.ts")).setV8Flags(wide);
  }),
  Number(process.exitCode ?? 0),
);
