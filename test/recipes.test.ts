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
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "neurite-recipes-"));
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

beforeAll(() => {
  const list = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const paths = execFileSync("git", list, { cwd: root, encoding: "utf8" }).trim().split("\n");
  for (const path of paths.filter((path) => existsSync(join(root, path)))) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    copyFileSync(join(root, path), join(copy, path));
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "dir");
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

const VITEST = ["node_modules/vitest/vitest.mjs", "run", "--maxWorkers=1"] as const;

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
  run("node_modules/typescript/bin/tsc", "-p", "tsconfig.json");
});

it("keeps the lists of public names by the commands that it names", { timeout: 300_000 }, () => {
  run(...VITEST, "test/public-surface.test.ts", "-u");
  run("scripts/reference.mjs");
  expect(readFileSync(join(copy, "test/public-surface.txt"), "utf8")).toContain("const cbrt\n");
});

it("passes the tests of the op, the layer and the command", { timeout: 300_000 }, () => {
  const near = ["lib/src/nn/layers/core/core.test.ts", "cli/src/commands/losses.test.ts"];
  const op = ["lib/src/ops/generated.test.ts", "lib/src/engines/wasm/index.test.ts"];
  const across = [
    "test/reference.test.ts",
    "test/readme.test.ts",
    "test/imports.test.ts",
    "test/guide.test.ts",
  ];
  // Of random programs the test that wants each op in them: the one at its line.
  const random = "lib/src/transforms/random-graphs.test.ts";
  const lines = readFileSync(join(copy, random), "utf8").split("\n");
  const at = lines.findIndex((line) => line.startsWith('test("the programs are many-sided"'));
  run(...VITEST, ...near, ...op, ...across, `${random}:${at + 1}`);
});
