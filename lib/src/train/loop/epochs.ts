// Epoch after epoch: what callbacks are told around each, and its figures with those of validation.

import { validated } from "../../nn/metrics/names.ts";
import type { Callback, EpochLogs, TrainingControl } from "../callbacks/index.ts";
import type { Figures } from "../step/figures.ts";
import type { Evaluation } from "./evaluate.ts";
import type { History } from "./history.ts";

/** What runs the steps of an epoch. */
export interface EpochRun {
  readonly control: TrainingControl;
  /** Why to stop, once there is a reason. */
  readonly stopped: string | null;
  begin(epoch: number): void;
  run(epoch: number): Promise<Figures>;
  end(): void;
  /** Comes to terms with others that train the same, where there are some. @param when as its errors say it */
  settle?(when?: string): Promise<void>;
}

export interface EpochsOptions {
  readonly epochs: number;
  readonly callbacks: readonly Callback[];
  /** The epochs that were done before. */
  readonly resume: readonly EpochLogs[];
  /** The figures of validation; none where there is none. */
  readonly judge: () => Promise<Evaluation | Record<string, never>>;
}

export async function runEpochs(run: EpochRun, options: EpochsOptions): Promise<History> {
  const { epochs, callbacks, resume, judge } = options;
  const done: EpochLogs[] = [...resume];
  for (const callback of callbacks) await callback.onTrainBegin?.(run.control);
  await run.settle?.("before the first epoch");
  for (let epoch = done.length; epoch < epochs && run.stopped === null; epoch++) {
    const started = performance.now();
    run.begin(epoch);
    for (const callback of callbacks) await callback.onEpochBegin?.(epoch, run.control);
    await run.settle?.();
    if (run.stopped !== null) break; // nothing of this epoch was done
    const learningRate = run.control.learningRate;
    const figures = await run.run(epoch);
    const judged = await judge();
    const logs: EpochLogs = {
      epoch,
      ...figures,
      ...Object.fromEntries(
        Object.entries(judged).map(([name, value]) => [validated(name), value]),
      ),
      learningRate,
      seconds: (performance.now() - started) / 1000,
    };
    done.push(logs);
    for (const callback of callbacks) await callback.onEpochEnd?.(logs, run.control);
    await run.settle?.(`after epoch ${epoch + 1}`);
  }
  for (const callback of callbacks) await callback.onTrainEnd?.(run.control);
  run.end();
  return { epochs: done, stopped: run.stopped };
}
