/**
 * npm run fuzz -- [--runs 5000] [--seed n] [file …]: random programs and networks, engine against engine.
 * With --files: good files damaged at random, for every reader.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const FILES = [
  "lib/src/engines/wasm/fuzz.test.ts",
  "lib/src/engines/wasm/kernels/matmul/matmul.test.ts",
  "lib/src/engines/wasm/kernels/conv/conv.test.ts",
  "lib/src/transforms/simplify.test.ts",
  "lib/src/train/training-fuzz.test.ts",
];
const READERS = ["test/file-fuzz.test.ts"];
/** The runner must hear from a test now and then, so many programs are several rounds of fewer. */
const MOST = 500;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: process.env.FUZZ_RUNS ?? "5000" },
    files: { type: "boolean", default: false },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
  },
});
const [runs, seed] = [wholeNumber("runs", values.runs), wholeNumber("seed", values.seed)];
const usual = values.files ? READERS : FILES;
const files = positionals.length > 0 ? positionals : usual;

function wholeNumber(option, text) {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`--${option}: expected a whole number. Received "${text}".`);
}

console.log(`${runs} ${values.files ? "damaged files" : "programs"} of each sort, seed ${seed}`);
const vitest = fileURLToPath(new URL("../node_modules/vitest/vitest.mjs", import.meta.url));
const rounds = Math.ceil(runs / MOST);
for (let round = 0; round < rounds && !process.exitCode; round++) {
  const own = {
    FUZZ_RUNS: String(Math.min(MOST, runs - round * MOST)),
    FUZZ_SEED: `${seed + round}`,
  };
  const { status } = spawnSync(
    process.execPath,
    [vitest, "run", ...files, "--testTimeout", "3600000", "--reporter", "dot"],
    { stdio: "inherit", env: { ...process.env, ...own } },
  );
  if (status === 0) console.log(`round ${round + 1} of ${rounds} passed`);
  else {
    console.error(
      `again: npm run fuzz --${values.files ? " --files" : ""} --runs ${own.FUZZ_RUNS} --seed ${own.FUZZ_SEED}`,
    );
    process.exitCode = 1;
  }
}
