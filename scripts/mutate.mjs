/**
 * Breaks one line at a time and looks whether a test fails: `npm run mutate -- --count 40 --seed 1 lib/src/runtime`.
 * Works in a copy of the last commit, so that the checkout stays as it is. Prints the mutants that no test
 * noticed, and the share that one did, folder by folder.
 */
import { execFileSync, spawn } from "node:child_process";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parseAst } from "vite";

const ROOMS = [
  "lib/src/runtime",
  "lib/src/engines/wasm/memory",
  "lib/src/engines/wasm/lower",
  "lib/src/engines/wasm/run",
  "lib/src/train",
];
/** A mutant that makes tests run this long has been noticed. */
const PATIENCE_MS = 240_000;

const SWAPS = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
  "&&": "||",
  "||": "&&",
  "??": "&&",
};

const { values, positionals } = parseArgs({
  options: { count: { type: "string", default: "30" }, seed: { type: "string", default: "1" } },
  allowPositionals: true,
});
const rooms = positionals.length > 0 ? positionals : ROOMS;
const root = fileURLToPath(new URL("..", import.meta.url));

/** Every change that could be made to a text: [start, end, replacement]. */
function mutations(text) {
  const found = [];
  const visit = (node) => {
    if (typeof node?.type !== "string") return;
    const add = (start, end, to) => found.push({ start, end, to });
    if (node.type === "BinaryExpression" || node.type === "LogicalExpression") {
      const between = text.slice(node.left.end, node.right.start);
      const at = node.left.end + between.indexOf(node.operator);
      const to = SWAPS[node.operator];
      if (to) add(at, at + node.operator.length, to);
    } else if (node.type === "IfStatement" || node.type === "ConditionalExpression") {
      add(node.test.start, node.test.end, `!(${text.slice(node.test.start, node.test.end)})`);
    } else if (node.type === "ExpressionStatement" && node.expression.type !== "Literal") {
      add(node.start, node.end, ";");
    } else if (node.type === "Literal" && typeof node.value === "boolean") {
      add(node.start, node.end, String(!node.value));
    } else if (node.type === "Literal" && typeof node.value === "number") {
      add(node.start, node.end, `(${node.raw} + 1)`);
    }
    // Types are not run, and cannot be broken.
    if (/^TS(?!NonNull|As|Satisfies)/.test(node.type)) return;
    for (const child of Object.values(node)) for (const each of [child].flat()) visit(each);
  };
  visit(parseAst(text, { lang: "ts" }));
  return found;
}

/** Numbers from 0 to below 1 that a seed decides (mulberry32). */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function sources(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((file) => /\.ts$/.test(file) && !/\.(test|test-d|testing)\.ts$/.test(file))
    .map((file) => join(folder, file))
    .sort();
}

/** The tests that may notice: those of the floor of the file, and of the floors that use it most. */
function testsFor(file) {
  const [, , floor] = file.split("/");
  const more =
    { engines: ["lib/src/runtime"], runtime: ["lib/src/tensor"], train: [] }[floor] ?? [];
  return [`lib/src/${floor}`, ...more];
}

const copy = mkdtempSync(join(tmpdir(), "neurite-mutants-"));
/** The tests that run just now: a group of processes of their own, so that their workers end with them. */
let running = null;

function endTests() {
  try {
    if (running !== null) process.kill(-running.pid, "SIGKILL");
  } catch {
    // They have ended by themselves.
  }
  running = null;
}

process.on("exit", () => {
  endTests();
  try {
    execFileSync("git", ["worktree", "remove", "--force", copy], { cwd: root, stdio: "ignore" });
  } catch {
    // It had not been made yet, or half.
  }
  rmSync(copy, { recursive: true, force: true });
  execFileSync("git", ["worktree", "prune"], { cwd: root });
});
// What is awaited lets a signal in; the numbers are those of a shell.
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
]) {
  process.on(signal, () => process.exit(code));
}
execFileSync("git", ["worktree", "add", "--detach", "--force", copy, "HEAD"], {
  cwd: root,
  stdio: "ignore",
});
symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));

const draw = random(Number(values.seed));
const sites = rooms
  .filter((room) => existsFolder(room))
  .flatMap((room) =>
    sources(room).flatMap((file) => {
      const text = readFileSync(join(copy, file), "utf8");
      return mutations(text).map((change) => ({ room, file, text, ...change }));
    }),
  );
const chosen = Array.from({ length: Math.min(Number(values.count), sites.length) }, () =>
  sites.splice(Math.floor(draw() * sites.length), 1).at(0),
);

function existsFolder(folder) {
  try {
    return readdirSync(join(root, folder)).length > 0;
  } catch {
    return false;
  }
}

/** The exit code of tests in the copy; null for those that were ended, since they ran too long. */
async function statusOf(args) {
  running = spawn(process.execPath, args, { cwd: copy, stdio: "ignore", detached: true });
  const timer = setTimeout(endTests, PATIENCE_MS);
  const tests = running;
  const status = await new Promise((resolve) => tests.on("close", resolve));
  clearTimeout(timer);
  running = null;
  return status;
}

const score = new Map();
for (const [i, { room, file, text, start, end, to }] of chosen.entries()) {
  writeFileSync(join(copy, file), text.slice(0, start) + to + text.slice(end));
  const args = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--bail=1", ...testsFor(file)];
  const killed = (await statusOf(args)) !== 0;
  writeFileSync(join(copy, file), text);
  const [seen = 0, all = 0] = score.get(room) ?? [];
  score.set(room, [seen + (killed ? 1 : 0), all + 1]);
  const line = text.slice(0, start).split("\n").length;
  const change = `${text.slice(start, end).split("\n")[0]} -> ${to.split("\n")[0]}`;
  console.log(
    `${i + 1}/${chosen.length} ${killed ? "noticed " : "SURVIVED"} ${file}:${line}  ${change}`,
  );
}
for (const [room, [seen, all]] of score) console.log(`${room}: ${seen} of ${all} mutants noticed`);
