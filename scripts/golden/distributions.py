"""Distribution functions at some points, as lib/src/tensor/distributions/ holds its draws to them. Needs scipy.

    python3 scripts/golden/distributions.py > lib/src/tensor/golden/scipy.json
"""

import json

import numpy as np
from scipy import stats

SHARES = [0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999]


def row(law, *parameters, discrete=False):
    points = law.ppf(SHARES)
    points = np.unique(points) if discrete else points
    return {"parameters": parameters, "points": [[float(x), float(law.cdf(x))] for x in points]}


print(json.dumps({
    "exponential": [row(stats.expon(scale=1 / r), r) for r in [0.5, 1, 7]],
    "gumbel": [row(stats.gumbel_r())],
    "gamma": [row(stats.gamma(a), a) for a in [0.05, 0.5, 1, 2.5, 30, 1000]],
    "beta": [row(stats.beta(a, b), a, b) for a, b in [(0.1, 0.2), (0.5, 0.5), (2, 3), (50, 1)]],
    "poisson": [row(stats.poisson(r), r, discrete=True) for r in [0.1, 1, 4.5, 30, 1e4, 1e8]],
}))
