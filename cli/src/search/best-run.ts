// The best trial trained anew, with all examples and epochs, and for the first time judged on the test set.

import { join } from "node:path";
import type { Evaluation } from "neurite/train";
import { bestSpec, bestTrial } from "neurite/train/search";
import { compactJson } from "../files/compact-json.ts";
import { isSameSpec, stampOf } from "../files/out-folder.ts";
import { FILES, openFolder, writeWhole } from "../files/output.ts";
import { findingsOf } from "../runs/findings.ts";
import { findRun } from "../runs/run-folder.ts";
import { prepareTraining, runTraining, type Watcher } from "../runs/training.ts";
import { loadSource } from "../sources/load.ts";
import type { BestEvent } from "./ledger.ts";
import type { ToldSearch } from "./search-folder.ts";

/** Null where no trial gave a figure. @throws NumberError where the training diverges, Stop after a signal */
export async function trainBest(
  { folder, ready, trials, header }: ToldSearch,
  onEpoch: Watcher["onEpoch"],
): Promise<BestEvent | null> {
  const best = bestTrial(trials, ready.plan.mode);
  if (!best) return null;
  const out = join(folder, "best");
  const spec = bestSpec(ready, best);
  // The same run, for whoever wants it by hand: neurite train best.json --out ...
  await writeWhole(join(folder, "best.json"), `${compactJson(spec)}\n`);
  const lock = await openFolder(out);
  try {
    const stored = await findRun(out).catch(() => null);
    const checkpoint = stored && isSameSpec(stored.spec, spec) ? stored.checkpoint : null;
    const data = await loadSource(spec.data, spec);
    const { threads } = header;
    const stamp = await stampOf(out);
    const prepared = await prepareTraining({
      spec,
      threads,
      data,
      folder: out,
      stamp,
      checkpoint,
      flowEvery: null,
      saveEveryMs: 1000,
    });
    const { IDLE } = await import("../terminal/progress.ts");
    const outcome = await runTraining(prepared, { onStart() {}, onEpoch, callback: IDLE });
    const judged = { ...outcome, findings: await findingsOf(outcome) };
    const { makeReport } = await import("../report/report.ts");
    await writeWhole(join(out, FILES.report), await makeReport(outcome.spec, judged, out));
    return { event: "best", trial: best.id, folder: out, test: figuresOf(outcome.test) };
  } finally {
    lock.release();
  }
}

function figuresOf(test: Evaluation | null): Readonly<Record<string, number>> | null {
  return test && Object.fromEntries(Object.entries(test));
}
