/** The networks and losses of the workloads, in plain functions of Neurite. */

import * as nn from "../../lib/dist/index.js";
import { batchNormalization, gcn, transformerBlock } from "../../lib/dist/nn/index.js";

const ACTIVATIONS = { sigmoid: nn.sigmoid, tanh: nn.tanh, relu: nn.relu };

function dense(task, p, x) {
  const last = task.sizes.length - 2;
  let z = x;
  for (let layer = 0; layer <= last; layer++) {
    z = z.matmul(p[`w${layer}`]).add(p[`b${layer}`]);
    if (layer < last) z = ACTIVATIONS[task.hidden](z);
  }
  return z;
}

function conv(task, p, x) {
  const images = x.reshape([task.batch, 28, 28, 1]);
  const block = (h, kernel, bias) => nn.maxPool(nn.relu(nn.convolve2d(h, kernel).add(bias)), 2);
  const features = block(block(images, p.k0, p.c0), p.k1, p.c1).reshape([task.batch, 640]);
  return nn.relu(features.matmul(p.w0).add(p.b0)).matmul(p.w1).add(p.b1);
}

function lstm({ batch, steps, features, hidden }, p, x) {
  const sequence = nn.transpose(x.reshape([batch, steps, features]), [1, 0, 2]);
  const zero = nn.zeros([batch, hidden]);
  const [{ h }] = nn.scan(
    ({ h, c }, now) => {
      const gates = now.matmul(p.wx).add(h.matmul(p.wh)).add(p.b);
      const [i, f, g, o] = nn.split(gates, 4, 1);
      const cell = f.sigmoid().mul(c).add(i.sigmoid().mul(g.tanh()));
      return [{ h: o.sigmoid().mul(cell.tanh()), c: cell }, null];
    },
    { h: zero, c: zero },
    sequence,
  );
  return h.matmul(p.w0).add(p.b0);
}

const context = () => ({ training: true, key: nn.random.key(0) });
const NO_STATE = {};

function transformer(task, p, x) {
  const { batch, example, heads, hidden, epsilon } = task;
  const block = transformerBlock(heads, { hidden, epsilon });
  const dense = (name) => ({ w: p[`w${name}`], b: p[`b${name}`] });
  const norm = (name) => ({ scale: p[`${name}s`], offset: p[`${name}o`] });
  const attention = { query: dense("q"), key: dense("k"), value: dense("v"), output: dense("o") };
  const params = {
    norm1: norm("n1"),
    attention,
    norm2: norm("n2"),
    hidden: dense(0),
    output: dense(1),
  };
  const tokens = x.reshape([batch, ...example]);
  const { y } = block.apply({ params, state: NO_STATE }, tokens, context());
  return y.mean(1).matmul(p.w2).add(p.b2);
}

/** Running statistics, by the place of their layer, are read from and written to `statistics`. */
function residual({ batch, epsilon, momentum }, p, x, statistics) {
  const norm = batchNormalization({ epsilon, momentum });
  const conv = (h, i) => {
    const params = { scale: p[`n${i}s`], offset: p[`n${i}o`] };
    const z = nn.convolve2d(h, p[`k${i}`], { padding: "same" });
    const { y, state } = norm.apply({ params, state: statistics[i] }, z, context());
    statistics[i] = state;
    return y;
  };
  const first = nn.relu(conv(x.reshape([batch, 28, 28, 1]), 0));
  const second = nn.relu(conv(nn.relu(conv(first, 1)), 2).add(first));
  const pooled = nn.maxPool(second, 2);
  const third = nn.relu(conv(nn.relu(conv(pooled, 3)), 4).add(conv(pooled, 5)));
  return third.mean([1, 2]).matmul(p.w0).add(p.b0);
}

function graph({ hidden }, p, x, { edges }) {
  const also = [edges.reshape([1, ...edges.shape])];
  const layer = (units, i, h) => {
    const params = { w: p[`w${i}`], b: p[`b${i}`] };
    return gcn(units).apply({ params, state: NO_STATE }, h, { ...context(), also }).y;
  };
  const nodes = x.reshape([1, ...x.shape]);
  return layer(10, 1, nn.relu(layer(hidden, 0, nodes))).reshape([x.shape[0], 10]);
}

/** What a network reads beside parameters and examples: its graph, or running statistics. */
export function besides(task) {
  if (task.kind === "graph")
    return { edges: nn.fromData(Int32Array.from(task.arrays.edges.data), task.shapes.edges) };
  if (task.kind !== "residual") return {};
  const features = task.parameters.flatMap((name) => (name.endsWith("s") ? task.shapes[name] : []));
  return features.map((n) => ({ mean: nn.zeros([n]), variance: nn.ones([n]) }));
}

/** What the last layer gives, before its activation; `beside` takes new statistics. */
export function outputOf(task, p, x, beside) {
  const networks = { dense, conv, lstm, transformer, residual, graph };
  return networks[task.kind](task, p, x, beside);
}

/** The mean over the minibatch of the workload's loss. */
export function lossOf(task, z, y) {
  return LOSSES[task.loss](z, y, ACTIVATIONS[task.output]).mean();
}

const LOSSES = {
  quadratic: (z, y, activate) => activate(z).sub(y).square().sum(1).mul(0.5),
  softmax: (z, y) => nn.logSoftmax(z).mul(y).sum(1).neg(),
  // log(1 + e^z) - y z, written so that e^|z| cannot overflow
  crossEntropy: (z, y) =>
    nn
      .relu(z)
      .sub(z.mul(y))
      .add(nn.log1p(nn.exp(nn.abs(z).neg())))
      .sum(1),
};
