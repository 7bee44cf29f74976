// The ranks of this run: started here, by mpirun or srun, or none.

import { CliError, UsageError } from "../terminal/failures.ts";
import type { Patience } from "./local-ranks.ts";
import type { RankPlace, Ranks } from "./ranks.ts";

const NEEDED =
  "this process was started as one of several by MPI, for which the package @neurite/mpi is needed: " +
  "npm install @neurite/mpi. On one machine, neurite train --ranks does without MPI.";

/**
 * @param place of this process among those that were started with it
 * @param asked how many ranks to start here
 * @returns null where this process trains alone
 */
export async function joinRanks(
  place: RankPlace | null,
  asked: number | undefined,
  options: Patience,
): Promise<Ranks | null> {
  if (place === null) {
    if (asked === undefined || asked === 1) return null;
    return await (await import("./start.ts")).startRanks(asked, options);
  }
  if (place.path !== undefined)
    return await (await import("./start.ts")).joinStarted(place, options);
  if (asked !== undefined) {
    throw new UsageError("--ranks: MPI has started the ranks already; leave it away");
  }
  return await mpiRanks(place.size, options);
}

/** @param started processes, as the launcher says */
async function mpiRanks(started: number, options: Patience): Promise<Ranks> {
  const { joinMpi } = await import("@neurite/mpi").catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw code === "ERR_MODULE_NOT_FOUND" ? new CliError(NEEDED) : error;
  });
  const mpi = await joinMpi(options);
  if (mpi.size !== started) {
    // Each would train alone, and all write the same files.
    await mpi.close();
    throw new CliError(
      `mpi: ${started} processes were started, and ${nameOf(mpi)} knows of ${mpi.size}: it is not the launcher's library. ` +
        "Name that one in NEURITE_MPI_LIBRARY, as in /opt/mpi/lib/libmpi.so.",
    );
  }
  const abort = (code: number) => mpi.abort(code || 1);
  process.once("exit", abort);
  return {
    rank: mpi.rank,
    size: mpi.size,
    how: nameOf(mpi),
    sum: (arrays) => mpi.sum(arrays),
    broadcast: (bytes) => mpi.broadcast(bytes),
    mail: mpi,
    async close() {
      await mpi.close();
      process.off("exit", abort);
    },
  };
}

/** "Open MPI v4.1.4" of all that a library says of itself. */
const nameOf = ({ version }: { readonly version: string }): string =>
  version.split(",")[0]!.replace(/\s+/g, " ").replace("Version: ", "");
