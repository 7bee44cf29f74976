/** The pages under docs/ whose programs are run: what a page prints is what its programs print. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "node:util";
import { createWasmEngine, engine, setEngine } from "neurite";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, ".pages");
const before = engine();

beforeAll(() => {
  setEngine(createWasmEngine({ deterministic: true }));
  mkdirSync(folder, { recursive: true });
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => {
  setEngine(before);
  rmSync(folder, { recursive: true, force: true });
});

interface Block {
  readonly language: string;
  readonly text: string;
}

function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, language, text]) => ({
    language: language!,
    text: text!,
  }));
}

const MARK = "--- next block ---";

/** Runs the programs of a page as one, and gives what each of them printed. */
async function printed(name: string, programs: readonly string[]): Promise<string[]> {
  const file = join(folder, `${name}.ts`);
  writeFileSync(file, programs.join(`console.log(${JSON.stringify(MARK)});\n`));
  const lines: string[] = [];
  vi.spyOn(console, "log").mockImplementation((...args) => {
    lines.push(format(...args));
  });
  await import(file);
  return lines
    .join("\n")
    .split(MARK)
    .map((text) => text.trim());
}

// After a change that is meant: UPDATE_PAGES=1 npx vitest run test/pages.test.ts
it.each(["how-a-step-runs"])("docs/%s.md prints what it says", async (name) => {
  const path = join(root, "docs", `${name}.md`);
  const page = readFileSync(path, "utf8");
  const blocks = blocksOf(page);
  const outputs = await printed(
    name,
    blocks.filter(({ language }) => language === "ts").map(({ text }) => text),
  );
  const expected = blocks
    .filter(({ language }) => language === "text")
    .map(({ text }) => text.trim());
  if (process.env["UPDATE_PAGES"]) {
    let at = 0;
    const updated = page.replace(
      /^```text\n(.*?)^```/gms,
      () => `\`\`\`text\n${outputs[at++]}\n\`\`\``,
    );
    writeFileSync(path, updated);
    return;
  }
  expect(outputs).toEqual(expected);
});
