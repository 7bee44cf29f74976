"""Prints, as a JSON string, a small network as network2.py saves it: its fields through json.dump.

Run: python3 scripts/golden/network2_json.py > lib/src/books/nielsen/network2/golden/network2.json
Needs numpy.
"""

import json

import numpy

sizes = [3, 2, 2]
weights = [
    numpy.array([[1, 1 / 3, 1e22], [-0.0, 5e-324, -2]]),
    numpy.array([[0.25, -0.5], [1e-7, 123456.789]]),
]
biases = [numpy.array([[0.1], [-1e-05]]), numpy.array([[3.0], [0.0]])]
data = {
    "sizes": sizes,
    "weights": [w.tolist() for w in weights],
    "biases": [b.tolist() for b in biases],
    "cost": "QuadraticCost",
}
print(json.dumps({"saved": json.dumps(data)}, indent=2))
