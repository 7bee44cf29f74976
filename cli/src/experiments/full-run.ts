// Carries out a full run in a folder of its own, from where an earlier sitting left it.

import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ExperimentPoint, FullProgram, Sources } from "neurite/books";
import { openFolder, sweepFolder, writeWhole } from "../files/output.ts";
import { CliError } from "../terminal/failures.ts";
import { folderStore } from "./folder-store.ts";
import {
  type ExperimentLog,
  hashOf,
  identityOf,
  logOf,
  logText,
  programCommit,
  type RunIdentity,
} from "./log.ts";

/** What a run folder holds beside its `work`, in which each finished piece is a file. */
const FILES = { run: "run.json", time: "time.json", log: "log.json", work: "work" } as const;

/** What is to be run, and where. */
export interface FullRunOrder {
  readonly name: string;
  readonly program: FullProgram;
  readonly point: ExperimentPoint;
  readonly folder: string;
  readonly sources: Sources;
  readonly report: (text: string) => void;
}

/**
 * The log of the run: that of the folder where it is done, else of the run that ends now.
 * @throws CliError where the folder is another run's, or another process is at work there
 */
export async function carryOut(order: FullRunOrder): Promise<ExperimentLog> {
  const { name, program, point, folder, sources, report } = order;
  const identity = identityOf(name, true, program.parameters, point);
  const lock = await openFolder(folder, "--folder");
  try {
    await expectSameRun(folder, identity);
    const done = await readJson<ExperimentLog>(join(folder, FILES.log));
    if (done) {
      report(`done on ${done.date}, in ${folder}: nothing is left to do`);
      return done;
    }
    const before = (await readJson<{ seconds: number }>(join(folder, FILES.time)))?.seconds ?? 0;
    report(before > 0 ? `going on in ${folder}` : `in ${folder}`);
    await programCommit();
    const start = performance.now();
    const seconds = () => before + (performance.now() - start) / 1000;
    const keepTime = () =>
      writeWhole(join(folder, FILES.time), `${JSON.stringify({ seconds: seconds() })}\n`);
    const work = join(folder, FILES.work);
    await mkdir(work, { recursive: true });
    await sweepFolder(work);
    const run = await program.run(sources, point, { store: folderStore(work, keepTime), report });
    const log = await logOf(identity, run, seconds());
    await writeWhole(join(folder, FILES.log), logText(log));
    return log;
  } finally {
    lock.release();
  }
}

/** Marks the folder as this run's. @throws CliError where it is another's */
async function expectSameRun(folder: string, identity: RunIdentity): Promise<void> {
  const path = join(folder, FILES.run);
  const hash = hashOf(identity);
  const found = await readJson<RunIdentity & { hash: string }>(path);
  const others = (await readdir(folder)).filter((file) => !file.startsWith("."));
  if (!found && others.length > 0) {
    throw new CliError(
      `--folder: ${folder} holds other files, as ${others[0]}; take a folder of its own`,
    );
  }
  if (!found) return writeWhole(path, `${JSON.stringify({ ...identity, hash })}\n`);
  if (found.hash === hash) return;
  const isOther = found.experiment !== identity.experiment;
  const whose = isOther ? `of ${found.experiment}` : "with other parameters";
  throw new CliError(
    `--folder: ${folder} holds a run ${whose}; take another folder, or remove this one`,
  );
}

async function readJson<T>(path: string): Promise<T | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new CliError(`${path}: expected JSON, as a full run writes it`);
  }
}
