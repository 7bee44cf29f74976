/**
 * `npm test`: compiles the packages, whose modules the tests import; then lint, knip and the type checks one
 * after the other, and beside them the tests. What a check has to say is shown where it fails; the tests end then.
 * Arguments go to vitest.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const cwd = fileURLToPath(new URL("..", import.meta.url));
// tsc is a program in Go, which takes a fifth less time if it collects garbage a quarter as often; tests run it too.
process.env.GOGC ??= "400";

/** @returns {Promise<number>} the exit code of a process, 1 where it was killed */
const ended = (child) =>
  new Promise((resolve) => {
    child.on("error", () => resolve(1));
    child.on("close", (code) => resolve(code ?? 1));
  });

/** One of the package's scripts, silent while nothing is wrong. */
async function passes(name) {
  const child = spawn("npm", ["run", "--silent", name], {
    cwd,
    shell: process.platform === "win32",
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      said += text;
    });
  }
  if ((await ended(child)) === 0) return true;
  console.error(`\nnpm run ${name} fails:\n${said}`);
  return false;
}

async function checked() {
  for (const name of ["lint", "knip", "typecheck"]) if (!(await passes(name))) return false;
  return true;
}

// What cannot be compiled cannot be tested either.
if (!(await passes("prepare"))) process.exit(1);

const vitest = fileURLToPath(new URL("../node_modules/vitest/vitest.mjs", import.meta.url));
const tests = spawn(
  process.execPath,
  [vitest, "run", "--mode", "built", ...process.argv.slice(2)],
  { cwd, stdio: "inherit" },
);
// Ctrl-C reaches the tests too: they say how far they came.
process.on("SIGINT", () => {});

const [isClean, code] = await Promise.all([
  checked().then((isClean) => {
    if (!isClean) tests.kill("SIGINT");
    return isClean;
  }),
  ended(tests),
]);
process.exitCode = isClean ? code : 1;
