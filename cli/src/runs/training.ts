// Carries a run out: trains, judges every epoch on the test set, saves, tells.

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { NumberError } from "neurite";
import { countExamples, type NamedDataset, splitExamples } from "neurite/data";
import type { ThreadCount } from "neurite/engines";
import {
  type Callback,
  type Checkpoint,
  callbacksOf,
  type EpochLogs,
  type Evaluation,
  type Exchange,
  encodeCheckpoint,
  fitData,
  type Model,
  modelOf,
  type RunSpec,
  recordArithmetic,
  restoreCheckpoint,
  toCsv,
  trainRun,
} from "neurite/train";
import { compactJson } from "../files/compact-json.ts";
import { expectUnchanged, holdsSpec, isSameRecord } from "../files/out-folder.ts";
import { FILES, writeWhole } from "../files/output.ts";
import type { Ranks } from "../ranks/ranks.ts";
import { CliError } from "../terminal/failures.ts";
import { watchSignals } from "../terminal/interrupt.ts";
import { keepFault } from "./fault.ts";

export interface TrainingJob {
  readonly spec: RunSpec;
  /** How many compute; no result depends on it. */
  readonly threads: ThreadCount;
  /** As loaded; it is fitted to the network here. */
  readonly data: NamedDataset;
  /** Where to save, or null. */
  readonly folder: string | null;
  /** What the folder held when that was decided; see stampOf. */
  readonly stamp: string;
  /** What to go on from, or null. */
  readonly checkpoint: Checkpoint | null;
  /** Steps between measurements of the gradients; 0 for none, null for gradientFlow's own choice. */
  readonly flowEvery: number | null;
  /** How long nothing need be saved: 0, every epoch is, where it is left out. The end always is. */
  readonly saveEveryMs?: number;
  /** How many epochs are to be done when it pauses: fewer than the specification's, whose schedule it keeps. */
  readonly until?: number;
}

/** Progress listener. */
export interface Watcher {
  /** Called once all is checked, before anything is written. */
  onStart(model: Model): void;
  /** Called when an epoch is done and saved. */
  onEpoch(row: EpochLogs): void;
  readonly callback: Callback;
}

export interface Outcome {
  /** With a note of how it was computed. */
  readonly spec: RunSpec;
  readonly model: Model;
  /** In the shapes of the network. */
  readonly data: NamedDataset;
  readonly rows: readonly EpochLogs[];
  /** Over the test set, null where that is empty. */
  readonly test: Evaluation | null;
  readonly stopped: string | null;
}

/** A run whose every part is known to fit the others. */
export interface Prepared extends TrainingJob {
  readonly model: Model;
  /** The callbacks whose state is saved: those that the specification asks for, and the gradient flow. */
  readonly asked: readonly Callback[];
}

/** How many examples evaluate() computes at once, by default. */
const AT_ONCE = 256;

/** Builds the model and tries it on examples: what can be refused is refused before a file is written. */
export async function prepareTraining(training: TrainingJob): Promise<Prepared> {
  const { spec, checkpoint, threads } = training;
  const model = modelOf(spec, { threads });
  const data = fitData(training.data, model.network, spec);
  const asked = callbacksOf(spec);
  if (checkpoint && restoreCheckpoint(model, checkpoint, asked) !== "whole") {
    throw new CliError("checkpoint: the state of its optimizer is damaged; the run cannot go on");
  }
  // As many as will be judged at once: the program that is compiled for them is that of every epoch's end.
  const [train, test] = [countExamples(data.train), countExamples(data.test)];
  const tried = Math.max(1, Math.min(train, test, AT_ONCE));
  const [first] = splitExamples(data.train, [tried, train - tried]);
  await model.evaluate(first!.x, first!.y);
  const flow = await flowFor(training, model, data);
  return { ...training, model, data, asked: flow ? [...asked, flow] : asked };
}

/** Keeps how gradients flow, for `neurite inspect`. Null where nothing is saved, or it is not wanted. */
async function flowFor(
  { folder, flowEvery, checkpoint, spec }: TrainingJob,
  model: Model,
  { train: { x, y } }: NamedDataset,
): Promise<Callback | null> {
  if (folder === null || flowEvery === 0) return null;
  const { gradientFlow } = await import("neurite/inspect");
  const epochs = Math.max(1, spec.training.epochs);
  const interval = flowEvery === null ? { epochs } : { every: flowEvery };
  const flow = gradientFlow({ model, x, y, ...interval });
  const saved = checkpoint?.callbacks[flow.name];
  if (saved !== undefined) flow.load!(saved);
  return flow;
}

/**
 * Trains, and saves every epoch where there is a folder, which the caller holds.
 * @param ranks those that train the same, if any; only rank 0 has a folder, and hears signals
 * @throws Stop when a signal came; the last checkpoint is whole then
 */
