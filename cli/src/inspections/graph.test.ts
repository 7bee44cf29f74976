import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-graph-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("draws a model's computation graph, and lists its operations", async () => {
  const run = join(folder, "moons");
  await neurite("train", "moons", "--hidden", "4", "--epochs", "1", "--out", run, "-q");
  const { code, stdout } = await neurite("inspect", run, "graph");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^tanh +dense1 +float32\[1, 4\]$/m);
  expect(stdout).toContain("8 operations");
  const page = readFileSync(join(run, "inspect.html"), "utf8");
  for (const word of ["dense1/w", "matmul", "[2, 4]", "sigmoid", "output"]) {
    expect(page).toContain(`>${word}</text>`);
  }
  const { graph } = JSON.parse((await neurite("inspect", run, "graph", "--json")).stdout);
  const layers = graph.operations.map(({ layer }: { layer: string }) => layer);
  expect(layers).toEqual([...Array(4).fill("dense1"), ...Array(4).fill("dense2")]);
});
