/** jax-js: one jitted step, called one by one; its WebAssembly backend. Wants a newer Node than 20. */

import { defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { Absent, runPeer } from "./program.mjs";
import { version } from "./versions.mjs";

const ACTIVATIONS = { sigmoid: nn.sigmoid, tanh: np.tanh, relu: nn.relu };
const arrayOf = ({ data, shape }) => np.array(data).reshape(shape);

/** jax-js hands ownership over with every use: `.ref` keeps what is needed again. */
function dense(task, p, x) {
  const last = task.sizes.length - 2;
  let z = x;
  for (let layer = 0; layer <= last; layer++) {
    z = np.dot(z, p[`w${layer}`]).add(p[`b${layer}`]);
    if (layer < last) z = ACTIVATIONS[task.hidden](z);
  }
  return z;
}

function conv(task, p, x) {
  let h = x.reshape([task.batch, 1, 28, 28]);
  for (const i of [0, 1]) {
    const kernel = np.transpose(p[`k${i}`], [3, 2, 0, 1]);
    h = lax.convGeneralDilated(h, kernel, [1, 1], "VALID");
    h = nn.relu(h.add(p[`c${i}`].reshape([1, -1, 1, 1])));
    h = lax.reduceWindow(h, (window) => np.max(window), [2, 2], [2, 2]);
  }
  h = np.transpose(h, [0, 2, 3, 1]).reshape([task.batch, 640]);
  return np.dot(nn.relu(np.dot(h, p.w0).add(p.b0)), p.w1).add(p.b1);
}

const LOSSES = {
  quadratic: (task, z, y) => np.square(ACTIVATIONS[task.output](z).sub(y)).sum().mul(0.5),
  crossEntropy: (_, z, y) => nn.softplus(z.ref).sub(y.mul(z)).sum(),
  softmax: (_, z, y) => nn.logSoftmax(z).mul(y).sum().mul(-1),
};

function cost(task) {
  const models = { dense, conv };
  return (p, x, y) => LOSSES[task.loss](task, models[task.kind](task, p, x), y).mul(1 / task.batch);
}

function sgd(task, { rate, decay }) {
  const differentiate = valueAndGrad(cost(task));
  return (p, slots, x, y) => {
    const [loss, gradients] = differentiate(tree.ref(p), x, y);
    const moved = Object.entries(p).map(([name, parameter]) => {
      const kept = name.startsWith("w") ? parameter.mul(1 - rate * decay) : parameter;
      return [name, kept.sub(gradients[name].mul(rate))];
    });
    return [Object.fromEntries(moved), slots, loss];
  };
}

function adam(task, { rate, beta1, beta2, epsilon }) {
  const differentiate = valueAndGrad(cost(task));
  return (p, { t, m, v }, x, y) => {
    const [loss, gradients] = differentiate(tree.ref(p), x, y);
    const unbias = [t.ref, t.ref].map((steps, i) =>
      np.array(1).sub(np.pow([beta1, beta2][i], steps)),
    );
    const next = { p: {}, m: {}, v: {} };
    for (const [name, g] of Object.entries(gradients)) {
      const m1 = m[name].mul(beta1).add(g.ref.mul(1 - beta1));
      const v1 = v[name].mul(beta2).add(np.square(g).mul(1 - beta2));
      const size = np.sqrt(v1.ref.div(unbias[1].ref)).add(epsilon);
      next.p[name] = p[name].sub(m1.ref.div(unbias[0].ref).mul(rate).div(size));
      Object.assign(next.m, { [name]: m1 });
      Object.assign(next.v, { [name]: v1 });
    }
    tree.dispose(unbias);
    return [next.p, { t: t.add(1), m: next.m, v: next.v }, loss];
  };
}

/** Adam's slots at the start; its count is that of the step to come. */
function slotsOf(task) {
  if (task.optimizer.name !== "adam") return {};
  const zeros = () =>
    Object.fromEntries(task.parameters.map((name) => [name, np.zeros(task.shapes[name])]));
  return { t: np.array(1), m: zeros(), v: zeros() };
}

function training(task, compiling) {
  if (task.kind === "lstm")
    throw new Absent("jax-js has no scan, and its steps were not unrolled by hand");
  const { x, y } = task.arrays;
  const batches = Array.from({ length: x.shape[0] / task.batch }, (_, i) =>
    [x, y].map(({ data, shape: [, width] }) => {
      const size = task.batch * width;
      return arrayOf({ data: data.slice(i * size, (i + 1) * size), shape: [task.batch, width] });
    }),
  );
  let p = Object.fromEntries(task.parameters.map((name) => [name, arrayOf(task.arrays[name])]));
  let slots = slotsOf(task);
  let at = 0;
  compiling();
  const step = jit((task.optimizer.name === "adam" ? adam : sgd)(task, task.optimizer));
  const once = () => {
    const [images, labels] = batches[at++ % batches.length];
    const [moved, next, loss] = step(p, slots, images.ref, labels.ref);
    [p, slots] = [moved, next];
    return loss;
  };
  return {
    step: () => once().dataSync()[0],
    run: (steps) => {
      for (let i = 1; i < steps; i++) once().dispose();
      once().dataSync();
    },
  };
}

function product(task, compiling) {
  const [a, b] = [arrayOf(task.arrays.a), arrayOf(task.arrays.b)];
  compiling();
  const multiply = jit((a, b) => np.dot(a, b));
  let row = 0;
  return {
    step: () => multiply(a.ref, b.ref).dataSync()[(row++ % task.n) * (task.n + 1)],
    // A product that nobody waits for is never computed.
    run: async (steps) => {
      for (let i = 0; i < steps; i++) {
        const c = await multiply(a.ref, b.ref).blockUntilReady();
        c.dispose();
      }
    },
  };
}

await init("wasm");
defaultDevice("wasm");
await runPeer(
  "jax-js",
  { "jax-js": version("@jax-js/jax"), node: process.versions.node },
  (task, compiling) => (task.kind === "matmul" ? product : training)(task, compiling),
);
