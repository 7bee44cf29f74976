/** TensorFlow.js on its plain JavaScript or its WebAssembly backend, by variables and optimizers. */

import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { runPeer } from "./program.mjs";
import { lossOf, outputOf } from "./tfjs-models.mjs";
import { version } from "./versions.mjs";

const [backend] = process.argv.slice(2);

async function start() {
  const wasm = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(wasm.slice(0, wasm.lastIndexOf("/") + 1));
  if (!(await tf.setBackend(backend))) throw new Error(`no backend ${backend}`);
  if (backend === "wasm") setThreadsCount(1);
}

function optimizerOf({ name, rate, beta1, beta2, epsilon }) {
  return name === "adam" ? tf.train.adam(rate, beta1, beta2, epsilon) : tf.train.sgd(rate);
}

function training(task, compiling) {
  const { x, y } = task.arrays;
  const batches = Array.from({ length: x.shape[0] / task.batch }, (_, i) =>
    [x, y].map(({ data, shape: [, width] }) => {
      const size = task.batch * width;
      return tf.tensor2d(data.slice(i * size, (i + 1) * size), [task.batch, width]);
    }),
  );
  const p = Object.fromEntries(
    task.parameters.map((name) => {
      const { data, shape } = task.arrays[name];
      return [name, tf.variable(tf.tensor(data, shape))];
    }),
  );
  const weights = Object.entries(p).flatMap(([name, w]) => (name.startsWith("w") ? [w] : []));
  const { rate, decay } = task.optimizer;
  const optimizer = optimizerOf(task.optimizer);
  let at = 0;
  compiling();
  const once = (wantsLoss) => {
    const [images, labels] = batches[at++ % batches.length];
    const before = decay > 0 ? weights.map((w) => tf.tidy(() => w.mul(rate * decay))) : [];
    const cost = () => tf.tidy(() => lossOf(task, outputOf(task, p, images), labels));
    const loss = optimizer.minimize(cost, wantsLoss);
    before.forEach((shrink, i) => {
      const next = weights[i].sub(shrink);
      weights[i].assign(next);
      tf.dispose([shrink, next]);
    });
    return loss;
  };
  return {
    step: () => {
      const loss = once(true);
      const [value] = loss.dataSync();
      loss.dispose();
      return value;
    },
    run: (steps) => {
      for (let i = 0; i < steps; i++) once(false);
      p[task.parameters[0]].dataSync();
    },
  };
}

function product(task, compiling) {
  const [a, b] = ["a", "b"].map((name) => tf.tensor2d(task.arrays[name].data, [task.n, task.n]));
  compiling();
  let row = 0;
  const once = () => {
    const c = tf.matMul(a, b);
    const values = c.dataSync();
    c.dispose();
    return values;
  };
  const run = (steps) => {
    for (let i = 1; i < steps; i++) tf.matMul(a, b).dispose();
    once();
  };
  return { step: () => once()[(row++ % task.n) * (task.n + 1)], run };
}

await start();
const versions = { tfjs: version("@tensorflow/tfjs"), node: process.versions.node };
await runPeer(`tfjs-${backend}`, versions, (task, compiling) =>
  (task.kind === "matmul" ? product : training)(task, compiling),
);
