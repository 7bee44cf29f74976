// Numbers in all lanes of a vector: written out in the code, or read from memory where a runtime's compiler
// would put each together from several instructions wherever it is used.

import { type Expr, f32x4, i32x4, type Local, load } from "../../code/index.ts";
import type { NumberPool } from "../kernel.ts";

/** Vectors of one number. */
export interface Numbers {
  readonly splat: (x: number) => Expr;
  /** An int32, or the bits of anything else. */
  readonly word: (bits: number) => Expr;
}

export const WRITTEN: Numbers = { splat: f32x4, word: (bits) => i32x4(bits) };

const FLOAT = new Float32Array(1);
const BITS = new Int32Array(FLOAT.buffer);

/**
 * @param zero a variable that is 0: the runtime joins what is read by the same variable
 * @param half of the eight lanes that the pool has of each number
 */
export function numbersFrom(pool: NumberPool, zero: Local, half: 0 | 1): Numbers {
  const word = (bits: number) => {
    if (bits === 0 || bits === -1) return i32x4(bits); // one instruction makes these
    return load("v128.load", zero, pool.addressOf(bits) + half * 16);
  };
  return {
    word,
    splat: (x) => {
      FLOAT[0] = x;
      return word(BITS[0]!);
    },
  };
}
