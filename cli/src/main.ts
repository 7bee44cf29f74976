/** The `neurite` command. */

import { runCommandLine } from "./command-line.ts";
import { rankPlace } from "./ranks/ranks.ts";
import { processIo, SILENT_IO } from "./terminal/io.ts";

// Of several processes that mpirun has started one speaks.
const isRankZero = (rankPlace()?.rank ?? 0) === 0;

process.exitCode = Math.max(
  await runCommandLine(
    process.argv.slice(2),
    isRankZero ? processIo() : SILENT_IO,
    async ({ wide }) => {
      // Only where a command is carried out: it asks the engine what there is.
      (await import("./terminal/v8-flags.ts")).setV8Flags(wide);
    },
  ),
  Number(process.exitCode ?? 0),
);
