/** Whoever learns by trying writes scripts into the clone: they are not the project's to check. */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const [file, folder] = [`own-script-${process.pid}.mjs`, `own-scripts-${process.pid}`];

afterAll(() => {
  for (const path of [file, folder]) rmSync(join(root, path), { recursive: true, force: true });
});

test("a script of one's own is not held to the project's style", () => {
  const careless = "var a = 'x'\nimport 'neurite'; export default a\n";
  writeFileSync(join(root, file), careless);
  mkdirSync(join(root, folder));
  writeFileSync(join(root, folder, "more.ts"), careless);
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "check", "--error-on-warnings", file, folder];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  expect(stdout + stderr).toMatch(/No files were processed|Checked 0 files/);
});
