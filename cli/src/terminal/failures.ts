// How the program fails: one sentence on standard error and an exit code that says whose fault it was.

import { CommanderError } from "commander";
import { NeuriteError } from "neurite/ir";

/** A command line that means nothing: exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** A file or folder that cannot be used: exit code 1. */
export class CliError extends Error {
  override name = "CliError";
}

/** The user pressed Ctrl-C, or the system asked the program to end. */
export class Interrupted extends Error {
  override name = "Interrupted";
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The command has said itself what is wrong: exit code 1. */
export class Unsuccessful extends Error {
  override name = "Unsuccessful";
}

export interface Failure {
  /** Null where everything has been said. */
  readonly message: string | null;
  readonly exitCode: number;
}

export function describeFailure(error: unknown): Failure {
  if (error instanceof CommanderError) {
    const { code, exitCode } = error;
    const own = exitCode === 0 || code === "commander.error";
    return { message: null, exitCode: own ? exitCode : 2 };
  }
  if (error instanceof Unsuccessful) return { message: null, exitCode: 1 };
  if (error instanceof Interrupted) return { message: error.message, exitCode: error.exitCode };
  if (error instanceof UsageError) return { message: error.message, exitCode: 2 };
  if (error instanceof NeuriteError || error instanceof CliError) {
    return { message: error.message, exitCode: 1 };
  }
  const system = describeSystemError(error as NodeJS.ErrnoException);
  if (system !== null) return { message: system, exitCode: 1 };
  const stack = error instanceof Error ? error.stack : String(error);
  return { message: `this is a fault in Neurite itself, please report it:\n${stack}`, exitCode: 1 };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "this is a folder, not a file",
  ENOTDIR: "part of the path is a file, not a folder",
  EEXIST: "there is a file of this name",
  ENOSPC: "the disk is full",
  EROFS: "the file system is read-only",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long",
  ELOOP: "symbolic links that lead in a circle",
  EFBIG: "the file is too large for this file system",
  EDQUOT: "the disk quota is used up",
  EIO: "the device does not answer as it should",
  ENXIO: "there is no such device",
  EBUSY: "something else uses it",
  EMLINK: "too many links",
};

/** What the operating system refused, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ""] ?? message;
}

/** Null unless the operating system refused something. */
function describeSystemError(error: NodeJS.ErrnoException): string | null {
  const { code, path } = error;
  if (typeof code !== "string" || !/^E[A-Z0-9]+$/.test(code)) return null;
  return `${path ?? "a file"}: ${reasonOf(error)}`;
}
