/** The `neurite` command. */

import { runCommandLine } from "./command-line.ts";
import { processIo } from "./terminal/io.ts";
import { setV8Flags } from "./terminal/v8-flags.ts";

process.exitCode = Math.max(
  await runCommandLine(process.argv.slice(2), processIo(), ({ wide }) => setV8Flags(wide)),
  Number(process.exitCode ?? 0),
);
