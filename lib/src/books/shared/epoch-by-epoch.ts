// A training that is judged and kept after every epoch, and goes on from what was kept.

import type { EpochLogs } from "../../train/callbacks/callback.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../../train/files/checkpoint.ts";
import { restoreCheckpoint } from "../../train/files/restore.ts";
import type { History } from "../../train/loop/history.ts";
import type { Model } from "../../train/model/model.ts";

/** How a training goes, epoch by epoch. */
export interface EpochByEpoch {
  /** Trains until so many epochs are done, those that were done before included. */
  readonly fit: (model: Model, epochs: number, resume: readonly EpochLogs[]) => Promise<History>;
  /** Figures of the model after an epoch, by name. */
  readonly judge: (model: Model) => Promise<Readonly<Record<string, number>>>;
  /** Of an earlier training of the same model, which ended early. */
  readonly checkpoint?: Uint8Array | undefined;
  readonly onEpoch?: (logs: EpochLogs, checkpoint: () => Uint8Array) => void | Promise<void>;
}

/**
 * Trains until so many epochs are done, and gives the figures of all of them, which checkpoints hold too.
 * @throws ArgumentError for a checkpoint of another model
 */
export async function trainEpochByEpoch(
  model: Model,
  epochs: number,
  { fit, judge, checkpoint, onEpoch }: EpochByEpoch,
): Promise<readonly EpochLogs[]> {
  let logs = checkpoint ? restored(model, checkpoint) : [];
  while (logs.length < epochs) {
    const { epochs: done } = await fit(model, logs.length + 1, logs);
    const last: EpochLogs = { ...done.at(-1)!, ...(await judge(model)) };
    logs = [...logs, last];
    await onEpoch?.(last, () => encodeCheckpoint(model, { epochs: logs }));
  }
  return logs;
}

function restored(model: Model, bytes: Uint8Array): readonly EpochLogs[] {
  const checkpoint = decodeCheckpoint(bytes);
  restoreCheckpoint(model, checkpoint);
  return checkpoint.epochs;
}
