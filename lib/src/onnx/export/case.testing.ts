// A file to be checked and run elsewhere, and what it should give.

import type { NdArray } from "../../ops/define.ts";

export interface NamedArray extends NdArray {
  readonly name: string;
}

export interface OnnxCase {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly inputs: readonly NamedArray[];
  readonly outputs: readonly NamedArray[];
  /** How far off a number may be, relative to 1 or to itself. */
  readonly bound: number;
}

export interface Refused {
  readonly name: string;
  readonly refusal: string;
}
