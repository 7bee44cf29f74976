/** Runs every example and compares what it prints with examples/output/<name>.txt. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "node:util";
import { createWasmEngine, engine, setEngine } from "neurite";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";

const folder = new URL("../examples/", import.meta.url);

/** Names of the files in a folder of examples, without their ending. */
function namesIn(subfolder: string, ending: string): string[] {
  return readdirSync(fileURLToPath(new URL(`${subfolder}/`, folder)))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();
}

/** Runs an example from its source and gives what it printed. */
async function printed(name: string): Promise<string> {
  const lines: string[] = [];
  vi.spyOn(console, "log").mockImplementation((...args) => {
    lines.push(format(...args));
  });
  await import(new URL(`src/${name}.ts`, folder).href);
  return `${lines.join("\n")}\n`;
}

// What an example prints must not depend on whether this machine has fused multiply-adds.
const before = engine();

beforeAll(() => setEngine(createWasmEngine({ deterministic: true, threads: 1 })));

afterAll(() => setEngine(before));

afterEach(() => {
  vi.restoreAllMocks();
});

describe("examples", () => {
  const names = namesIn("src", ".ts");

  it("each have an expected output", () => {
    expect(namesIn("output", ".txt")).toEqual(names);
  });

  // After a change that is meant: npx vitest run test/examples.test.ts -u
  it.each(names)("%s prints what it should", async (name) => {
    const output = fileURLToPath(new URL(`output/${name}.txt`, folder));
    const text = await printed(name);
    await expect(text).toMatchFileSnapshot(output);
    expect(text).not.toMatch(/ {2}OFF$/m);
  });
});
