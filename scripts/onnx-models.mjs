/**
 * node scripts/onnx-models.mjs PYTHON MODELS.json [--only name]: models of other people against ONNX Runtime, on seeded numbers. PYTHON has
 * onnxruntime; MODELS.json lists { "file": "a.onnx", "sizes": { "x": [1, 3, 96, 160], "sr": { "shape": [], "value": 16000 } } }, with
 * paths relative to it: sizes of inputs whose axes are of any length. Told is the largest error of an output, relative to its
 * largest number or to 1, and processor time of both: of the first run, which compiles, and of the second.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { fromData, NeuriteError } from "neurite";
import { importOnnx } from "neurite/onnx";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string", default: "" } },
});
const [python, list] = positionals;
if (!list) {
  console.error("Usage: node scripts/onnx-models.mjs PYTHON MODELS.json [--only name]");
  process.exit(1);
}
const script = fileURLToPath(new URL("onnx_models.py", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "onnx-models-"));

function byRuntime(path, sizes) {
  const file = join(folder, "run.bin");
  const args = [script, path, file, JSON.stringify(sizes)];
  const { status, stderr } = spawnSync(python, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  const bytes = readFileSync(file);
  const length = bytes.readUInt32LE(0);
  const body = bytes.subarray(4 + length);
  const head = JSON.parse(bytes.subarray(4, 4 + length).toString());
  const tensors = (stored) => stored.map((each) => ({ ...each, ...numbersIn(body, each) }));
  return { seconds: head.seconds, inputs: tensors(head.inputs), outputs: tensors(head.outputs) };
}

function numbersIn(body, { dtype, at: [start, length] }) {
  const { buffer } = Uint8Array.from(body.subarray(start, start + length));
  if (dtype === "int64") {
    return { dtype: "int32", data: Int32Array.from(new BigInt64Array(buffer), Number) };
  }
  const Type = { float32: Float32Array, float64: Float64Array, int32: Int32Array }[dtype];
  return { dtype, data: new (Type ?? Uint8Array)(buffer) };
}

function timed(f) {
  const start = process.cpuUsage();
  const result = f();
  const { user, system } = process.cpuUsage(start);
  return [result, `${((user + system) / 1000).toFixed(0)} ms`];
}

function farthest(expected, received) {
  if (String(expected.shape) !== String(received.shape)) return Infinity;
  let [most, largest] = [0, 1];
  expected.data.forEach((x, i) => {
    const y = received.data[i];
    if (!Object.is(x, y) && x !== y) most = Math.max(most, Math.abs(x - y) || Infinity);
    if (Number.isFinite(x)) largest = Math.max(largest, Math.abs(x));
  });
  return most / largest;
}

try {
  for (const { file, sizes = {} } of JSON.parse(readFileSync(list, "utf8"))) {
    if (!file.includes(values.only)) continue;
    const path = join(dirname(list), file);
    const expected = byRuntime(path, sizes);
    const bytes = readFileSync(path);
    try {
      const [model, reading] = timed(() => importOnnx(bytes));
      const known = new Set(model.inputs.map(({ name }) => name));
      const feeds = Object.fromEntries(
        expected.inputs
          .filter(({ name }) => known.has(name))
          .map(({ name, dtype, shape, data }) => [name, fromData(data, shape, dtype)]),
      );
      const [results, first] = timed(() => model.run(feeds));
      const [, then] = timed(() => model.run(feeds));
      const far = Math.max(...expected.outputs.map((each) => farthest(each, results[each.name])));
      const runtime = `${(1000 * expected.seconds).toFixed(0)} ms`;
      console.log(
        `${file}: ${far.toExponential(1)} away; read ${reading}, first ${first}, then ${then}, ONNX Runtime ${runtime}`,
      );
      if (!(far < 1e-3)) process.exitCode = 1;
    } catch (error) {
      if (!(error instanceof NeuriteError)) throw error;
      console.log(`${file}: refused: ${error.message}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
