// How far the reader is in each lesson, kept in the browser where it may be.

import type { Predicted } from "../../lessons/index.ts";

/** Of one lesson, by the keys of its steps. */
export interface Progress {
  readonly predicted: Readonly<Record<string, Predicted>>;
  /** Steps whose goal was reached, or whose prediction was made where there is no goal. */
  readonly done: readonly string[];
}

export const NO_PROGRESS: Progress = { predicted: {}, done: [] };

const KEY = "neurite-lessons";

/** Of all lessons. What is no progress is left out. */
export function readProgress(): Readonly<Record<string, Progress>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof kept === "object" && kept !== null ? onlyProgress(kept) : {};
  } catch {
    // A browser may forbid storage: then nothing is remembered.
    return {};
  }
}

export function keepProgress(id: string, progress: Progress): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readProgress(), [id]: progress }));
  } catch {
    // As above.
  }
}

/** The parts of a document that are progress. */
export function onlyProgress(kept: object): Record<string, Progress> {
  return Object.fromEntries(
    Object.entries(kept).flatMap(([id, one]): [string, Progress][] => {
      const { predicted, done } = (one ?? {}) as Partial<Progress>;
      if (typeof predicted !== "object" || predicted === null || !Array.isArray(done)) return [];
      const fits = Object.entries(predicted).filter(([, value]) => isPredicted(value));
      const steps = done.filter((step) => typeof step === "string");
      return [[id, { predicted: Object.fromEntries(fits), done: steps }]];
    }),
  );
}

function isPredicted(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((y) => Number.isFinite(y));
  return typeof value === "string" || Number.isFinite(value);
}
