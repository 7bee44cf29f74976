// A run on disk: its specification, its checkpoint, what it has done so far.

import { join } from "node:path";
import { NeuriteError } from "neurite";
import {
  type Callback,
  type Checkpoint,
  decodeCheckpoint,
  type Model,
  modelOf,
  type RunSpec,
  restoreCheckpoint,
} from "neurite/train";
import { FILES } from "../files/output.ts";
import { MOST_BYTES, readUpToLimit } from "../files/read-file.ts";
import { CliError } from "../terminal/failures.ts";

export interface StoredRun {
  readonly folder: string;
  readonly spec: RunSpec;
  readonly checkpoint: Checkpoint;
}

/** The run in a folder, or null where there is none. @throws NeuriteError or CliError for a broken one */
export async function findRun(folder: string): Promise<StoredRun | null> {
  const path = join(folder, FILES.weights);
  let bytes: Uint8Array;
  try {
    bytes = await readUpToLimit(path, MOST_BYTES.weights);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw error;
  }
  const checkpoint = inFile(path, () => decodeCheckpoint(bytes));
  if (!checkpoint.spec)
    throw new CliError(`${path}: no specification is stored with these weights`);
  return { folder, spec: checkpoint.spec, checkpoint };
}

/** The run in a folder. @throws CliError where there is none */
export async function readRun(folder: string): Promise<StoredRun> {
  const run = await findRun(folder);
  if (run) return run;
  throw new CliError(`${folder}: there is no run here (no ${FILES.weights})`);
}

/** The model of a stored run, as its checkpoint left it. */
export function restoreModel(run: StoredRun, callbacks: readonly Callback[] = []): Model {
  return inFile(join(run.folder, FILES.weights), () => {
    const model = modelOf(run.spec);
    restoreCheckpoint(model, run.checkpoint, callbacks);
    return model;
  });
}

/** Runs something with the content of a file; an error says which file. */
export function inFile<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof NeuriteError) error.message = `${path}: ${error.message}`;
    throw error;
  }
}
