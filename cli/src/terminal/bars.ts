// Shares as bars of blocks.

import { percent } from "./names.ts";

const BAR = 30;

/** Each class with its probability as a number and as a bar. */
export function bars(names: readonly string[], shares: readonly number[]): string[] {
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name, c) => {
    const bar = "█".repeat(Math.round(Math.max(0, Math.min(1, shares[c]!)) * BAR));
    return `${name.padEnd(width)}  ${percent(shares[c]!, 1).padStart(7)}  ${bar}`.trimEnd();
  });
}
