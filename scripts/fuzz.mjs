/**
 * npm run fuzz -- [--runs 5000] [--seed n] [--node 24] [--wide] [--browser] [file …]: random programs and networks, engine
 * against engine; on the Node of that version in bench/, or at that path; with V8's flags as the command
 * `neurite` sets them, so that code is optimised at once and vectors are joined to 256 bits.
 * With --browser: the engine's suites in Chromium, which then has V8's flags.
 * With --files: good files damaged at random, for every reader. With --onnx: the readers of ONNX files alone, where memory
 * is bounded to 1 GB of heap; what they took at most is printed.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nodeCommand, v8Flags } from "../bench/src/node.mjs";

const FILES = [
  "lib/src/engines/wasm/fuzz.test.ts",
  "lib/src/engines/wasm/held.test.ts",
  "lib/src/engines/wasm/kernels/matmul/matmul.test.ts",
  "lib/src/engines/wasm/kernels/conv/conv.test.ts",
  "lib/src/transforms/simplify.test.ts",
  "lib/src/train/training-fuzz.test.ts",
];
const BROWSER = ["test/browser.test.ts"];
/** As v8Flags() gives them, under the names that Chromium's V8 has. */
const BROWSER_FLAGS = "--no-liftoff --no-wasm-lazy-compilation --no-wasm-deopt --wasm-revectorize";
const READERS = ["test/file-fuzz.test.ts"];
/** The runner must hear from a test now and then, so many programs are several rounds of fewer. */
const MOST = 500;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: process.env.FUZZ_RUNS ?? "5000" },
    files: { type: "boolean", default: false },
    onnx: { type: "boolean", default: false },
    browser: { type: "boolean", default: false },
    node: { type: "string" },
    wide: { type: "boolean", default: false },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
  },
});
const [runs, seed] = [wholeNumber("runs", values.runs), wholeNumber("seed", values.seed)];
const engines = values.browser ? BROWSER : FILES;
const isFiles = values.files || values.onnx;
const usual = isFiles ? READERS : engines;
const onnx = ["-t", "ONNX", "--execArgv=--max-old-space-size=1024"];
const files = positionals.length > 0 ? positionals : usual;

function wholeNumber(option, text) {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`--${option}: expected a whole number. Received "${text}".`);
}

// A path, or a version that bench/package.json pins.
const node = /[/\\]/.test(values.node ?? "") ? values.node : nodeCommand(values.node);
const flags = values.wide && !values.browser ? v8Flags(node) : [];
const kind = ["onnx", "files"].flatMap((name) => (values[name] ? [` --${name}`] : [])).join("");
/** What it takes to run the same again. */
const place = [
  ...(values.browser ? ["--browser"] : []),
  ...(values.node ? ["--node", values.node] : []),
  ...(values.wide ? ["--wide"] : []),
];

console.log(
  `${runs} ${isFiles ? "damaged files" : "programs"} of each sort, seed ${seed}${["", ...place].join(" ")}`,
);
const vitest = fileURLToPath(new URL("../node_modules/vitest/vitest.mjs", import.meta.url));
const cwd = fileURLToPath(new URL("..", import.meta.url));
const shell = process.platform === "win32";
spawnSync("npm", ["run", "--silent", "prepare"], { cwd, shell, stdio: "inherit" });
const rounds = Math.ceil(runs / MOST);
for (let round = 0; round < rounds && !process.exitCode; round++) {
  const own = {
    FUZZ_RUNS: String(Math.min(MOST, runs - round * MOST)),
    FUZZ_SEED: `${seed + round}`,
    ...(values.browser && values.wide && { BROWSER_JS_FLAGS: BROWSER_FLAGS }),
  };
  const { status } = spawnSync(
    node,
    [
      ...[vitest, "run", "--mode", "built", ...files, ...(values.onnx ? onnx : [])],
      // The tests run in processes of their own, which these flags are for.
      ...flags.map((flag) => `--execArgv=${flag}`),
      ...["--testTimeout", "3600000", "--reporter", "dot"],
    ],
    { stdio: "inherit", env: { ...process.env, ...own } },
  );
  if (status === 0) console.log(`round ${round + 1} of ${rounds} passed`);
  else {
    console.error(
      `again: npm run fuzz --${["", ...place].join(" ")}${kind} --runs ${own.FUZZ_RUNS} --seed ${own.FUZZ_SEED}`,
    );
    process.exitCode = 1;
  }
}
