/** The `neurite` command. */

import { runCommandLine } from "./command-line.ts";
import { processIo } from "./terminal/io.ts";

process.exitCode = Math.max(
  await runCommandLine(process.argv.slice(2), processIo(), async ({ wide }) => {
    // Only where a command is carried out: it asks the engine what there is.
    (await import("./terminal/v8-flags.ts")).setV8Flags(wide);
  }),
  Number(process.exitCode ?? 0),
);
