// The log of an experiment: what was run, of which version, on which machine, and what came of it.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, platform } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Claim, Curves, ExperimentPoint, ExperimentRun, Parameter } from "neurite/books";

/** One log, as it is written. */
export interface ExperimentLog {
  readonly experiment: string;
  readonly full: boolean;
  /** SHA-256 of experiment, full and parameters: two runs of one hash are of one identity. */
  readonly hash: string;
  /** Every parameter, the book's where none was told. */
  readonly parameters: ExperimentPoint;
  readonly seed: number | null;
  readonly version: string;
  /** Of the project, as the last sitting began; null where the program does not lie in its repository. */
  readonly commit: string | null;
  /** True where the program was changed after that commit. */
  readonly changed: boolean;
  readonly machine: Machine;
  readonly date: string;
  /** Of work, over all sittings. */
  readonly seconds: number;
  readonly claims: readonly Claim[];
  /** Written of full runs alone: those of short ones are drawn again in seconds. */
  readonly curves?: readonly Curves[];
}

interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly system: string;
  readonly node: string;
}

/** What is run: of the same kind if and only if its hash is the same. */
export interface RunIdentity {
  readonly experiment: string;
  readonly full: boolean;
  readonly parameters: ExperimentPoint;
}

/** Every parameter of a run by name, the book's where none was told. */
export function identityOf(
  experiment: string,
  full: boolean,
  parameters: Readonly<Record<string, Parameter>>,
  given: ExperimentPoint,
): RunIdentity {
  const all = Object.keys(parameters).map((name) => [name, given[name] ?? parameters[name]!.book]);
  return { experiment, full, parameters: Object.fromEntries(all) };
}

/** The same for the same experiment and parameters, in whatever order they stand. */
export function hashOf({ experiment, full, parameters }: RunIdentity): string {
  const sorted = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([experiment, full, sorted]))
    .digest("hex");
}

/** The log of a run that has ended now. */
export async function logOf(
  identity: RunIdentity,
  run: ExperimentRun,
  seconds: number,
): Promise<ExperimentLog> {
  const { claims, curves } = run;
  const seed = identity.parameters["seed"];
  return {
    ...identity,
    hash: hashOf(identity),
    seed: typeof seed === "number" ? seed : null,
    version: (JSON.parse(readFileSync(MANIFEST, "utf8")) as { version: string }).version,
    ...(await programCommit()),
    machine: {
      processor: cpus()[0]?.model.trim() || "unknown",
      cores: availableParallelism(),
      system: `${platform()} ${arch()}`,
      node: process.versions.node,
    },
    date: new Date().toISOString().slice(0, 10),
    seconds: Number(seconds.toPrecision(3)),
    claims,
    ...(curves && { curves }),
  };
}

/** A log as text, an entry of a list in one line: lists of claims are read and compared by the line. */
export function logText({ claims, curves, ...about }: ExperimentLog): string {
  const lines = (list: readonly object[]) =>
    `[${list.map((one) => `\n    ${JSON.stringify(one)}`).join(",")}\n  ]`;
  const head = JSON.stringify(about, null, 2).slice(0, -2);
  const drawn = about.full && curves ? `,\n  "curves": ${lines(curves)}` : "";
  return `${head},\n  "claims": ${lines(claims)}${drawn}\n}\n`;
}

/** The name of a log in its folder. */
export function logName({ experiment, full }: Pick<RunIdentity, "experiment" | "full">): string {
  return `${experiment}${full ? ".full" : ""}.json`;
}

const MANIFEST = fileURLToPath(new URL("../../package.json", import.meta.url));

type Commit = Pick<ExperimentLog, "commit" | "changed">;

let ours: Promise<Commit> | undefined;

/**
 * The commit that this program lies in, where it lies in its own repository: that of the first call, since a
 * long run may outlive it.
 */
export function programCommit(): Promise<Commit> {
  ours ??= askGit();
  return ours;
}

async function askGit(): Promise<Commit> {
  const folder = fileURLToPath(new URL("../..", import.meta.url));
  const git = async (...args: string[]) =>
    (await promisify(execFile)("git", ["-C", folder, ...args])).stdout.trim();
  try {
    // Not of a repository that has the program among its packages.
    await git("ls-files", "--error-unmatch", "package.json");
    const commit = await git("rev-parse", "HEAD");
    return { commit, changed: (await git("status", "--porcelain", ".", "../lib")) !== "" };
  } catch {
    return { commit: null, changed: false };
  }
}
