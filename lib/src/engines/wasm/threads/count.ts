// How many threads to use where nobody says.

import { ArgumentError } from "../../../ir/errors.ts";
import { MOST_THREADS } from "./control.ts";

export type ThreadCount = number | "auto";

/** More seldom pay for small models, and leave the machine to others. */
const MOST_BY_ITSELF = 8;

/**
 * The number of threads that an engine has. The thread of a page must not wait for others, so that
 * there, as without shared memory, it is 1.
 * @throws ArgumentError unless it is "auto" or a whole number from 1 to 64
 */
export function countThreads(asked: ThreadCount, isShared: boolean): number {
  if (asked !== "auto" && !(Number.isInteger(asked) && asked >= 1 && asked <= MOST_THREADS)) {
    throw new ArgumentError(
      `threads: expected "auto" or a whole number from 1 to ${MOST_THREADS}, received ${asked}`,
    );
  }
  if (!isShared || !mayWait()) return 1;
  return asked === "auto" ? Math.min(MOST_BY_ITSELF, processors()) : asked;
}

/** Where a thread may be blocked: in Node, and in a worker of a page. */
function mayWait(): boolean {
  return nodeModule("node:os") !== undefined || "DedicatedWorkerGlobalScope" in globalThis;
}

function processors(): number {
  return (
    nodeModule("node:os")?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1
  );
}

interface NodeModules {
  readonly "node:os": typeof import("node:os");
  readonly "node:worker_threads": typeof import("node:worker_threads");
}

/** A module of Node, or undefined elsewhere: an import would keep browsers from loading this file. */
export function nodeModule<N extends keyof NodeModules>(name: N): NodeModules[N] | undefined {
  const { process } = globalThis as { process?: NodeJS.Process | undefined };
  return process?.getBuiltinModule?.(name) as NodeModules[N] | undefined;
}
