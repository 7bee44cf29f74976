/** What computes: the processor's name, and how wide its vectors are. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";

/** @returns {{ name: string, vectors: string }} */
export function processor() {
  return { name: cpus()[0]?.model.trim() || "an unknown processor", vectors: vectorsHere() };
}

function vectorsHere() {
  if (process.arch === "arm64") return "128-bit vectors (NEON)";
  try {
    if (process.platform === "linux") return vectorsOf(readFileSync("/proc/cpuinfo", "utf8"));
    if (process.platform === "darwin") {
      const names = ["machdep.cpu.features", "machdep.cpu.leaf7_features"];
      return vectorsOf(execFileSync("sysctl", ["-n", ...names], { encoding: "utf8" }));
    }
  } catch {
    // Nobody says.
  }
  return "vectors of unknown width";
}

/** @param {string} features as the system lists them */
export function vectorsOf(features) {
  if (/\bavx512f\b/i.test(features)) return "512-bit vectors (AVX-512)";
  if (/\bavx2\b/i.test(features)) return "256-bit vectors (AVX2)";
  if (/\bsse/i.test(features)) return "128-bit vectors (SSE)";
  return "vectors of unknown width";
}
