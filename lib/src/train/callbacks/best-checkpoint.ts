// Saving whenever an epoch is the best so far.

import { expectArgument, expectOptions, func } from "../../checks/arguments.ts";
import type { Callback, EpochLogs } from "./callback.ts";
import { Memory } from "./memory.ts";
import { FigureWatch, MONITOR, type MonitorOptions } from "./watch.ts";

/** Calls `save` with the figures whenever an epoch is the best so far. */
export function bestCheckpoint(
  save: (logs: EpochLogs) => void | Promise<void>,
  options: MonitorOptions = {},
): Callback {
  expectArgument("bestCheckpoint", "save", save, func);
  expectOptions("bestCheckpoint", options, MONITOR);
  const watch = new FigureWatch("bestCheckpoint", options);
  const memory = new Memory(() => watch.fresh());
  return {
    name: "bestCheckpoint",
    onTrainBegin(control) {
      watch.expectFigure(control);
      memory.begin(control);
    },
    async onEpochEnd(logs, control) {
      if (watch.isBest(memory.now, logs, control)) await save(logs);
    },
    save: () => memory.now,
    load: (saved) => memory.load(watch.load(saved)),
  };
}
