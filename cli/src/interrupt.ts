// Ctrl-C: training ends at the next step, and what was saved stays whole.

import type { Callback } from "neurite/train";

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Thrown inside the training loop; carries the exit code that shells expect. */
export class Stop extends Error {
  override name = "Stop";
  readonly exitCode: number;

  constructor(exitCode: number) {
    super("interrupted");
    this.exitCode = exitCode;
  }
}

export interface SignalWatch {
  readonly callback: Callback;
  dispose(): void;
}

/** Listens until disposed. A second signal ends the process at once. */
export function watchSignals(): SignalWatch {
  let received: number | null = null;
  const listeners = Object.entries(EXIT_CODES).map(([signal, exitCode]) => {
    const listener = () => {
      if (received !== null) process.exit(exitCode);
      received = exitCode;
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  const stopIfAsked = () => {
    if (received !== null) throw new Stop(received);
  };
  return {
    callback: { name: "signals", onProgress: stopIfAsked, onTrainBegin: stopIfAsked },
    dispose: () => listeners.forEach((remove) => remove()),
  };
}
