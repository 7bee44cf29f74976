// The ranks of a run: processes that train one model together, and how a process finds out that it is one of them.

import { availableParallelism, cpus } from "node:os";
import type { Exchange } from "neurite/train";
import { CliError } from "../terminal/failures.ts";

/** The ranks as one of them sees them. */
export interface Ranks extends Exchange {
  /** How they reach each other, as a person reads it. */
  readonly how: string;
  /** What rank 0 gives, on every rank. */
  broadcast(bytes: Uint8Array | null): Promise<Uint8Array>;
  /** Messages between two ranks, where that is possible. */
  readonly mail?: Mail;
  /** To be called by all ranks as the last thing: a rank that ends without it ends all. */
  close(): Promise<void>;
}

/** Bytes from one rank to another. */
export interface Mail {
  send(to: number, bytes: Uint8Array): Promise<void>;
  /** The next message, however long it takes; null once `signal` is aborted. */
  receive(
    signal?: AbortSignal,
  ): Promise<{ readonly from: number; readonly bytes: Uint8Array } | null>;
}

/** A rank is gone, or silent. */
export class RankError extends CliError {
  override name = "RankError";
}

/** Seconds that ranks wait for each other where nothing is said. */
export const PATIENCE = 120;

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a process stands among those that were started with it. */
export interface RankPlace {
  readonly rank: number;
  readonly size: number;
  /** Ranks on this machine, where that is known. */
  readonly local?: number;
  /** Where rank 0 listens, of ranks that `--ranks` started; the others were started by MPI. */
  readonly path?: string;
}

/** Set by `neurite train --ranks` for the processes that it starts: "rank/size/path". */
export const PLACE_VARIABLE = "NEURITE_RANK";

/** Names of variables: rank, size, and ranks on this machine. */
type Names = readonly [rank: string, size: string, local: string];

/** Launchers and what they set; the first that says a rank and a size counts. */
const LAUNCHERS: readonly Names[] = [
  ["OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_SIZE"],
  ["PMI_RANK", "PMI_SIZE", "MPI_LOCALNRANKS"], // MPICH, Intel MPI, and Slurm's PMI-1 and PMI-2
  ["PMIX_RANK", "SLURM_STEP_NUM_TASKS", ""], // srun --mpi=pmix
  ["PMIX_RANK", "SLURM_NTASKS", ""],
];

/** Where this process stands; null where it is alone. */
export function rankPlace(environment: Environment = process.env): RankPlace | null {
  const started = environment[PLACE_VARIABLE];
  if (started !== undefined) {
    const [rank, size, ...path] = started.split("/");
    return { rank: Number(rank), size: Number(size), local: Number(size), path: path.join("/") };
  }
  for (const [rank, size, local] of LAUNCHERS) {
    const place = { rank: wholeOf(environment[rank]), size: wholeOf(environment[size]) };
    if (Number.isNaN(place.rank) || !(place.size > 1)) continue;
    const here = wholeOf(environment[local]);
    return { ...place, ...(here > 0 && { local: here }) };
  }
  return null;
}

function wholeOf(text: string | undefined): number {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

/** Threads of one rank where nothing is said: its part of the processors that this machine gives it. */
export function threadsOf({ local = 1 }: Pick<RankPlace, "local">): number {
  const free = availableParallelism();
  // A launcher that binds ranks to processors has shared them out already.
  const isBound = free < cpus().length;
  return Math.min(8, Math.max(1, isBound ? free : Math.floor(free / local)));
}
