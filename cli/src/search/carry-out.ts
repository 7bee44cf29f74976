// A search carried out before one's eyes: live progress, Ctrl-C, and at the end the best, a report and a table.

import { availableParallelism } from "node:os";
import { join } from "node:path";
import { FILES, writeWhole } from "../files/output.ts";
import type { Ranks } from "../ranks/ranks.ts";
import { Interrupted } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { commandName } from "../terminal/names.ts";
import { clock } from "../terminal/progress.ts";
import { trainBest } from "./best-run.ts";
import { processLauncher } from "./launcher.ts";
import type { SearchHeader } from "./ledger.ts";
import type { OpenSearch, ToldSearch } from "./search-folder.ts";
import { runSearch } from "./search-loop.ts";
import { closingLines, eventLine, openingLines, statusLine, trialTable } from "./search-text.ts";
import { trialName } from "./told-trials.ts";

/** How it is carried out and shown. */
export interface ShownFlags {
  readonly jobs?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Runs what is left of a search. @param ranks that take its trials; else processes on this machine do */
export async function carryOutSearch(
  io: Io,
  open: OpenSearch,
  flags: ShownFlags,
  ranks: Ranks | null = null,
): Promise<ToldSearch> {
  const { json = false, quiet = false } = flags;
  const jobs = ranks ? ranks.size - 1 : (flags.jobs ?? availableParallelism());
  const { folder } = open.told;
  const status = statusLine(io, quiet || json);
  if (json) printEvent(io, startEvent(open.told.header, folder, jobs));
  else for (const line of openingLines(open.told, jobs)) status.line(line);
  const launcher = ranks
    ? await (await import("./rank-launcher.ts")).rankLauncher(ranks, folder)
    : processLauncher(folder);
  const signals = interruptions(folder);
  const epochs = new Map<number, number>();
  let now = open.told;
  const began = performance.now();
  const draw = () => {
    const running = now.trials.filter(({ state }) => state === "asked");
    const told = running.map(
      ({ id, epochs: all }) => `${trialName(id)} ${epochs.get(id) ?? 0}/${all}`,
    );
    const done = now.trials.length - running.length;
    status.show(
      `${done} done  running ${told.join(", ")}  ${clock((performance.now() - began) / 1000)}`,
    );
  };
  try {
    return await runSearch(open, {
      launcher,
      jobs,
      interruption: signals.interruption,
      watcher: {
        onEvent(event, search) {
          now = search;
          const line = eventLine(event, search);
          if (json) printEvent(io, event);
          else if (line !== null) status.line(line);
          draw();
        },
        onEpoch(trial, epoch) {
          epochs.set(trial, epoch);
          draw();
        },
      },
    });
  } finally {
    status.clear();
    signals.dispose();
  }
}

function startEvent({ search, spec, examples }: SearchHeader, out: string, jobs: number): object {
  return { event: "start", data: spec.data.name, examples, jobs, search, out };
}

/** Ctrl-C, or a request to end: the search stops, and what its trials have saved stays. */
function interruptions(folder: string): {
  readonly interruption: Promise<never>;
  dispose(): void;
} {
  const codes = { SIGINT: 130, SIGTERM: 143 } as const;
  let refuse: (error: Error) => void = () => {};
  const interruption = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  interruption.catch(() => {}); // it may come when nobody waits any more
  let isAsked = false;
  const listeners = Object.entries(codes).map(([signal, code]) => {
    const listener = () => {
      if (isAsked) process.exit(code);
      isAsked = true;
      const hint = `go on with: ${commandName()} search --resume ${folder}`;
      refuse(new Interrupted(`interrupted; ${hint}`, code));
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return {
    interruption,
    dispose() {
      for (const remove of listeners) remove();
    },
  };
}

/** The best trained anew, the report, the table. */
export async function endSearch(
  io: Io,
  open: OpenSearch,
  flags: ShownFlags,
  started: number,
): Promise<void> {
  const { json = false, quiet = false } = flags;
  let { told } = open;
  const status = statusLine(io, quiet || json);
  if (told.best === null) {
    const { epochs } = told.ready.plan;
    const best = await bestOf(told, (epoch) =>
      status.show(`the best once more: epoch ${epoch}/${epochs}`),
    );
    status.clear();
    if (best) await open.ledger.add(best);
    told = { ...told, best };
  }
  const { searchReport } = await import("../report/search-report.ts");
  const report = join(told.folder, FILES.report);
  await writeWhole(report, searchReport(told));
  if (json) {
    const { head, rows } = trialTable(told);
    const seconds = (performance.now() - started) / 1000;
    printEvent(io, {
      event: "done",
      best: told.best,
      trials: told.trials.length,
      head,
      rows,
      seconds,
      report,
    });
  } else printLines(io, ...closingLines(told, report));
}

async function bestOf(told: ToldSearch, onEpoch: (epoch: number) => void) {
  const { Stop } = await import("../terminal/interrupt.ts");
  try {
    return await trainBest(told, (row) => onEpoch(row.epoch + 1));
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const hint = `go on with: ${commandName()} search --resume ${told.folder}`;
    throw new Interrupted(`interrupted; ${hint}`, error.exitCode);
  }
}
