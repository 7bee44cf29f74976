"""NumPy with the OpenBLAS that it ships: the matrix products of W7 only."""

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from program import Product, run_peer


def build(task, compiling):
    threadpool_limits(1)
    a, b = task.arrays["a"], task.arrays["b"]
    compiling()
    session = Product(np.matmul, a, b)
    session.notes = [f"{pool['internal_api']} for {pool['architecture']}" for pool in threadpool_info()]
    return session


run_peer("numpy", {"numpy": np.__version__}, build)
