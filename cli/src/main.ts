/** The `neurite` command. */
import { processIo } from "./io.ts";
import { run } from "./program.ts";
import { setV8Flags } from "./v8-flags.ts";

setV8Flags();

process.exitCode = Math.max(
  await run(process.argv.slice(2), processIo()),
  Number(process.exitCode ?? 0),
);
