// What rank 0 tells the others to train: it alone reads specifications, data and checkpoints.

import { deserialize, serialize } from "node:v8";
import type { ThreadCount } from "neurite/engines";
import type { Ranks } from "../ranks/ranks.ts";
import { UsageError } from "../terminal/failures.ts";
import type { TrainingJob } from "./training.ts";

type Told = Pick<TrainingJob, "spec" | "data" | "checkpoint" | "until">;

/** @throws UsageError for a run that so many ranks cannot share */
export async function tellJob(ranks: Ranks, job: TrainingJob): Promise<void> {
  const { spec, data, checkpoint, until } = job;
  const { batchSize, accumulate = 1 } = spec.training;
  const rows = batchSize * accumulate;
  if (rows < ranks.size) {
    throw new UsageError(
      `a step takes ${rows} examples, fewer than the ${ranks.size} ranks: give a larger --batch-size, or fewer ranks`,
    );
  }
  const told: Told = { spec, data, checkpoint, ...(until !== undefined && { until }) };
  await ranks.broadcast(serialize(told));
}

/** Tells the others that there is nothing to train. */
export async function tellNothing(ranks: Ranks): Promise<void> {
  await ranks.broadcast(new Uint8Array(0));
}

/** What rank 0 told; null where there is nothing to train. */
export async function hearJob(ranks: Ranks, threads: ThreadCount): Promise<TrainingJob | null> {
  const bytes = await ranks.broadcast(null);
  if (bytes.length === 0) return null;
  const told = deserialize(bytes) as Told;
  return { ...told, threads, folder: null, stamp: "", flowEvery: null };
}
