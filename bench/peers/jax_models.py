"""The workloads' networks and losses as functions of JAX."""

import jax
import jax.numpy as jnp
from jax import lax

ACTIVATIONS = {"sigmoid": jax.nn.sigmoid, "relu": jax.nn.relu, "tanh": jnp.tanh}


def dense(p, task, x):
    last = len(task.sizes) - 2
    for i in range(last):
        x = ACTIVATIONS[task.hidden](x @ p[f"w{i}"] + p[f"b{i}"])
    return x @ p[f"w{last}"] + p[f"b{last}"]


def conv(p, task, x):
    h = x.reshape(-1, 28, 28, 1)
    for i in "01":
        layout = ("NHWC", "HWIO", "NHWC")
        h = lax.conv_general_dilated(h, p[f"k{i}"], (1, 1), "VALID", dimension_numbers=layout)
        h = jax.nn.relu(h + p[f"c{i}"])
        h = lax.reduce_window(h, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    h = jax.nn.relu(h.reshape(-1, 640) @ p["w0"] + p["b0"])
    return h @ p["w1"] + p["b1"]


def lstm(p, task, x):
    sequence = x.reshape(-1, task.steps, task.features).swapaxes(0, 1)
    zero = jnp.zeros((x.shape[0], task.hidden))

    def step(carry, now):
        h, c = carry
        i, f, g, o = jnp.split(now @ p["wx"] + h @ p["wh"] + p["b"], 4, axis=1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        return (jax.nn.sigmoid(o) * jnp.tanh(c), c), None

    (h, _), _ = lax.scan(step, (zero, zero), sequence)
    return h @ p["w0"] + p["b0"]


def quadratic(task, z, y):
    return 0.5 * jnp.square(ACTIVATIONS[task.output](z) - y).sum() / len(y)


def cross_entropy(_, z, y):
    return (jax.nn.softplus(z) - y * z).sum() / len(y)


def softmax(_, z, y):
    return -(y * jax.nn.log_softmax(z)).sum() / len(y)


MODELS = {"dense": dense, "conv": conv, "lstm": lstm}
LOSSES = {"quadratic": quadratic, "crossEntropy": cross_entropy, "softmax": softmax}


def loss_of(p, task, x, y):
    return LOSSES[task.loss](task, MODELS[task.kind](p, task, x), y)
