/**
 * node scripts/onnx-cases.mjs PYTHON [--eager] [--only part-of-a-name] [--golden]: the official node tests of ONNX (PyPI
 * `onnx`) whose tensors have element types of ours, each imported and run; PYTHON has `onnx` installed. Prints what passes,
 * what is refused and in which words, and what is wrong. With --golden: writes the small subset that the test suite runs.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { openSources } from "./sources.mjs";

const { values: flags, positionals } = parseArgs({
  options: {
    eager: { type: "boolean" },
    only: { type: "string", default: "" },
    golden: { type: "boolean" },
    cases: { type: "string" },
  },
  allowPositionals: true,
});
const [python] = positionals;
if (!python && !flags.cases) {
  console.error("Usage: node scripts/onnx-cases.mjs PYTHON [--eager] [--only name] [--golden]");
  process.exit(1);
}

// The sources as they are, without a build.
const sources = await openSources();
const { runCase, readCases, writeCases } = await sources.load(
  "/lib/src/onnx/import/cases.testing.ts",
);

function generated() {
  if (flags.cases) return readFileSync(flags.cases);
  const folder = mkdtempSync(join(tmpdir(), "onnx-cases-"));
  const file = join(folder, "cases.bin");
  const script = fileURLToPath(new URL("onnx_cases.py", import.meta.url));
  try {
    const { status } = spawnSync(python, [script, file], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (status !== 0) process.exit(1);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { total, cases } = readCases(generated());
const chosen = cases.filter(({ name }) => name.includes(flags.only));
const outcomes = chosen.map((each) => ({ each, ...runCase(each, flags.eager ?? false) }));
const of = (kind) => outcomes.filter((outcome) => outcome.kind === kind);
for (const { each, kind, why } of outcomes) {
  if (kind !== "passes") console.log(`${kind.padEnd(8)} ${each.name}: ${why}`);
}
console.log(
  `${of("passes").length} of ${chosen.length} pass, ${of("refused").length} are refused, ` +
    `${of("wrong").length} are wrong, ${of("broken").length} break (${total} official cases in all)`,
);

if (flags.golden) {
  // One or two small cases an op, those that pass.
  const taken = new Map();
  const small = of("passes")
    .map(({ each }) => each)
    .filter(({ bytes }) => bytes < 6000)
    .sort((a, b) => a.bytes - b.bytes)
    .filter(({ name, ops }) => {
      if (/_expanded/.test(name) || ops.length > 1) return false;
      const op = ops[0];
      taken.set(op, (taken.get(op) ?? 0) + 1);
      return taken.get(op) <= 2;
    });
  const file = new URL("../lib/src/onnx/import/golden/node-cases.bin.gz", import.meta.url);
  writeFileSync(file, gzipSync(writeCases(total, small), { level: 9 }));
  console.log(`${small.length} cases of ${taken.size} ops written`);
}
process.exitCode = of("wrong").length + of("broken").length > 0 ? 1 : 0;
await sources.close();
