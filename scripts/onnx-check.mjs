/**
 * node scripts/onnx-check.mjs PYTHON [PART …], of an environment with onnx, onnxruntime and numpy: exports every
 * op on its samples in every element type, and a set of models, has the official checker look at each file and
 * ONNX Runtime run it, and compares with what Neurite computes. PART chooses cases by a part of their names.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSources, root } from "./sources.mjs";

const [python = "python3", ...parts] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "neurite-onnx-check-"));
const sources = await openSources();
try {
  const { onnxCases } = await sources.load("/lib/src/onnx/export/cases.testing.ts");
  const lines = [];
  let refused = 0;
  for await (const made of onnxCases((name) => isChosen(name))) {
    if (made.refusal) {
      refused += 1;
      console.log(`refused: ${made.name}: ${made.refusal}`);
      continue;
    }
    const file = join(folder, `${lines.length}.onnx`);
    writeFileSync(file, made.bytes);
    const { name, bound } = made;
    const [inputs, outputs] = [made.inputs, made.outputs].map((list) => list.map(written));
    lines.push(JSON.stringify({ name, file, bound, inputs, outputs }));
  }
  const list = join(folder, "cases.jsonl");
  writeFileSync(list, lines.join("\n"));
  console.log(`${lines.length} files, ${refused} refused`);
  execFileSync(python, [join(root, "scripts/onnx_check.py"), list], { stdio: "inherit" });
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

function written({ name, dtype, shape, data }) {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return { name, dtype, shape, data: bytes.toString("base64") };
}
