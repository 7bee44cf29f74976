// How many examples each class has: told of a new run, and what cannot be learnt refused.

import type { NamedDataset } from "neurite/data";
import { CliError } from "../terminal/failures.ts";
import { percent, plural } from "../terminal/names.ts";
import { wrapLines } from "../terminal/wrap.ts";

const MOST_TOLD = 10;

function countsOf({ y }: NamedDataset["train"], classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of y.data) counts[label]! += 1;
  return counts;
}

/** As "2 classes: cats 50.0 %, dogs 50.0 %". */
export function classesTold({ train, test, classNames }: NamedDataset): string[] {
  const parts = [train, test].map((part) => countsOf(part, classNames.length));
  const counts = classNames.map((_, c) => parts[0]![c]! + parts[1]![c]!);
  const total = counts.reduce((a, b) => a + b, 0);
  const shares = classNames.map((name, c) => `${name} ${percent(counts[c]! / total, 1)}`);
  const more = shares.length > MOST_TOLD ? `, and ${shares.length - MOST_TOLD} more` : "";
  const untested = classNames.filter((_, c) => parts[1]![c] === 0 && parts[0]![c]! > 0);
  const some = untested.slice(0, MOST_TOLD).join(", ");
  return wrapLines(
    `${plural(shares.length, "class", "classes")}: ${shares.slice(0, MOST_TOLD).join(", ")}${more}` +
      (untested.length > 0 && parts[1]!.some((count) => count > 0)
        ? `; nothing to test with of ${some}`
        : ""),
  );
}

/** @throws CliError where fewer than two classes have examples to train on */
export function expectEachClass(path: string, { train, classNames }: NamedDataset): void {
  const counts = countsOf(train, classNames.length);
  const there = classNames.filter((_, c) => counts[c]! > 0);
  if (there.length >= 2) return;
  const only = there.length === 0 ? "none" : `only of ${there[0]}`;
  throw new CliError(
    `${path}: expected examples of two classes or more to train on, found ${only}`,
  );
}
