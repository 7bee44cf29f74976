// Where a command writes: results to standard output, everything else to standard error.

import { reasonOf } from "./failures.ts";

export interface Sink {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
}

/**
 * The streams of this process. A reader that goes away, as `head` does, ends the program quietly; results
 * that cannot be written end it with a sentence; progress that cannot be written is nobody's loss.
 */
export function processIo(): Io {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    process.stderr.write(`neurite: standard output: ${reasonOf(error)}\n`);
    process.exit(1);
  });
  process.stderr.on("error", () => {});
  return { stdout: process.stdout, stderr: process.stderr };
}

export function printLines(io: Io, ...lines: readonly string[]): void {
  for (const line of lines) io.stdout.write(`${line}\n`);
}

/** One JSON object on a line of standard output. */
export function printEvent(io: Io, event: object): void {
  io.stdout.write(`${JSON.stringify(event)}\n`);
}

/** Of a process that leaves it to another to speak. */
export const SILENT_IO: Io = { stdout: { write() {} }, stderr: { write() {} } };
