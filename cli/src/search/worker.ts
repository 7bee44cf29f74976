// A process that takes trials, one after the other, from the search that started it, and ends with it.

import { describeFailure } from "../terminal/failures.ts";
import { Stop } from "../terminal/interrupt.ts";
import type { AskEvent } from "./ledger.ts";
import { runTrial, type TrialSetting } from "./trial-run.ts";
import { END, type WorkerWord } from "./worker-words.ts";

/** Works until the search lets go. */
export async function serveTrials(setting: TrialSetting): Promise<void> {
  const say = (word: WorkerWord) => {
    if (process.connected) process.send!(word);
  };
  // The search has ended, whatever ended it: what was saved is whole, and it will be asked for again.
  process.on("disconnect", () => process.exit(1));
  await new Promise<void>((resolve) => {
    process.on("message", (ask: AskEvent | typeof END) => {
      if (ask === END) return resolve();
      runTrial(setting, ask, ({ epoch }) =>
        say({ says: "epoch", trial: ask.trial, epoch: epoch + 1 }),
      )
        .then((event) => say({ says: "result", event }))
        .catch((error: unknown) => {
          if (error instanceof Stop) process.exit(error.exitCode);
          say({ says: "broken", message: describeFailure(error).message ?? String(error) });
        });
    });
  });
  process.removeAllListeners("disconnect");
  process.disconnect();
}
