/** Which Node runs a program, and with which of V8's flags. */

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const packaged = (major) =>
  fileURLToPath(new URL(`../node_modules/node-${major}/bin/node`, import.meta.url));

export function expectVersion(version) {
  if (/^\d+(\.\d+){0,2}$/.test(version)) return;
  throw new Error(`--node: expected versions as in 20,24. Received "${version}".`);
}

/**
 * This Node, or one of those that package.json pins when a version is asked for.
 * @param {string | undefined} version "24", "24.21.0"
 */
export function nodeCommand(version) {
  if (version === undefined) return process.execPath;
  expectVersion(version);
  const [major] = version.split(".");
  const command = packaged(major);
  if (!existsSync(command)) {
    throw new Error(
      `no Node ${major}: npm run bench:setup, or npm i -D node-${major}@npm:node@${version} in bench/`,
    );
  }
  const found = execFileSync(command, ["--version"], { encoding: "utf8" }).trim();
  if (`${found}.`.startsWith(`v${version}.`)) return command;
  throw new Error(`the installed Node ${major} is ${found}, not ${version}`);
}

/**
 * The flags that `neurite` itself sets: optimised WebAssembly from the first call to the last; relaxed SIMD,
 * which newer versions have without a flag; and vectors that are joined to 256 bits.
 * @param {string} command a Node program
 * @param {boolean} wide false leaves the last out
 */
export function v8Flags(command, wide = true) {
  const ask = (...args) => execFileSync(command, args, { encoding: "utf8" });
  return chooseFlags(
    ask("--v8-options"),
    ask("-p", "process.versions.v8 + ' ' + process.arch"),
    wide,
  );
}

/** @param {string} about V8's version and the processor's kind: "13.6.233 x64" */
export function chooseFlags(options, about, wide) {
  const known = (flag) => options.includes(`--${flag} `);
  const [major, minor] = about.split(".").map(Number);
  // 12.4 has an older pass under the same name, which joins no multiply-adds.
  const joins =
    wide && about.trim().endsWith(" x64") && (major > 13 || (major === 13 && minor >= 6));
  return [
    ...["liftoff", "wasm-lazy-compilation", "wasm-deopt"].filter(known).map((flag) => `no-${flag}`),
    ...["experimental-wasm-relaxed-simd"].filter(known),
    ...(joins ? ["wasm-revectorize", "experimental-wasm-revectorize"].filter(known) : []),
  ].map((flag) => `--${flag}`);
}
