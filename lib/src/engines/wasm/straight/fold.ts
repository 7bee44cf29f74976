// Arithmetic on i32 numbers that are known before the program runs: counters, addresses, conditions.

const BINARY: Readonly<Record<string, (a: number, b: number) => number>> = {
  "i32.add": (a, b) => (a + b) | 0,
  "i32.sub": (a, b) => (a - b) | 0,
  "i32.mul": Math.imul,
  "i32.and": (a, b) => a & b,
  "i32.or": (a, b) => a | b,
  "i32.xor": (a, b) => a ^ b,
  "i32.shl": (a, b) => a << b,
  "i32.shr_s": (a, b) => a >> b,
  "i32.shr_u": (a, b) => (a >>> b) | 0,
  "i32.eq": (a, b) => Number(a === b),
  "i32.ne": (a, b) => Number(a !== b),
  "i32.lt_s": (a, b) => Number(a < b),
  "i32.gt_s": (a, b) => Number(a > b),
  "i32.le_s": (a, b) => Number(a <= b),
  "i32.ge_s": (a, b) => Number(a >= b),
  "i32.lt_u": (a, b) => Number(a >>> 0 < b >>> 0),
  "i32.gt_u": (a, b) => Number(a >>> 0 > b >>> 0),
  "i32.le_u": (a, b) => Number(a >>> 0 <= b >>> 0),
  "i32.ge_u": (a, b) => Number(a >>> 0 >= b >>> 0),
  "i32.div_u": (a, b) => ((a >>> 0) / (b >>> 0)) | 0,
  "i32.rem_u": (a, b) => ((a >>> 0) % (b >>> 0)) | 0,
};

/** The number that an op gives of i32 numbers, of which null is not known; or null. */
export function folded(op: string, numbers: readonly (number | null)[]): number | null {
  const [a = null, b = null] = numbers;
  if (op === "i32.eqz") return a === null ? null : Number(a === 0);
  const known = BINARY[op];
  if (!known || a === null || b === null) return null;
  // What divides by 0 ends the program when it runs.
  return b === 0 && /div|rem/.test(op) ? null : known(a, b);
}
