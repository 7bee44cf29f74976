"""The workloads' networks and losses as functions of TensorFlow."""

import tensorflow as tf

ACTIVATIONS = {"sigmoid": tf.sigmoid, "relu": tf.nn.relu, "tanh": tf.tanh}


def dense(p, task, x):
    last = len(task.sizes) - 2
    for i in range(last):
        x = ACTIVATIONS[task.hidden](x @ p[f"w{i}"] + p[f"b{i}"])
    return x @ p[f"w{last}"] + p[f"b{last}"]


def conv(p, task, x):
    h = tf.reshape(x, (task.batch, 28, 28, 1))
    for i in "01":
        h = tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(h, p[f"k{i}"], 1, "VALID"), p[f"c{i}"]))
        h = tf.nn.max_pool2d(h, 2, 2, "VALID")
    h = tf.nn.relu(tf.reshape(h, (task.batch, 640)) @ p["w0"] + p["b0"])
    return h @ p["w1"] + p["b1"]


def lstm(p, task, x):
    sequence = tf.unstack(tf.reshape(x, (task.batch, task.steps, task.features)), axis=1)
    h = c = tf.zeros((task.batch, task.hidden))
    for now in sequence:
        i, f, g, o = tf.split(now @ p["wx"] + h @ p["wh"] + p["b"], 4, axis=1)
        c = tf.sigmoid(f) * c + tf.sigmoid(i) * tf.tanh(g)
        h = tf.sigmoid(o) * tf.tanh(c)
    return h @ p["w0"] + p["b0"]


def quadratic(task, z, y):
    return 0.5 * tf.reduce_sum(tf.square(ACTIVATIONS[task.output](z) - y)) / task.batch


def cross_entropy(task, z, y):
    losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=z)
    return tf.reduce_sum(losses) / task.batch


def softmax(task, z, y):
    return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=z))


MODELS = {"dense": dense, "conv": conv, "lstm": lstm}
LOSSES = {"quadratic": quadratic, "crossEntropy": cross_entropy, "softmax": softmax}


def loss_of(p, task, x, y):
    return LOSSES[task.loss](task, MODELS[task.kind](p, task, x), y)
