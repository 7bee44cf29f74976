// A line on the terminal that says how far training is.

import type { Callback, EpochLogs } from "../callbacks/index.ts";

/** Where the line is written. */
export interface Terminal {
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

interface Process {
  readonly stderr?: Terminal & { readonly isTTY?: boolean };
}

/** The terminal that a person watches; null in a browser, in a pipe and in a file. */
export function terminalOf(
  { process }: { readonly process?: Process } = globalThis as never,
): Terminal | null {
  return process?.stderr?.isTTY ? process.stderr : null;
}

/** Between two looks of a person, in milliseconds. */
const PAUSE = 100;

/** A callback that keeps one line up to date, and leaves it when training ends. */
export function progressLine(
  terminal: Terminal,
  epochs: number,
  now: () => number = () => performance.now(),
): Callback {
  let shown = Number.NEGATIVE_INFINITY;
  const show = (text: string) => {
    shown = now();
    terminal.write(`\r\x1b[K${text.slice(0, Math.max(1, (terminal.columns ?? 80) - 1))}`);
  };
  return {
    name: "progress",
    onProgress({ epoch, step, steps, loss }) {
      if (now() - shown < PAUSE) return;
      const share = Number.isFinite(steps) ? `/${steps}` : "";
      show(`epoch ${epoch + 1}/${epochs}  step ${step + 1}${share}  loss ${short(loss)}`);
    },
    onEpochEnd(logs) {
      if (now() - shown < PAUSE && logs.epoch + 1 < epochs) return;
      show(`epoch ${logs.epoch + 1}/${epochs}  ${figuresOf(logs)}`);
    },
    onTrainEnd() {
      terminal.write("\n");
    },
  };
}

/** All figures but those of the clock; metrics that cost time to compute are computed for the history anyway. */
function figuresOf({ epoch: _, seconds, learningRate: _rate, ...figures }: EpochLogs): string {
  const named = Object.entries(figures).map(([name, value]) => `${name} ${short(value)}`);
  return [...named, `${seconds.toFixed(1)} s`].join("  ");
}

function short(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);
}
