"""The workloads' networks and losses as functions of JAX."""

import jax
import jax.numpy as jnp
import numpy as np
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


def norm(p, name, x, axes, epsilon):
    mean = x.mean(axes, keepdims=True)
    variance = jnp.square(x - mean).mean(axes, keepdims=True)
    y = (x - mean) / jnp.sqrt(variance + epsilon) * p[f"{name}s"] + p[f"{name}o"]
    return y, mean.reshape(-1), variance.reshape(-1)


def transformer(p, task, x):
    steps, width = task.example
    x = x.reshape(-1, steps, width)
    normal = norm(p, "n1", x, -1, task.epsilon)[0]
    heads = (x.shape[0], steps, task.heads, width // task.heads)
    q, k, v = ((normal @ p[f"w{i}"] + p[f"b{i}"]).reshape(heads) for i in "qkv")
    h = x + jax.nn.dot_product_attention(q, k, v).reshape(x.shape) @ p["wo"] + p["bo"]
    inner = norm(p, "n2", h, -1, task.epsilon)[0] @ p["w0"] + p["b0"]
    h = h + jax.nn.gelu(inner, approximate=False) @ p["w1"] + p["b1"]
    return h.mean(1) @ p["w2"] + p["b2"]


def residual(p, task, x, statistics):
    following = []

    def conv(h, i):
        layout = ("NHWC", "HWIO", "NHWC")
        z = lax.conv_general_dilated(h, p[f"k{i}"], (1, 1), "SAME", dimension_numbers=layout)
        y, *now = norm(p, f"n{i}", z, (0, 1, 2), task.epsilon)
        kept = task.momentum
        moved = [kept * old + (1 - kept) * new for old, new in zip(statistics[i], now)]
        following.append(lax.stop_gradient(moved))
        return y

    first = jax.nn.relu(conv(x.reshape(-1, 28, 28, 1), 0))
    second = jax.nn.relu(conv(jax.nn.relu(conv(first, 1)), 2) + first)
    pooled = lax.reduce_window(second, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    third = jax.nn.relu(conv(jax.nn.relu(conv(pooled, 3)), 4) + conv(pooled, 5))
    return third.mean((1, 2)) @ p["w0"] + p["b0"], following


def graph(p, task, x):
    nodes = len(x)
    edges = np.concatenate([task.arrays["edges"], [np.arange(nodes)] * 2], 1).astype(np.int32)
    edges = edges[:, np.argsort(edges[1], kind="stable")]
    start, stop = edges
    root = np.bincount(stop, minlength=nodes) ** -0.5
    values = (root[start] * root[stop]).astype(np.float32)[:, None]

    def spread(h):
        options = dict(num_segments=nodes, indices_are_sorted=True)
        return jax.ops.segment_sum(h[start] * values, stop, **options)

    h = jax.nn.relu(spread(x @ p["w0"]) + p["b0"])
    return spread(h @ p["w1"]) + p["b1"]


def statistics_of(task):
    """What a network keeps beside its parameters, at the start."""
    if task.kind != "residual":
        return []
    sizes = [len(task.arrays[f"n{i}s"]) for i in range(6)]
    return [[jnp.zeros(size), jnp.ones(size)] for size in sizes]


def quadratic(task, z, y):
    return 0.5 * jnp.square(ACTIVATIONS[task.output](z) - y).sum() / len(y)


def cross_entropy(_, z, y):
    return (jax.nn.softplus(z) - y * z).sum() / len(y)


def softmax(_, z, y):
    return -(y * jax.nn.log_softmax(z)).sum() / len(y)


MODELS = {
    "dense": dense,
    "conv": conv,
    "lstm": lstm,
    "transformer": transformer,
    "residual": residual,
    "graph": graph,
}
LOSSES = {"quadratic": quadratic, "crossEntropy": cross_entropy, "softmax": softmax}


def loss_of(p, task, x, y, statistics):
    """The loss, and the statistics of the next step."""
    if task.kind == "residual":
        z, statistics = MODELS[task.kind](p, task, x, statistics)
    else:
        z = MODELS[task.kind](p, task, x)
    return LOSSES[task.loss](task, z, y), statistics
