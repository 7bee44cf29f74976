/**
 * Set up for all tests: `toEqual` compares typed arrays in one loop. By itself it asks of each element what it
 * is, which takes a microsecond. What differs is left to it, to be told as ever.
 */
import { expect } from "vitest";

function sameElements(a: unknown, b: unknown): true | undefined {
  if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b) || a.constructor !== b.constructor) return;
  const [one, other] = [a, b] as unknown as [ArrayLike<number>, ArrayLike<number>];
  // A DataView has no length: how many elements it has is not for this loop to say.
  if (one.length === undefined || one.length !== other.length) return;
  for (let i = 0; i < one.length; i++) if (!Object.is(one[i], other[i])) return;
  return true;
}

// Once in a process: its test files share `expect`.
expect.addEqualityTesters([sameElements]);
