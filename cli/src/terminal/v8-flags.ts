// How V8 compiles Wasm. These flags hold for a whole process, so only a program sets them, never the
// library: kernels are then optimised before their first run, and multiply-adds may round once.

import { setFlagsFromString } from "node:v8";
import { hasRelaxedSimd } from "neurite/engines";

const set: string[] = [];

/** Sets the flags; to be called before anything is compiled. */
export function setV8Flags(): void {
  if (set.length > 0 || process.versions["bun"] !== undefined) return;
  const wanted = ["no-liftoff", "no-wasm-lazy-compilation"];
  // From 13 on, optimised code may be undone by what the unoptimised code has counted; where there is
  // none of that, V8 must be told, or it crashes.
  if (Number.parseInt(process.versions.v8, 10) >= 13) wanted.push("no-wasm-deopt");
  // Newer versions have it without a flag, and would complain of one that they do not know.
  if (!hasRelaxedSimd()) wanted.push("experimental-wasm-relaxed-simd");
  for (const flag of wanted) setFlagsFromString(`--${flag}`);
  set.push(...wanted);
}

/** The flags that were set, without dashes. */
export function v8Flags(): readonly string[] {
  return set;
}
