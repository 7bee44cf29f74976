/**
 * CONTRIBUTING.md carried out to the letter: its blocks are put where it says on a copy of the repository,
 * which must then compile, keep its style and pass the tests that the recipes name.
 */
import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const copy = realpathSync(mkdtempSync(join(tmpdir(), "neurite-recipes-")));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

interface Edit {
  readonly file: string;
  readonly isNew: boolean;
  /** After the first line that begins with a text, in place of a text, or at the end. */
  readonly how: "after" | "in place of" | "at the end";
  readonly anchor: string;
  readonly block: string;
}

const SENTENCE =
  /^ *In (the new file )?`([^`]+)`(?:, (at the end|after|in place of)(?: (`+)(.+?)\4)?)?:\n\n( *)```\w+\n(.*?)\n *```$/gms;

function editsOf(page: string): Edit[] {
  return [...page.matchAll(SENTENCE)].map(
    ([, isNew, file, how = "at the end", , anchor = "", indent, block]) => ({
      file: file!,
      isNew: isNew !== undefined,
      how: how as Edit["how"],
      anchor,
      block: block!.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
    }),
  );
}

function applied({ file, how, anchor, block }: Edit, text: string): string {
  if (how === "at the end") return `${text}${block}\n`;
  if (!text.includes(anchor)) throw new Error(`${file}: CONTRIBUTING.md looks for ${anchor}`);
  if (how === "in place of") return text.replace(anchor, () => block);
  const lines = text.split("\n");
  const at = lines.findIndex((line) => line.trim().startsWith(anchor));
  return lines.toSpliced(at + 1, 0, block).join("\n");
}

const edits = editsOf(readFileSync(join(root, "CONTRIBUTING.md"), "utf8"));
const files = [...new Set(edits.map(({ file }) => file))];

/** All packages but this repository's own, which are those of the copy. */
function linkPackages(): void {
  const from = join(root, "node_modules");
  const to = join(copy, "node_modules");
  mkdirSync(join(to, "@neurite"), { recursive: true });
  for (const name of readdirSync(from)) {
    if (!/neurite$|^\.vite/.test(name)) symlinkSync(join(from, name), join(to, name));
  }
  symlinkSync(join(copy, "lib"), join(to, "neurite"), "dir");
  symlinkSync(join(copy, "packages/mpi"), join(to, "@neurite/mpi"), "dir");
}

beforeAll(() => {
  const list = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const paths = execFileSync("git", list, { cwd: root, encoding: "utf8" }).trim().split("\n");
  for (const path of paths.filter((path) => existsSync(join(root, path)))) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    copyFileSync(join(root, path), join(copy, path));
  }
  linkPackages();
  for (const edit of edits) {
    const path = join(copy, edit.file);
    if (existsSync(path) === edit.isNew)
      throw new Error(`${edit.file}: expected it to be new or not`);
    writeFileSync(path, applied(edit, edit.isNew ? "" : readFileSync(path, "utf8")));
  }
});

/** Runs a program of the copy there; what it prints is the message of a failure. */
function run(program: string, ...args: readonly string[]): void {
  const path = join(copy, program);
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, VITEST: undefined, NODE_ENV: undefined },
  });
  expect(status, stdout + stderr).toBe(0);
}

const TSC = "node_modules/typescript/bin/tsc";

/** Types of all sources, of what tests share, and of the tests that the recipes write in. */
function checkTypes(sources: readonly string[]): void {
  const config = {
    extends: "./tsconfig.json",
    files: sources,
    exclude: ["**/*.test.ts", "**/*.test.tsx", "**/*.test-d.ts"],
  };
  writeFileSync(join(copy, "tsconfig.recipes.json"), JSON.stringify(config));
  run(TSC, "-p", "tsconfig.recipes.json", "--singleThreaded");
}

it("finds a recipe for an op, a layer and a command", () => {
  expect(edits.length).toBeGreaterThan(20);
  const made = edits.filter(({ isNew }) => isNew).map(({ file }) => file);
  expect(made).toHaveLength(3);
  expect(files).toEqual(expect.arrayContaining(["lib/src/ops/rules/unary.ts", "README.md"]));
});

it("compiles, in the project's style", { timeout: 300_000 }, () => {
  const sources = files.filter((file) => file.endsWith(".ts"));
  run(
    "node_modules/@biomejs/biome/bin/biome",
    "check",
    "--write",
    "--error-on-warnings",
    ...sources,
  );
  checkTypes(sources);
  run(TSC, "-b", "lib", "packages/mpi", "cli", "--noCheck", "--singleThreaded");
});

/** The tests that the recipes name: files, each with what a test that passes there must have in its name. */
const TESTS: Readonly<Record<string, string>> = {
  "lib/src/nn/layers/core/core.test.ts": "layer 'gain'",
  "cli/src/commands/losses.test.ts": "lists the losses",
  "lib/src/ops/generated.test.ts": "cbrt #0",
  "lib/src/engines/wasm/index.test.ts": "cbrt #0",
  "lib/src/transforms/random-graphs.test.ts": "the programs are many-sided",
  "test/public-surface.test.ts": "is what the snapshot says",
  "test/reference.test.ts": "is as old as the code",
  "test/readme.test.ts": "",
  "test/imports.test.ts": "",
  "test/guide.test.ts": "",
};
const names = Object.keys(TESTS);

/** Of random programs the test that wants each op in them, by its line; all of another file. */
function placeOf(file: string): string {
  if (!file.includes("random-graphs")) return file;
  const lines = readFileSync(join(copy, file), "utf8").split("\n");
  return `${file}:${1 + lines.findIndex((line) => line.startsWith(`test("${TESTS[file]}"`))}`;
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** The files of which a test has passed that has the name it must have. */
function passedIn({ testResults }: Report): string[] {
  return names.filter((file) => {
    const tests = testResults.find(({ name }) => name === join(copy, file))?.assertionResults;
    return tests?.some((test) => test.status === "passed" && test.fullName.includes(TESTS[file]!));
  });
}

it("keeps the lists of names by its commands, and passes the tests", { timeout: 300_000 }, () => {
  run("scripts/reference.mjs");
  // Samples of other ops and other layers are tested where the recipes add nothing.
  const pattern = "^(?!.*(#\\d|layer '))|cbrt|gain";
  const report = join(copy, "report.json");
  run(
    ...["node_modules/vitest/vitest.mjs", "run", "--mode", "built", "--maxWorkers=1"],
    ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    ...["--testNamePattern", pattern, ...names.map(placeOf), "-u"],
  );
  expect(readFileSync(join(copy, "test/public-surface.txt"), "utf8")).toContain("const cbrt\n");
  expect(passedIn(JSON.parse(readFileSync(report, "utf8")))).toEqual(names);
});
