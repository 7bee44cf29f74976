/** The workloads' networks and losses in TensorFlow.js. */

import * as tf from "@tensorflow/tfjs";

const ACTIVATIONS = { sigmoid: tf.sigmoid, tanh: tf.tanh, relu: tf.relu };

function dense(task, p, x) {
  const last = task.sizes.length - 2;
  let z = x;
  for (let layer = 0; layer <= last; layer++) {
    z = tf.add(tf.matMul(z, p[`w${layer}`]), p[`b${layer}`]);
    if (layer < last) z = ACTIVATIONS[task.hidden](z);
  }
  return z;
}

function conv(task, p, x) {
  const block = (h, kernel, bias) =>
    tf.maxPool(tf.relu(tf.add(tf.conv2d(h, kernel, 1, "valid"), bias)), 2, 2, "valid");
  const images = tf.reshape(x, [task.batch, 28, 28, 1]);
  const features = block(block(images, p.k0, p.c0), p.k1, p.c1);
  const hidden = tf.relu(tf.add(tf.matMul(tf.reshape(features, [task.batch, 640]), p.w0), p.b0));
  return tf.add(tf.matMul(hidden, p.w1), p.b1);
}

function lstm({ batch, steps, features, hidden }, p, x) {
  const sequence = tf.unstack(tf.reshape(x, [batch, steps, features]), 1);
  let h = tf.zeros([batch, hidden]);
  let c = h;
  for (const now of sequence) {
    const gates = tf.add(tf.add(tf.matMul(now, p.wx), tf.matMul(h, p.wh)), p.b);
    const [i, f, g, o] = tf.split(gates, 4, 1);
    c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
    h = tf.mul(tf.sigmoid(o), tf.tanh(c));
  }
  return tf.add(tf.matMul(h, p.w0), p.b0);
}

/** What the last layer gives, before its activation. */
export function outputOf(task, p, x) {
  return { dense, conv, lstm }[task.kind](task, p, x);
}

const LOSSES = {
  quadratic: (z, y, activate) => tf.mul(tf.sum(tf.square(tf.sub(activate(z), y))), 0.5),
  crossEntropy: (z, y) => tf.sum(tf.sub(tf.softplus(z), tf.mul(y, z))),
  softmax: (z, y) => tf.neg(tf.sum(tf.mul(y, tf.logSoftmax(z)))),
};

/** The mean over the minibatch of the workload's loss. */
export function lossOf(task, z, y) {
  return tf.div(LOSSES[task.loss](z, y, ACTIVATIONS[task.output]), task.batch);
}
