// What data of one's own have beside their examples: where each came from, what was done, what was left out.

import type { NamedDataset } from "neurite/data";

/** How pictures among the examples are to be shown. */
export interface Shown {
  readonly height: number;
  readonly width: number;
  /** 1 is grey, 3 are red, green and blue. */
  readonly channels: number;
  /** The number that is white; black is 0. */
  readonly white: number;
}

export interface OwnPart {
  readonly kind: "pictures" | "arrays" | "text";
  /** What the data are, of a new run: a line each. */
  readonly told: readonly string[];
  /** What was assumed, what was left out, what has changed: a sentence each. */
  readonly notices: readonly string[];
  /** Of pictures in files: which one each example is. */
  readonly files?: { readonly train: readonly string[]; readonly test: readonly string[] };
  /** Of examples that are pictures. */
  readonly shown?: Shown | undefined;
}

export type OwnDataset = NamedDataset & { readonly own: OwnPart };

/** What of a data set is one's own, null for sets by name and for tables, which tell more. */
export function ownPartOf(data: NamedDataset): OwnPart | null {
  return "own" in data ? (data as OwnDataset).own : null;
}

const DIGIT: Shown = { height: 28, width: 28, channels: 1, white: 255 };

/** How the examples of a data set of pictures are shown: digits, unless it says otherwise. */
export function shownOf(data: NamedDataset): Shown {
  return ownPartOf(data)?.shown ?? DIGIT;
}

/** What is said where a file is not what it was when a run was made. */
export function changedSince(path: string, was: string | undefined, is: string): string[] {
  if (was === undefined || was === is) return [];
  return [
    `${path} has changed since the run was made: examples may be others, and in other parts, than it learned from`,
  ];
}
