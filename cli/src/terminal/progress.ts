// What one sees while a run trains: a bar on a terminal, a line an epoch anywhere else.

import { createRequire } from "node:module";
import type { Options, SingleBar } from "cli-progress";
import type { Callback, EpochLogs, StepLogs } from "neurite/train";
import type { Io, Sink } from "./io.ts";
import { grouped, percent } from "./names.ts";

export interface ProgressOptions {
  readonly io: Io;
  readonly epochs: number;
  /** Examples in an epoch. */
  readonly examples: number;
}

/** Loaded where a bar is drawn, which most runs do not. */
const library = () =>
  createRequire(import.meta.url)("cli-progress") as typeof import("cli-progress");

const LINE_EVERY_MS = 500;

/** A callback that draws; `line` prints what stays. */
export interface Progress {
  readonly callback: Callback;
  line(row: EpochLogs): void;
  stop(): void;
}

/** Where training itself has nothing to tell: called at its end, to do nothing. */
export const IDLE: Callback = { name: "idle", onTrainEnd() {} };

export const SILENT: Progress = { callback: IDLE, line() {}, stop() {} };

/** A bar that is wiped away whenever the line of an epoch is printed; the lines stay. */
export function barProgress({ io: { stderr }, epochs, examples }: ProgressOptions): Progress {
  const narrow = (stderr.columns ?? 80) < 90;
  const isDue = pacer(epochs);
  let bar: SingleBar | null = null;
  let started: { readonly at: number; readonly seen: number } | null = null;
  const stop = () => {
    bar?.stop();
    bar = null;
  };
  return {
    callback: {
      name: "progress",
      onEpochBegin(epoch) {
        started ??= { at: performance.now(), seen: epoch * examples };
        if (bar) return;
        bar = new (library().SingleBar)(barOptions(stderr, narrow));
        bar.start(examples, 0, { epoch: epochName(epoch, epochs), figures: "", pace: "" });
      },
      onProgress(logs) {
        const { at, seen } = started!;
        const perSecond = (logs.total - seen) / ((performance.now() - at) / 1000);
        const left = (epochs * examples - logs.total) / perSecond;
        bar?.update(logs.examples, {
          epoch: epochName(logs.epoch, epochs),
          figures: figuresOf(logs),
          pace: `${grouped(Math.round(perSecond))}/s  ${clock(left)} left`,
        });
      },
    },
    line(row) {
      if (!isDue(row)) return;
      stop();
      stderr.write(`${epochLine(row, epochs)}\n`);
    },
    stop,
  };
}

/** Not every epoch of many short ones is worth a line: two a second, and the last. */
function pacer(epochs: number): (row: EpochLogs) => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return ({ epoch }) => {
    const now = performance.now();
    if (epoch + 1 < epochs && now - last < LINE_EVERY_MS) return false;
    last = now;
    return true;
  };
}

function barOptions(stderr: Sink, narrow: boolean): Options {
  return {
    format: narrow ? "{epoch} {figures}  {pace}" : "{epoch} [{bar}] {figures}  {pace}",
    barsize: 20,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    // What is switched off stays off where the process is killed. The library cuts lines anyway.
    hideCursor: false,
    clearOnComplete: true,
    linewrap: true,
    fps: 8,
    stream: stderr as NodeJS.WritableStream,
    gracefulExit: false,
  };
}

/** For logs and pipes: plain lines. */
export function lineProgress({ io: { stderr }, epochs }: ProgressOptions): Progress {
  const isDue = pacer(epochs);
  return {
    callback: IDLE,
    line: (row) => {
      if (isDue(row)) stderr.write(`${epochLine(row, epochs)}\n`);
    },
    stop() {},
  };
}

export function epochLine(row: EpochLogs, epochs: number): string {
  const figures = Object.entries(row)
    .filter(([name]) => !["epoch", "seconds", "learningRate"].includes(name))
    .map(([name, value]) => `${words(name)} ${figure(name, value)}`);
  const name = epochName(row.epoch, epochs);
  return `${name}  ${figures.join("  ")}  ${clock(row["seconds"] ?? 0)}`;
}

function epochName(epoch: number, epochs: number): string {
  return `epoch ${String(epoch + 1).padStart(String(epochs).length)}/${epochs}`;
}

function figuresOf({ loss, metrics }: StepLogs): string {
  const [name, value] = Object.entries(metrics).find(([key]) => key !== "loss") ?? [];
  const shown = `loss ${figure("loss", metrics["loss"] ?? loss)}`;
  return name === undefined ? shown : `${shown}  ${words(name)} ${figure(name, value!)}`;
}

/** "testAccuracy" as "test accuracy". */
export function words(name: string): string {
  return name
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^val /, "validation ");
}

/** A figure as people write it. */
export function figureName(name: string): string {
  return name === "r2" ? "R²" : words(name);
}

export function figure(name: string, value: number): string {
  if (/accuracy/i.test(name)) return percent(value);
  // All its digits would say less.
  const size = Math.abs(value);
  if (size >= 1e9) return value.toExponential(4).replace("+", "");
  const places = size < 1000 ? 4 : Math.max(6 - Math.floor(Math.log10(size)), 0);
  // No minus before what is written as 0.
  return value.toFixed(places).replace(/^-(?=[0.]+$)/, "");
}

/** Seconds as 4.2 s, 1:05 or 1:02:07. */
export function clock(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, i) => (i === 0 ? part : String(part).padStart(2, "0"))).join(":");
}
