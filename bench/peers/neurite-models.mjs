/** The networks and losses of the workloads, in plain functions of Neurite. */

import * as nn from "../../lib/dist/index.js";

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

/** What the last layer gives, before its activation. */
export function outputOf(task, p, x) {
  return { dense, conv, lstm }[task.kind](task, p, x);
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
