"""JAX on the CPU: jit of one step, called one by one or as lax.scan over many, whichever is faster."""

import time

import jax
import jax.numpy as jnp

from jax_models import loss_of, statistics_of
from jax_optimizers import optimizer_of
from program import Product, run_peer


class Training:
    """One jitted step, and SCANNED of them in one call."""

    SCANNED = 100

    def __init__(self, task, compiling):
        count = len(task.arrays["x"])
        x, y = jnp.asarray(task.arrays["x"]), jnp.asarray(task.arrays["y"])
        start, update = optimizer_of(task.optimizer)
        parameters = {name: jnp.asarray(task.arrays[name]) for name in task.parameters}
        self.state = (parameters, start(parameters), statistics_of(task), jnp.int32(0))
        self.notes = []
        self.scans = None

        def step(state, x, y):
            parameters, slots, statistics, at = state
            images, labels = (jax.lax.dynamic_slice_in_dim(a, at, task.batch) for a in (x, y))
            graded = jax.value_and_grad(loss_of, has_aux=True)
            (loss, statistics), gradients = graded(parameters, task, images, labels, statistics)
            parameters, slots = update(parameters, gradients, slots)
            return (parameters, slots, statistics, (at + task.batch) % count), loss

        def scan(state, x, y):
            body = lambda state, _: step(state, x, y)
            state, losses = jax.lax.scan(body, state, None, length=self.SCANNED)
            return state, losses[-1]

        compiling()
        once, many = (jax.jit(f, donate_argnums=0) for f in (step, scan))
        self.once = lambda state: once(state, x, y)
        self.many = lambda state: many(state, x, y)

    def step(self):
        self.state, loss = self.once(self.state)
        return loss

    def run(self, steps):
        if self.scans is None:
            self.choose()
        call, each = (self.many, self.SCANNED) if self.scans else (self.once, 1)
        calls = -(-steps // each)
        for _ in range(calls):
            self.state, _ = call(self.state)
        jax.block_until_ready(self.state)
        return calls * each

    def choose(self):
        """JAX's own best way on this machine: both are timed before anything is measured."""
        times = []
        for scans in (False, True):
            self.scans = scans
            self.run(self.SCANNED)
            began = time.perf_counter()
            self.run(self.SCANNED)
            times.append(time.perf_counter() - began)
        self.scans = times[1] < times[0]
        self.notes = ["lax.scan" if self.scans else "jit, step by step"]


def product(task, compiling):
    a, b = jnp.asarray(task.arrays["a"]), jnp.asarray(task.arrays["b"])
    compiling()
    return Product(jax.jit(jnp.matmul), a, b, jax.block_until_ready)


def build(task, compiling):
    return (product if task.kind == "matmul" else Training)(task, compiling)


run_peer("jax", {"jax": jax.__version__}, build)
