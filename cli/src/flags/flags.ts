// The flags that change what a run is, as commander hands them over.

import { flagName } from "../terminal/names.ts";
import type { Halving, NamedFlag } from "./named.ts";

/** How a table of one's own is read, and what of it is learnt. */
export interface TableFlags {
  readonly target?: string;
  readonly types?: Readonly<Record<string, string>>;
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly decimal?: string;
  readonly header?: boolean;
  readonly missing?: readonly string[];
  readonly ragged?: string;
  readonly dates?: string;
  /** The columns to read, and no others. */
  readonly columns?: readonly string[];
  readonly ignore?: readonly string[];
}

/** How pictures, arrays and text of one's own are read. */
export interface SourceFlags {
  readonly size?: readonly [height: number, width: number];
  readonly grey?: boolean;
  readonly colour?: boolean;
  readonly fit?: string;
  readonly strict?: boolean;
  /** A file of arrays, or the name of one in an .npz. */
  readonly images?: string;
  readonly labels?: string;
  /** Characters that a network of text looks back at. */
  readonly length?: number;
  readonly cell?: string;
}

export interface RunFlags extends TableFlags, SourceFlags {
  readonly hidden?: readonly number[];
  readonly activation?: readonly NamedFlag[];
  readonly outputActivation?: NamedFlag;
  readonly initializer?: NamedFlag;
  readonly biasInitializer?: NamedFlag;
  readonly dropout?: number;
  readonly dtype?: string;
  readonly loss?: NamedFlag;
  readonly l1?: number;
  readonly l2?: number;
  readonly penaltyConvention?: string;
  readonly classWeights?: "balanced" | Readonly<Record<string, number>>;
  readonly metrics?: readonly string[];
  readonly optimizer?: NamedFlag;
  readonly learningRate?: number;
  readonly momentum?: number;
  readonly schedule?: NamedFlag;
  readonly clip?: number;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly accumulate?: number;
  readonly shuffle?: boolean;
  readonly validationSplit?: number;
  /** 0 for no early stopping. */
  readonly patience?: number;
  readonly restoreBest?: boolean;
  readonly halving?: Halving;
  readonly monitor?: string;
  readonly seed?: number;
  readonly engine?: string;
  readonly threads?: number;
  readonly train?: number;
  readonly test?: number;
  readonly noise?: number;
  readonly samples?: number;
  readonly testFraction?: number;
}

/** Names of the flags that are set. */
export function flagsGiven(flags: object): string[] {
  return Object.entries(flags)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `--${value === false ? "no-" : ""}${flagName(name)}`);
}

/** A record without its undefined entries. */
export function given<T extends object>(record: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
