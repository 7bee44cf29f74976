/**
 * npm run bench:onnx -- [part of a name …] [--rounds 9] [--node 24] [--no-wide] [--before folder] [--python program]
 *
 * Times imported ONNX models beside ONNX Runtime: one process, one thread each, in turn. What counts is processor
 * time, since other programs lengthen the rest; and ratios of neighbouring blocks, of which the table has medians.
 */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { CASES, packagesOf } from "./onnx/cases.mjs";
import { nodeCommand, v8Flags } from "./src/node.mjs";
import { countOf } from "./src/options.mjs";
import { processor } from "./src/processor.mjs";
import { median } from "./src/stats.mjs";

const OPTIONS = {
  rounds: { type: "string", default: "9" },
  node: { type: "string" },
  wide: { type: "boolean", default: true },
  before: { type: "string" },
  python: { type: "string", default: fileURLToPath(new URL(".venv/bin/python", import.meta.url)) },
};
/** Milliseconds of a block. */
const BLOCK = 60;
/** Set in the process that measures: it has V8's flags. */
const MEASURING = "NEURITE_BENCH_ONNX";

function spent() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds of processor time that a step takes, over a block of them. */
async function blockOf(step) {
  const start = spent();
  let steps = 0;
  do {
    await step();
    steps += 1;
  } while (spent() - start < BLOCK);
  return (spent() - start) / steps;
}

const typed = (element, data) =>
  element === "float32" ? Float32Array.from(data) : Int32Array.from(data);

async function onnxRuntime(bytes, inputs) {
  const ort = await import("onnxruntime-node");
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1 };
  const session = await ort.InferenceSession.create(bytes, options);
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, { element, shape, data }]) => {
      const numbers = element === "int64" ? BigInt64Array.from(data, BigInt) : typed(element, data);
      return [name, new ort.Tensor(element, numbers, shape)];
    }),
  );
  return () => session.run(feeds);
}

/** The model by the library of a checkout, and what its import and its first run took. */
async function neurite(checkout, bytes, inputs) {
  const from = (path) => import(pathToFileURL(join(checkout, "lib/dist", path)).href);
  const { createWasmEngine, fromData, setEngine } = await from("index.js");
  const { importOnnx } = await from("onnx/index.js");
  setEngine(createWasmEngine({ threads: 1 }));
  const started = spent();
  const model = importOnnx(bytes);
  const imported = spent() - started;
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, { element, shape, data }]) => [
      name,
      fromData(typed(element, data), shape),
    ]),
  );
  const step = () => {
    const results = model.run(feeds);
    return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, { data }]));
  };
  step();
  return { step, imported, first: spent() - started - imported };
}

/** The largest difference, relative to the largest number of the output. */
function differenceOf(received, expected) {
  let worst = 0;
  for (const [name, { data }] of Object.entries(expected)) {
    const numbers = Array.from(data, Number);
    const largest = numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-30);
    numbers.forEach((x, i) => {
      worst = Math.max(worst, Math.abs(x - received[name].data[i]) / largest);
    });
  }
  return worst;
}

async function measure({ name, model, inputs }, { rounds, python, before }) {
  const bytes = model(packagesOf(python));
  const theirs = await onnxRuntime(bytes, inputs);
  const checkouts = [fileURLToPath(new URL("..", import.meta.url)), ...(before ? [before] : [])];
  const ours = [];
  for (const checkout of checkouts) ours.push(await neurite(checkout, bytes, inputs));
  const difference = differenceOf(ours[0].step(), await theirs());
  const steps = [theirs, ...ours.map(({ step }) => step)];
  const times = steps.map(() => []);
  for (const step of steps) await blockOf(step);
  for (let round = 0; round < rounds; round++) {
    for (const [i, step] of steps.entries()) times[i].push(await blockOf(step));
  }
  const ratio = (a, b) => median(times[a].map((time, i) => time / times[b][i])).toFixed(2);
  const ms = (i) => median(times[i]).toPrecision(3);
  const [{ imported, first }] = ours;
  return [
    ...[name, ms(0), ms(1), ratio(0, 1)],
    ...(before ? [ratio(0, 2), ratio(2, 1)] : []),
    ...[imported.toFixed(0), first.toFixed(0), difference.toExponential(0)],
  ];
}

function table(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const line = (row) =>
    row.map((text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i]))).join("  ");
  return rows.map(line).join("\n");
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: OPTIONS,
  });
  const rounds = countOf("rounds", values.rounds);
  if (values.before && !existsSync(join(values.before, "lib/dist/index.js"))) {
    throw new Error(`no checkout of Neurite that is built in ${values.before}`);
  }
  if (!process.env[MEASURING]) {
    const command = nodeCommand(values.node);
    const flags = v8Flags(command, values.wide);
    const args = [...flags, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
    const env = { ...process.env, [MEASURING]: "1" };
    process.exitCode = spawnSync(command, args, { stdio: "inherit", env }).status ?? 1;
    return;
  }
  const wanted = CASES.filter(
    ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
  );
  if (wanted.length === 0) throw new Error(`no model has ${positionals.join(", ")} in its name`);
  const { name, vectors } = processor();
  console.log(
    `${name}, ${vectors}; Node ${process.versions.node}; one thread; load ${loadavg()[0]}`,
  );
  const before = values.before ? ["before", "gain"] : [];
  const rows = [
    [
      "model",
      "ONNX Runtime ms",
      "Neurite ms",
      "times as fast",
      ...before,
      "import",
      "first",
      "error",
    ],
  ];
  for (const one of wanted) {
    rows.push(await measure(one, { ...values, rounds }));
    process.stderr.write(`${rows.at(-1).join("  ")}\n`);
  }
  console.log(table(rows));
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
