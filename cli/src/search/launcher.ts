// Processes that run trials for a search: so many at once, each taking the next when it is done.

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { AskEvent, DoneEvent, FailedEvent } from "./ledger.ts";
import { END, type WorkerWord } from "./worker-words.ts";

/** What a launcher has to say of a trial. */
export type TrialNews =
  | { readonly news: "epoch"; readonly trial: number; readonly epoch: number }
  | { readonly news: "result"; readonly event: DoneEvent | FailedEvent }
  /** Its process has ended under it. */
  | { readonly news: "lost"; readonly trial: number; readonly reason: string }
  /** Nothing can be run any more. */
  | { readonly news: "broken"; readonly message: string };

/** Runs trials somewhere. */
export interface Launcher {
  start(ask: AskEvent): void;
  /** The next piece of news, in the order in which they come. */
  next(): Promise<TrialNews>;
  /** Ends what runs. */
  stop(): Promise<void>;
}

const BINARY = fileURLToPath(new URL("../../bin/neurite.js", import.meta.url));
/** A process is replaced after so many trials: programs and memory of an engine add up. */
const TRIALS_A_PROCESS = 50;
/** What is kept of a process's last words. */
const LAST_WORDS = 2000;
/** How long a process may take to end when it is asked to. */
const PATIENCE_MS = 3000;

interface Worker {
  readonly child: ChildProcess;
  taken: number;
  trial: number | null;
  words: string;
}

/** What a worker's word means to a search. */
export function newsOf(word: WorkerWord): TrialNews {
  if (word.says === "epoch") return { news: "epoch", trial: word.trial, epoch: word.epoch };
  if (word.says === "broken") return { news: "broken", message: word.message };
  return { news: "result", event: word.event };
}

/** News in the order in which they come, for one who waits for them. */
export function newsQueue(): {
  readonly tell: (one: TrialNews) => void;
  readonly next: () => Promise<TrialNews>;
} {
  const news: TrialNews[] = [];
  let wake: (() => void) | null = null;
  return {
    tell(one) {
      news.push(one);
      wake?.();
    },
    async next() {
      while (news.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = null;
      }
      return news.shift()!;
    },
  };
}

/** @param folder of the search, which must have its ledger already */
export function processLauncher(folder: string): Launcher {
  const workers = new Set<Worker>();
  const { tell, next } = newsQueue();
  let isStopping = false;

  function launch(): Worker {
    const wide = process.argv.includes("--no-wide") ? ["--no-wide"] : [];
    const child = fork(BINARY, [...wide, "search", "--worker", "--out", folder], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      execArgv: [],
    });
    const worker: Worker = { child, taken: 0, trial: null, words: "" };
    workers.add(worker);
    child.stderr!.on("data", (text: Buffer) => {
      worker.words = (worker.words + String(text)).slice(-LAST_WORDS);
    });
    child.on("message", (word: WorkerWord) => hear(worker, word));
    // A message that found nobody is no news: that the process has ended is.
    child.on("error", ({ message }) => {
      if (child.pid === undefined) tell({ news: "broken", message });
    });
    child.on("exit", (code, signal) => {
      workers.delete(worker);
      if (worker.trial === null || isStopping) return;
      const last = worker.words.trim().split("\n").at(-1) ?? "";
      const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
      const reason = `its process ${how}${last === "" ? "" : `: ${last}`}`;
      tell({ news: "lost", trial: worker.trial, reason });
    });
    return worker;
  }

  function hear(worker: Worker, word: WorkerWord): void {
    if (word.says === "result") {
      worker.trial = null;
      if (worker.taken >= TRIALS_A_PROCESS) {
        workers.delete(worker);
        worker.child.send(END);
      }
    }
    tell(newsOf(word));
  }

  return {
    start(ask) {
      const worker =
        [...workers].find(({ trial, child }) => trial === null && child.connected) ?? launch();
      worker.trial = ask.trial;
      worker.taken += 1;
      worker.child.send(ask);
    },
    next,
    async stop() {
      isStopping = true;
      await Promise.all([...workers].map(({ child, trial }) => ended(child, trial === null)));
    },
  };
}

/** Asks a process to end, and makes it. */
async function ended(child: ChildProcess, isIdle: boolean): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    if (isIdle && child.connected) child.send(END);
    else child.kill("SIGTERM");
  });
}
