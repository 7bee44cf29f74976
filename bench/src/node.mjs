/** Which Node runs a program, and with which of V8's flags. */

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PACKAGED = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));

/**
 * This Node, or the one of the npm package `node` when a version is asked for.
 * @param {string | undefined} version "24", "24.21.0"
 */
export function nodeCommand(version) {
  if (version === undefined) return process.execPath;
  if (!existsSync(PACKAGED)) throw new Error("not installed: npm run bench:setup");
  const found = execFileSync(PACKAGED, ["--version"], { encoding: "utf8" }).trim();
  if (`${found}.`.startsWith(`v${version}.`)) return PACKAGED;
  throw new Error(`the installed package node is ${found}: npm install node@${version} in bench/`);
}

/**
 * Optimised WebAssembly from the first call to the last, and relaxed SIMD, which newer versions have
 * without a flag.
 * @param {string} command a Node program
 */
export function v8Flags(command) {
  const known = execFileSync(command, ["--v8-options"], { encoding: "utf8" });
  const wanted = [
    ...["liftoff", "wasm-lazy-compilation", "wasm-deopt"],
    "experimental-wasm-relaxed-simd",
  ];
  return wanted
    .filter((flag) => known.includes(`--${flag} `))
    .map((flag) => (flag.startsWith("experimental") ? `--${flag}` : `--no-${flag}`));
}
