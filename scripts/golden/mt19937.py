"""Prints what NumPy's legacy generator and Python's random give for some seeds, as JSON.

Run: python3 scripts/golden/mt19937.py > lib/src/books/shared/golden/mt19937.json
Needs numpy. Both streams are frozen: every version since NumPy 1.0 and Python 2.3 gives the same.
"""

import json
import random

import numpy


def numpy_stream(seed):
    numpy.random.seed(seed)
    samples = numpy.random.random_sample(1000)
    numpy.random.seed(seed)
    normals = numpy.random.randn(1001)
    after = numpy.random.random_sample()
    return {
        "seed": seed,
        "samples": {"first": samples[:5].tolist(), "last": samples[-5:].tolist()},
        "normals": {"first": normals[:5].tolist(), "last": normals[-5:].tolist()},
        "sampleAfterNormals": after,
    }


def shuffle(values):
    """What random.shuffle does in Python 2."""
    for i in reversed(range(1, len(values))):
        j = int(random.random() * (i + 1))
        values[i], values[j] = values[j], values[i]


def python_stream(seed):
    random.seed(seed)
    values = [random.random() for _ in range(1000)]
    random.seed(seed)
    ten = list(range(10))
    shuffle(ten)
    once = list(ten)
    shuffle(ten)
    many = list(range(50000))
    shuffle(many)
    return {
        "seed": seed,
        "values": {"first": values[:5], "last": values[-5:]},
        "shuffledOnce": once,
        "shuffledTwice": ten,
        "shuffledMany": {"first": many[:5], "last": many[-5:]},
    }


print(
    json.dumps(
        {
            "numpy": [numpy_stream(seed) for seed in (12345678, 0, 2**32 - 1)],
            "python": [python_stream(seed) for seed in (12345678, 0, -7, 2**32 + 5, 2**53 - 1)],
        },
        indent=2,
    )
)
