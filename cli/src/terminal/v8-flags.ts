// How V8 compiles Wasm. These flags hold for a whole process, its threads too, so only a program sets them,
// never the library: kernels are then optimised before their first run, multiply-adds may round once, and
// vectors may be joined to 256 bits.

import { execFileSync } from "node:child_process";
import { setFlagsFromString } from "node:v8";
import { type Engine, hasRelaxedSimd } from "neurite/engines";

const set: string[] = [];

/** What decides which flags there are. */
export interface Runtime {
  readonly arch: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
  /** All flags that there are, as V8 prints them; asked only where no version tells. */
  readonly known: () => string;
}

const HERE: Runtime = {
  arch: process.arch,
  versions: process.versions,
  // A flag that V8 does not know it complains of on standard error, and no call asks it which it knows.
  known: () => execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8" }),
};

/**
 * Sets the flags; to be called before anything is compiled.
 * @param wide whether V8 may join vectors to 256 bits
 */
export function setV8Flags(wide = true): void {
  if (set.length > 0 || process.versions["bun"] !== undefined) return;
  const wanted = ["no-liftoff", "no-wasm-lazy-compilation"];
  // From 13 on, optimised code may be undone by what the unoptimised code has counted; where there is
  // none of that, V8 must be told, or it crashes.
  if (Number.parseInt(process.versions.v8, 10) >= 13) wanted.push("no-wasm-deopt");
  // Newer versions have it without a flag, and would complain of one that they do not know.
  if (!hasRelaxedSimd()) wanted.push("experimental-wasm-relaxed-simd");
  const joins = wideFlag(HERE);
  if (joins !== null) wanted.push(wide ? joins : `no-${joins}`);
  for (const flag of wanted) setFlagsFromString(`--${flag}`);
  set.push(...wanted);
}

/** The flag that lets V8 join neighbouring vectors of 128 bits to 256; null where there is none that works. */
export function wideFlag({ arch, versions, known }: Runtime): string | null {
  if (arch !== "x64" || versions["bun"] !== undefined || versions["deno"] !== undefined)
    return null;
  const [major = 0, minor = 0] = (versions["v8"] ?? "").split(".").map(Number);
  // An older pass, which 12.4 has under the same name, joins no multiply-adds.
  if (major < 13 || (major === 13 && minor < 6)) return null;
  if (major < 15) return "experimental-wasm-revectorize";
  // At some version after 14.6 it became `wasm-revectorize`.
  const found = /--((?:experimental-)?wasm-revectorize) /.exec(known());
  return found?.[1] ?? null;
}

/** The flags that were set, without dashes. */
export function v8Flags(): readonly string[] {
  return set;
}

/** A line on which vectors an engine was found to have, with its end; nothing where it has none. */
export function vectorsLine({ vectorBits }: Engine): string {
  if (vectorBits === undefined) return "";
  const flag = set.find((name) => /^(?!no-).*wasm-revectorize$/.test(name));
  const why = flag === undefined || vectorBits === 128 ? "" : ` by V8's --${flag}`;
  return `vectors of ${vectorBits} bits${why}\n`;
}
