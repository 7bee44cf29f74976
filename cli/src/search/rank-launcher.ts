// A search by the ranks of MPI: rank 0 asks and writes the ledger, the others run a trial each.

import type { Mail, Ranks } from "../ranks/ranks.ts";
import { CliError, describeFailure, UsageError } from "../terminal/failures.ts";
import { type Launcher, newsOf, newsQueue } from "./launcher.ts";
import type { AskEvent } from "./ledger.ts";
import { readSearch } from "./search-folder.ts";
import { runTrial } from "./trial-run.ts";
import { END, type WorkerWord } from "./worker-words.ts";

const coded = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const decoded = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

/** @throws UsageError for ranks that cannot send each other messages */
export function mailOf({ mail }: Ranks): Mail {
  if (mail) return mail;
  throw new UsageError("search: expected ranks that MPI has started; on one machine take --jobs");
}

/** Trials on the other ranks, which read the search in this folder. */
export async function rankLauncher(ranks: Ranks, folder: string): Promise<Launcher> {
  const mail = mailOf(ranks);
  const { tell, next } = newsQueue();
  const idle = Array.from({ length: ranks.size - 1 }, (_, i) => i + 1);
  const ended = new AbortController();
  const failed = (error: unknown) => {
    tell({ news: "broken", message: describeFailure(error).message ?? String(error) });
  };
  const listen = async () => {
    for (;;) {
      const come = await mail.receive(ended.signal);
      if (come === null) return;
      const word = decoded(come.bytes) as WorkerWord;
      if (word.says === "result") idle.push(come.from);
      tell(newsOf(word));
    }
  };
  await ranks.broadcast(coded({ folder }));
  const listening = listen().catch(failed);
  return {
    start(ask) {
      mail.send(idle.shift()!, coded(ask)).catch(failed);
    },
    next,
    async stop() {
      ended.abort();
      await listening;
      // One that is at work hears of it when the job ends, which it does without the others.
      for (const rank of idle) await mail.send(rank, coded(END));
    },
  };
}

/** Tells the others that there is nothing to search. */
export async function tellNoSearch(ranks: Ranks): Promise<void> {
  await ranks.broadcast(new Uint8Array(0));
}

/** A rank beside rank 0: runs the trials that it is sent. */
export async function serveSearch(ranks: Ranks): Promise<void> {
  const mail = mailOf(ranks);
  const told = await ranks.broadcast(null);
  if (told.length === 0) return;
  const say = (word: WorkerWord) => mail.send(0, coded(word));
  const { folder } = decoded(told) as { readonly folder: string };
  const { ready, header } = await readSearch(folder).catch(async (error: unknown) => {
    const { message } = describeFailure(error);
    await say({ says: "broken", message: `rank ${ranks.rank}: ${message}` });
    throw error;
  });
  const setting = { folder, ready, threads: header.threads };
  for (;;) {
    const come = await mail.receive();
    const ask = decoded(come!.bytes) as AskEvent | typeof END;
    if (ask === END) return;
    const { trial } = ask;
    const said: Promise<void>[] = [];
    try {
      const event = await runTrial(setting, ask, ({ epoch }) => {
        said.push(say({ says: "epoch", trial, epoch: epoch + 1 }));
      });
      await Promise.all(said);
      await say({ says: "result", event });
    } catch (error) {
      await say({ says: "broken", message: describeFailure(error).message ?? String(error) });
      throw error instanceof Error ? error : new CliError(String(error));
    }
  }
}
