// Ctrl-C: training ends at the next step, and what was saved stays whole.

import { Worker } from "node:worker_threads";
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
  /** The exit code that the first signal asks for, or 0. */
  const asked = new Int32Array(new SharedArrayBuffer(4));
  const listeners = Object.entries(EXIT_CODES).map(([signal, exitCode]) => {
    const listener = () => {
      if (Atomics.compareExchange(asked, 0, 0, exitCode) !== 0) process.exit(exitCode);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  const watchman = startWatchman(asked);
  const stopIfAsked = () => {
    const exitCode = Atomics.load(asked, 0);
    if (exitCode !== 0) throw new Stop(exitCode);
  };
  return {
    callback: { name: "signals", onProgress: stopIfAsked, onTrainBegin: stopIfAsked },
    dispose: () => {
      for (const remove of listeners) remove();
      void watchman?.terminate();
    },
  };
}

/**
 * A thread that hears Ctrl-C where this one is too busy to: a listener waits for the event loop, and
 * compiling a large network, or one long step, keeps that waiting. Threads get no signals from Node
 * except in one way, a script that a signal breaks off; so it runs scripts that only wait. While one
 * runs, the listener for SIGINT above hears nothing; it is there until the thread has started.
 */
function startWatchman(asked: Int32Array): Worker | null {
  if (process.versions["bun"] !== undefined) return null; // it breaks off no scripts
  const worker = new Worker(WATCHMAN, {
    eval: true,
    name: "signals",
    execArgv: [],
    workerData: { asked, exitCode: EXIT_CODES.SIGINT },
  });
  worker.on("message", (exitCode: number) => process.exit(exitCode));
  worker.on("error", () => {}); // the listener does what it can
  worker.unref();
  return worker;
}

const WATCHMAN = `
const { parentPort, workerData: { asked, exitCode } } = require("node:worker_threads");
const { Script } = require("node:vm");
const { writeSync } = require("node:fs");
const isTerminal = require("node:tty").isatty(2);
const HINT = "neurite: stopping after this step; Ctrl-C again ends it at once\\n";
const words = new Int32Array(new SharedArrayBuffer(4));
const sleep = (ms) => Atomics.wait(words, 0, 0, ms);
globalThis.sleep = sleep;

/** True where Ctrl-C came in this time. */
function interrupted(ms) {
  try {
    new Script("sleep(" + ms + ")").runInThisContext({ breakOnSigint: true });
    return false;
  } catch {
    return true;
  }
}

while (!interrupted("Infinity"));
if (Atomics.compareExchange(asked, 0, 0, exitCode) === 0) {
  const again = interrupted(1500);
  if (!again) {
    if (isTerminal) writeSync(2, "\\n" + HINT);
    while (!interrupted("Infinity"));
  }
}
if (isTerminal) writeSync(2, "\\n");
parentPort.postMessage(exitCode); // a listener that is free exits as it should
sleep(200);
process.kill(process.pid, "SIGINT"); // nothing listens for it now, so it ends the process
sleep(500);
process.kill(process.pid, "SIGKILL");
`;
