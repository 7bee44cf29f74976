/** The `neurite` command. */

import { run } from "./command-line.ts";
import { processIo } from "./terminal/io.ts";
import { setV8Flags } from "./terminal/v8-flags.ts";

setV8Flags();

process.exitCode = Math.max(
  await run(process.argv.slice(2), processIo()),
  Number(process.exitCode ?? 0),
);
