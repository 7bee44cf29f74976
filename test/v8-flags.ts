/** V8's flags for the processes that run the tests, on two busy cores. */
import { execFileSync } from "node:child_process";

const WANTED = [
  // Threads that collect garbage side by side only wait for each other.
  "--single-threaded-gc",
  "--min-semi-space-size=64",
  "--max-semi-space-size=128",
  // A test runs most functions a few hundred times: where V8 has no compiler in the middle, as in Node 20, it
  // optimises them when they are no longer needed. A third of all time went to that.
  "--interrupt-budget=2000000",
];

/** Those that this version knows: Node does not start with others. */
export function v8Flags(): string[] {
  const known = execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8" });
  return WANTED.filter((flag) => known.includes(`  ${flag.split("=")[0]} (`));
}

/** Those that this process was started with, for one that it starts to run as much. */
export function ownFlags(): string[] {
  return process.execArgv.filter((flag) => WANTED.includes(flag));
}