export async function runTraining(
  prepared: Prepared,
  watcher: Watcher,
  ranks: Ranks | null = null,
): Promise<Outcome> {
  const exchange = ranks ?? undefined;
  const { folder, stamp, checkpoint, model, data, asked, saveEveryMs = 0 } = prepared;
  const { until = prepared.spec.training.epochs } = prepared;
  let spec = checkpoint ? prepared.spec : recordArithmetic(prepared.spec, model, 0);
  const rows: EpochLogs[] = [...(checkpoint?.epochs ?? [])];
  const save = async () => {
    if (folder === null) return;
    const bytes = encodeCheckpoint(model, { spec, epochs: rows, callbacks: asked });
    await writeWhole(join(folder, FILES.weights), bytes);
    await writeWhole(join(folder, FILES.history), toCsv(rows));
  };
  let saved = performance.now();
  const saveIfDue = async () => {
    if (performance.now() - saved < saveEveryMs) return;
    await save();
    saved = performance.now();
  };
  const saveSpec = async () => {
    if (folder !== null) await writeWhole(join(folder, FILES.spec), `${compactJson(spec)}\n`);
  };
  if (folder !== null) {
    await expectUnchanged(folder, stamp);
    const isSame = await holdsSpec(join(folder, FILES.spec), spec, isSameRecord);
    // They would speak of another run, whenever this one is killed.
    const stale = [
      FILES.report,
      FILES.inspect,
      ...(checkpoint ? [] : [FILES.history]),
      ...(isSame ? [] : [FILES.spec]),
    ];
    for (const name of stale) await rm(join(folder, name), { force: true });
    if (!checkpoint) await save();
    if (!isSame) await saveSpec();
  }
  const keeper: Callback = {
    name: "keeper",
    async onEpochEnd(logs) {
      const test = await judge(model, data, exchange);
      expectFiniteLoss(test, logs);
      const row = { ...logs, ...testFigures(test) };
      rows.push(row);
      const before = spec;
      spec = recordArithmetic(spec, model, logs.epoch);
      await saveIfDue();
      if (spec.arithmetic?.length !== before.arithmetic?.length) await saveSpec();
      watcher.onEpoch(row);
    },
  };
  const pause: Callback = {
    name: "pause",
    onEpochEnd({ epoch }, control) {
      if (epoch + 1 >= until) control.stop("paused");
    },
  };
  watcher.onStart(model);
  const signals = ranks === null || ranks.rank === 0 ? watchSignals() : null;
  try {
    const isPaused = until < spec.training.epochs;
    const own = isPaused ? [keeper, pause] : [keeper];
    const heard = signals ? [signals.callback] : [];
    const callbacks = [...asked, watcher.callback, ...heard, ...own];
    const { stopped } =
      isPaused && rows.length >= until
        ? { stopped: null }
        : await trainRun(spec, model, data, {
            callbacks,
            resume: [...rows],
            ...(exchange && { exchange }),
          });
    await save(); // the best epoch may have been put back
    return { spec, model, data, rows, test: await judge(model, data, exchange), stopped };
  } catch (error) {
    if (folder !== null && error instanceof NumberError) {
      await keepFault(join(folder, FILES.weights), model, asked, error);
    }
    throw error;
  } finally {
    signals?.dispose();
  }
}

/** Weights may be finite still, and all that they give infinite. @throws NumberError */
function expectFiniteLoss(test: Evaluation | null, { epoch }: EpochLogs): void {
  if (test === null || Number.isFinite(test.loss)) return;
  throw new NumberError(
    `training diverged: the test loss is ${test.loss} after epoch ${epoch + 1}. Try a smaller learning rate.`,
    { place: { what: "the test loss", epoch } },
  );
}

/** Data without test examples: nothing is judged by them then. */
export function withoutTest(data: NamedDataset): NamedDataset {
  const [test] = splitExamples(data.test, [0, countExamples(data.test)]);
  return { ...data, test: test! };
}

/** The loss and the metrics over the test set. @param exchange with those that judge the same, if any */
export async function judge(
  model: Model,
  data: NamedDataset,
  exchange?: Exchange,
): Promise<Evaluation | null> {
  if (countExamples(data.test) === 0) return null;
  return await model.evaluate(data.test.x, data.test.y, { ...(exchange && { exchange }) });
}

function testFigures(evaluation: Evaluation | null): Record<string, number> {
  const entries = Object.entries(evaluation ?? {});
  return Object.fromEntries(
    entries.map(([name, value]) => [`test${name[0]!.toUpperCase()}${name.slice(1)}`, value]),
  );
}

/** How long the epochs took, without loading data and judging the result. */
export function trainingSeconds(rows: readonly EpochLogs[]): number {
  return rows.reduce((sum, row) => sum + (row["seconds"] ?? 0), 0);
}

/** How many numbers a model has learned. */
export function countParameters(model: Model): number {
  return [...model.instance.params.variables.values()].reduce((sum, { size }) => sum + size, 0);
}
