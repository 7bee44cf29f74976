// A rank beside rank 0: trains what it is told, says nothing and writes nothing.

import { setTimeout as sleep } from "node:timers/promises";
import type { ThreadCount } from "neurite/engines";
import { RankError, type Ranks } from "../ranks/ranks.ts";
import { describeFailure, Unsuccessful } from "../terminal/failures.ts";
import { IDLE } from "../terminal/progress.ts";
import { hearJob } from "./shared-job.ts";
import { prepareTraining, runTraining } from "./training.ts";

/** How long rank 0 has to say what is wrong, where that is wrong on all ranks. */
const GRACE_MS = 5000;

/** Trains with the others until rank 0 is done. */
export async function follow(ranks: Ranks, threads: ThreadCount): Promise<void> {
  // Rank 0 stops the run between two steps; this one then ends with it.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
  try {
    const job = await hearJob(ranks, threads);
    if (job) {
      const watcher = { onStart() {}, onEpoch() {}, callback: IDLE };
      await runTraining(await prepareTraining(job), watcher, ranks);
    }
    await ranks.close();
  } catch (error) {
    if (error instanceof RankError) throw new Unsuccessful("rank 0 has said so"); // or it is gone
    await sleep(GRACE_MS);
    const { message } = describeFailure(error);
    process.stderr.write(`neurite: rank ${ranks.rank}: ${message}\n`);
    throw new Unsuccessful("said");
  }
}
