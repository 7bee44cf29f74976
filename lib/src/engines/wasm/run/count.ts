// How many threads to use where nobody says.

import { ArgumentError } from "../../../checks/errors.ts";
import { MOST_THREADS } from "../memory/control.ts";

/** How many threads compute, or "auto": one a processor, at most 8. */
export type ThreadCount = number | "auto";

/** More threads rarely help small models; the rest of the machine stays free. */
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

/** What is used of Node's modules; projects without Node's types must compile against this file. */
interface NodeModules {
  readonly "node:os": { availableParallelism(): number };
  readonly "node:worker_threads": {
    readonly Worker: new (code: string, options: object) => NodeWorker;
  };
}

export interface NodeWorker {
  on(event: "error", listener: (error: unknown) => void): void;
  on(event: "exit", listener: (code: number) => void): void;
  postMessage(message: unknown): void;
  unref(): void;
}

/** A module of Node, or undefined elsewhere: an import would keep browsers from loading this file. */
export function nodeModule<N extends keyof NodeModules>(name: N): NodeModules[N] | undefined {
  const { process } = globalThis as {
    process?: { getBuiltinModule?(name: string): unknown };
  };
  return process?.getBuiltinModule?.(name) as NodeModules[N] | undefined;
}
