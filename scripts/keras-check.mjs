/**
 * node scripts/keras-check.mjs PYTHON [PART …], of an environment with keras, jax, h5py and numpy: writes a set of
 * models as .keras and .h5, has Keras load each file, and compares what it predicts with what Neurite predicts.
 * PART chooses models by a part of their names.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSources, root } from "./sources.mjs";

const [python = "python3", ...parts] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "neurite-keras-check-"));
const sources = await openSources();
try {
  const { kerasCases } = await sources.load("/lib/src/keras/models.testing.ts");
  const lines = [];
  for await (const { name, files, inputs, outputs } of kerasCases(isChosen)) {
    for (const [ending, bytes] of Object.entries(files)) {
      const file = join(folder, `${lines.length}.${ending}`);
      writeFileSync(file, bytes);
      lines.push(
        JSON.stringify({ name, file, inputs: inputs.map(written), outputs: written(outputs) }),
      );
    }
  }
  const list = join(folder, "cases.jsonl");
  writeFileSync(list, lines.join("\n"));
  execFileSync(python, [join(root, "scripts/keras_check.py"), list], { stdio: "inherit" });
} catch (error) {
  if (error.status === undefined) throw error;
  process.exitCode = error.status;
} finally {
  await sources.close();
  rmSync(folder, { recursive: true, force: true });
}

function isChosen(name) {
  return parts.length === 0 || parts.some((part) => name.includes(part));
}

function written({ dtype, shape, data }) {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return { dtype, shape, data: bytes.toString("base64") };
}
