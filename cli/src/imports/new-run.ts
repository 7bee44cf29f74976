// A model from elsewhere as the folder of a run, which has done no epoch yet.

import { join } from "node:path";
import { encodeCheckpoint, type Model, type RunSpec } from "neurite/train";
import { FILES, openFolder, writeWhole } from "../files/output.ts";
import { findRun } from "../runs/run-folder.ts";
import { UsageError } from "../terminal/failures.ts";

/** @throws UsageError where there is a run already, unless it may be replaced */
export async function writeNewRun(
  out: string,
  model: Model,
  spec: RunSpec,
  overwrite = false,
): Promise<void> {
  if (!overwrite && (await findRun(out))) {
    throw new UsageError(`--out: ${out} holds a run; take another folder, or add --overwrite`);
  }
  const lock = await openFolder(out);
  try {
    await writeWhole(join(out, FILES.weights), encodeCheckpoint(model, { spec, epochs: [] }));
  } finally {
    lock.release();
  }
}
