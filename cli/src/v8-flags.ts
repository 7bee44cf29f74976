// How V8 compiles Wasm. These flags hold for a whole process, so only a program sets them, never the
// library: kernels are then optimised before their first run, and multiply-adds may round once.

import { setFlagsFromString } from "node:v8";
import { hasRelaxedSimd } from "neurite/engines";

const set: string[] = [];

/** Sets the flags; to be called before anything is compiled. */
export function setV8Flags(): void {
  if (set.length > 0 || process.versions["bun"] !== undefined) return;
  const wanted = ["no-liftoff", "no-wasm-lazy-compilation"];
  // Newer versions have it without a flag, and would complain of one that they do not know.
  if (!hasRelaxedSimd()) wanted.push("experimental-wasm-relaxed-simd");
  for (const flag of wanted) setFlagsFromString(`--${flag}`);
  set.push(...wanted);
}

/** The flags that were set, without dashes. */
export function v8Flags(): readonly string[] {
  return set;
}
