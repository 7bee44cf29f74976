// A rank beside rank 0: says nothing, and leaves it to rank 0 to say what is wrong.

import { setTimeout as sleep } from "node:timers/promises";
import { describeFailure, Unsuccessful } from "../terminal/failures.ts";
import { RankError, type Ranks } from "./ranks.ts";

/** How long rank 0 has to say what is wrong, where that is wrong on all ranks. */
const GRACE_MS = 5000;

/** Does a rank's part, and leaves with the others. @throws Unsuccessful where it fails */
export async function followed(ranks: Ranks, part: () => Promise<void>): Promise<void> {
  try {
    await part();
    await ranks.close();
  } catch (error) {
    if (error instanceof RankError) throw new Unsuccessful("rank 0 has said so"); // or it is gone
    await sleep(GRACE_MS);
    const { message } = describeFailure(error);
    process.stderr.write(`neurite: rank ${ranks.rank}: ${message}\n`);
    throw new Unsuccessful("said");
  }
}
