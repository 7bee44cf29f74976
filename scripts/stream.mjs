// Trains from a file larger than memory allows: 4 GB of examples, read a batch at a time. Says how much memory
// the process took at most, and fails above 500 MB.
//
// Run: npm run build && node scripts/stream.mjs [gigabytes] [directory]
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dense, inputLayer } from "neurite/nn";
import { sequential } from "neurite/train";

const GIGABYTES = Number(process.argv[2] ?? 4);
const FEATURES = 1023;
const ROW = FEATURES + 1; // the last number is the target
const ROWS = 1024; // of a batch: 4 MiB
const BATCHES = Math.round((GIGABYTES * 2 ** 30) / (4 * ROW * ROWS));
const LIMIT_MB = 500;

const path = join(process.argv[3] ?? tmpdir(), `neurite-stream-${process.pid}.bin`);

/** Targets are a linear function of the features, so that there is something to learn. */
function writeExamples() {
  const file = openSync(path, "w");
  const numbers = new Float32Array(ROWS * ROW);
  let state = 1;
  for (let batch = 0; batch < BATCHES; batch++) {
    for (let row = 0; row < ROWS; row++) {
      let target = 0;
      for (let i = 0; i < FEATURES; i++) {
        state = (Math.imul(state, 1664525) + 1013904223) | 0;
        const value = state / 2 ** 31;
        numbers[row * ROW + i] = value;
        target += i % 2 === 0 ? value : -value;
      }
      numbers[row * ROW + FEATURES] = target / 32;
    }
    writeSync(file, new Uint8Array(numbers.buffer));
  }
  closeSync(file);
}

async function* batches() {
  const file = await open(path);
  try {
    for (let batch = 0; batch < BATCHES; batch++) {
      const numbers = new Float32Array(ROWS * ROW);
      await file.read(
        new Uint8Array(numbers.buffer),
        0,
        numbers.byteLength,
        batch * numbers.byteLength,
      );
      const x = new Float32Array(ROWS * FEATURES);
      const y = new Float32Array(ROWS);
      for (let row = 0; row < ROWS; row++) {
        x.set(numbers.subarray(row * ROW, row * ROW + FEATURES), row * FEATURES);
        y[row] = numbers[row * ROW + FEATURES];
      }
      yield [{ dtype: "float32", shape: [ROWS, FEATURES], data: x }, y];
    }
  } finally {
    await file.close();
  }
}

try {
  writeExamples();
  const model = sequential([inputLayer([FEATURES]), dense(1)]).compile({
    loss: "mse",
    optimizer: { name: "sgd", learningRate: 0.5 },
    metrics: ["mae"],
  });
  const { epochs } = await model.fit(batches, { prefetch: 2 });
  const most = process.resourceUsage().maxRSS / 1024;
  const bytes = BATCHES * ROWS * ROW * 4;
  console.log(
    `${(bytes / 2 ** 30).toFixed(2)} GiB in ${BATCHES} batches: loss ${epochs[0].loss.toFixed(6)}, ` +
      `${epochs[0].seconds.toFixed(1)} s, at most ${most.toFixed(0)} MB of memory`,
  );
  if (most > LIMIT_MB) throw new Error(`expected at most ${LIMIT_MB} MB`);
} finally {
  rmSync(path, { force: true });
}
