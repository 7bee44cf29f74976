// A rank beside rank 0: trains what it is told, and writes nothing.

import type { ThreadCount } from "neurite/engines";
import { followed } from "../ranks/follower.ts";
import type { Ranks } from "../ranks/ranks.ts";
import { IDLE } from "../terminal/progress.ts";
import { hearJob } from "./shared-job.ts";
import { prepareTraining, runTraining } from "./training.ts";

/** Trains with the others until rank 0 is done. */
export async function follow(ranks: Ranks, threads: ThreadCount): Promise<void> {
  // Rank 0 stops the run between two steps; this one then ends with it.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
  await followed(ranks, async () => {
    const job = await hearJob(ranks, threads);
    if (!job) return;
    const watcher = { onStart() {}, onEpoch() {}, callback: IDLE };
    await runTraining(await prepareTraining(job), watcher, ranks);
  });
}
