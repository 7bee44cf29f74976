// What ended a run by a NaN or an infinity: kept in its checkpoint, for `neurite inspect RUN health`.

import type { NumberError } from "neurite";
import type { RunFault } from "neurite/inspect";
import {
  type Callback,
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  type Model,
  restoreCheckpoint,
} from "neurite/train";
import { writeWhole } from "../files/output.ts";
import { MOST_BYTES, readUpToLimit } from "../files/read-file.ts";

const NAME = "fault";

/** Adds it to the last checkpoint, in whose state the model is left. A run that goes on forgets it. */
export async function keepFault(
  path: string,
  model: Model,
  callbacks: readonly Callback[],
  error: NumberError,
): Promise<void> {
  const kept = decodeCheckpoint(await readUpToLimit(path, MOST_BYTES.weights));
  restoreCheckpoint(model, kept, callbacks);
  const { spec, epochs } = kept;
  const { faultOf } = await import("neurite/inspect");
  const fault = faultOf(error);
  const note: Callback = { name: NAME, save: () => fault };
  await writeWhole(
    path,
    encodeCheckpoint(model, { spec, epochs, callbacks: [...callbacks, note] }),
  );
}

/** What ended the run of a checkpoint; null where nothing did, or an older version kept nothing of it. */
export function keptFault({ callbacks }: Checkpoint): RunFault | null {
  const fault = callbacks[NAME] as Partial<RunFault> | null | undefined;
  return typeof fault?.isGiven === "boolean" ? (fault as RunFault) : null;
}
