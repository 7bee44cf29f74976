// Carries a search out: asks the strategy, starts trials, writes down what comes, until nothing is left to ask.

import { setTimeout as sleep } from "node:timers/promises";
import { nextTrial } from "neurite/train/search";
import { CliError } from "../terminal/failures.ts";
import { commandName, shellWord } from "../terminal/names.ts";
import type { Launcher } from "./launcher.ts";
import type { AskEvent, TrialEvent } from "./ledger.ts";
import type { OpenSearch, ToldSearch } from "./search-folder.ts";
import { withEvent } from "./told-trials.ts";

/** A trial whose process has ended so often under it has failed. */
const MOST_LOST = 3;
/** Ctrl-C reaches the processes of trials at once, and this one perhaps a little later. */
const AFTER_LOSS_MS = 100;

/** Told of what happens. */
export interface SearchWatcher {
  onEvent(event: TrialEvent, search: ToldSearch): void;
  onEpoch(trial: number, epoch: number): void;
}

export interface LoopSetting {
  readonly launcher: Launcher;
  readonly jobs: number;
  readonly watcher: SearchWatcher;
  /** Becomes true where the search is to end early; `stop` resolves then. */
  readonly interruption: Promise<never>;
}

/** @throws what `interruption` throws, and CliError where nothing can be run any more */
export async function runSearch(open: OpenSearch, setting: LoopSetting): Promise<ToldSearch> {
  const { launcher, jobs, watcher, interruption } = setting;
  const { ledger } = open;
  let search = open.told;
  const running = new Set<number>();
  const tell = async (event: TrialEvent) => {
    await ledger.add(event);
    search = { ...search, trials: withEvent(search.trials, event) };
    watcher.onEvent(event, search);
  };
  const start = (ask: AskEvent) => {
    running.add(ask.trial);
    launcher.start(ask);
  };
  try {
    // What was asked for before a crash, and not answered.
    const open = search.trials.filter(({ state }) => state === "asked").map(({ ask }) => ask);
    for (;;) {
      while (running.size < jobs) {
        const ask = open.shift() ?? nextAsk(search);
        if (!ask) break;
        if (!search.trials.some((trial) => trial.ask === ask)) await tell(ask);
        start(ask);
      }
      if (running.size === 0) return search;
      const news = await Promise.race([launcher.next(), interruption]);
      if (news.news === "broken") throw new CliError(broken(search, news.message));
      if (news.news === "epoch") {
        watcher.onEpoch(news.trial, news.epoch);
      } else if (news.news === "result") {
        running.delete(news.event.trial);
        await tell(news.event);
      } else {
        await Promise.race([sleep(AFTER_LOSS_MS), interruption]);
        const { trial, reason } = news;
        running.delete(trial);
        await tell({ event: "lost", trial, reason });
        const { lost, ask } = search.trials[trial]!;
        if (lost < MOST_LOST) start(ask);
        else
          await tell({
            event: "failed",
            trial,
            epochs: ask.epochs,
            reason: `${reason}, ${lost} times`,
          });
      }
    }
  } finally {
    await launcher.stop();
  }
}

/** The next trial of a search, as the ledger has it; null where the strategy has nothing to ask now. */
export function nextAsk({ ready, trials, folder }: ToldSearch): AskEvent | null {
  const proposal = nextTrial(ready.plan, trials);
  if (!proposal) return null;
  const { id, values, epochs, train, why } = proposal;
  return {
    event: "ask",
    trial: id,
    epochs,
    values,
    ...(train !== undefined && { train }),
    ...(why !== undefined && { why }),
    command: `${commandName()} search --trial ${id} --out ${shellWord(folder)}`,
  };
}

function broken({ folder }: ToldSearch, message: string): string {
  return `${message}; the search can go on: ${commandName()} search --resume ${shellWord(folder)}`;
}
