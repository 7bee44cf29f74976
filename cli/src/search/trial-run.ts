// One trial: trains what was asked for, on from its checkpoint where there is one, and says what came of it.

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { NeuriteError } from "neurite";
import type { NamedDataset } from "neurite/data";
import type { EpochLogs, RunSpec } from "neurite/train";
import { type ReadySearch, trialSpec } from "neurite/train/search";
import type { FolderLock } from "../files/folder-lock.ts";
import { isSameSpec, stampOf } from "../files/out-folder.ts";
import { openFolder, writeWhole } from "../files/output.ts";
import { findRun } from "../runs/run-folder.ts";
import { prepareTraining, runTraining, withoutTest } from "../runs/training.ts";
import { loadSource } from "../sources/load.ts";
import { CliError } from "../terminal/failures.ts";
import { IDLE } from "../terminal/progress.ts";
import type { AskEvent, DoneEvent, FailedEvent } from "./ledger.ts";
import { trialName } from "./told-trials.ts";

/** What came of a trial, in its own folder: where another launcher ran it, the search finds it there. */
export const RESULT = "result.json";

/** A trial that takes less is not saved on the way. */
const SAVE_EVERY_MS = 1000;
/** How long a process that was cut off from its search may take to end. */
const WAIT_MS = 20_000;

export interface TrialSetting {
  readonly folder: string;
  readonly ready: ReadySearch;
  readonly threads: number;
}

export function trialFolder(folder: string, id: number): string {
  return join(folder, "trials", trialName(id));
}

/** Data sets by what names them: a process trains many trials on the same one. */
const loaded = new Map<string, Promise<NamedDataset>>();

async function dataOf(spec: RunSpec): Promise<NamedDataset> {
  const { data, dtype, model } = spec;
  // A table is read as the model says that it reads its columns.
  const isTable = data.file?.kind === "table";
  const columns = isTable && (await import("../sources/table.ts")).columnsOf(model);
  const key = JSON.stringify({ data, dtype, columns });
  let found = loaded.get(key);
  if (!found) {
    loaded.clear(); // one at a time is enough, and large
    found = loadSource(data, spec).then(withoutTest);
    loaded.set(key, found);
  }
  return await found;
}

/**
 * @param onEpoch told of every epoch
 * @throws what is no fault of the trial: a full disk, Ctrl-C, a folder that is not its own
 */
export async function runTrial(
  { folder, ready, threads }: TrialSetting,
  ask: AskEvent,
  onEpoch: (row: EpochLogs) => void = () => {},
): Promise<DoneEvent | FailedEvent> {
  const { trial, epochs } = ask;
  const out = trialFolder(folder, trial);
  const lock = await openWhenFree(out);
  const started = performance.now();
  try {
    const spec = trialSpec(ready, ask);
    const stored = await findRun(out).catch(() => null); // a broken one is trained anew
    const checkpoint = stored && isSameSpec(stored.spec, spec) ? stored.checkpoint : null;
    const data = await dataOf(spec);
    const stamp = await stampOf(out);
    const job = { spec, threads, data, folder: out, stamp, checkpoint, flowEvery: 0 };
    const prepared = await prepareTraining({ ...job, saveEveryMs: SAVE_EVERY_MS, until: epochs });
    const watcher = { onStart() {}, onEpoch, callback: IDLE };
    const { rows, stopped } = await runTraining(prepared, watcher);
    const seconds = (performance.now() - started) / 1000;
    const result = judged(ready, ask, rows, { seconds, stopped });
    await writeWhole(join(out, RESULT), `${JSON.stringify(result)}\n`);
    return result;
  } catch (error) {
    if (!(error instanceof NeuriteError)) throw error;
    const { message: reason } = error;
    const result: FailedEvent = { event: "failed", trial, epochs, reason };
    await writeWhole(join(out, RESULT), `${JSON.stringify(result)}\n`);
    return result;
  } finally {
    lock.release();
  }
}

/** A trial that an earlier process still holds is soon free: that process ends once its search is gone. */
async function openWhenFree(out: string): Promise<FolderLock> {
  const until = performance.now() + WAIT_MS;
  for (;;) {
    try {
      return await openFolder(out);
    } catch (error) {
      const isHeld = error instanceof CliError && / is writing to /.test(error.message);
      if (!isHeld || performance.now() > until) throw error;
      await sleep(100);
    }
  }
}

/** By the last epoch; by the best one where its weights were put back. */
function judged(
  { monitor, lossName, plan, spec }: ReadySearch,
  { trial, epochs }: AskEvent,
  rows: readonly EpochLogs[],
  { seconds, stopped }: { readonly seconds: number; readonly stopped: string | null },
): DoneEvent | FailedEvent {
  const curve = rows.map((row) => row[monitor] ?? Number.NaN);
  const sign = plan.mode === "max" ? -1 : 1;
  const best = curve.reduce((at, value, i) => (sign * value < sign * curve[at]! ? i : at), 0);
  const row = rows.at(spec.stopping?.restoreBest ? best : -1);
  const [score, loss] = [row?.[monitor], row?.[lossName]];
  if (row === undefined || score === undefined || !Number.isFinite(score)) {
    const reason = `the figure ${monitor} is ${score ?? "not there"} after ${rows.length} epochs`;
    return { event: "failed", trial, epochs, reason };
  }
  const losses = rows.map((one) => one["loss"] ?? Number.NaN);
  return {
    event: "done",
    trial,
    epochs,
    score,
    loss: loss ?? score,
    figures: row,
    curve,
    losses,
    seconds: Number(seconds.toFixed(3)),
    ...(stopped !== null && rows.length < epochs && { stopped }),
  };
}
