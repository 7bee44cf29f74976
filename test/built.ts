/** The packages as users have them, compiled, for tests that start a process of their own. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
let isBuilt = false;

/** Compiles what has changed; once a process, since the question alone takes a second. */
export function buildPackages(): void {
  if (isBuilt) return;
  isBuilt = true;
  try {
    const tsc = ["node_modules/typescript/bin/tsc", "-b", "lib", "cli"];
    execFileSync(process.execPath, tsc, { cwd: root });
  } catch {
    // Type errors are another test's business; what was emitted is what runs here.
  }
}
