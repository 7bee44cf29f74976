"""Prints what graph layers give by dense matrices, as JSON: outputs and gradients.

Run: python3 scripts/golden/graph_layers.py > lib/src/nn/layers/golden/graph.json && npm run format
Needs jax. All is in double precision, and each formula is written as its paper has it, over a full
adjacency matrix (a[i, j]: from j to i): Kipf and Welling 2017 (equation 2), Hamilton et al. 2017 (algorithm 1),
Velickovic et al. 2018 (equations 3 to 6). Inputs, parameters and the gradient that comes in are formulas (see `sample`).
"""

import json
import math

import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as np

BATCH = 2


def sample(shape, seed):
    """Distinct numbers within 1, none zero, without symmetry."""
    places = range(math.prod(shape))
    flat = [math.floor(1000 * math.sin(12.9898 * place + seed)) / 1024 + 0.0005 for place in places]
    return np.array(flat).reshape(shape)


def numbers(array):
    return [float(f"{x:.12g}") for x in np.asarray(array).ravel()]


def adjacency(edges, weights, nodes):
    a = np.zeros((nodes, nodes))
    for k, (start, stop) in enumerate(zip(*edges)):
        if start >= 0:
            a = a.at[stop, start].add(1.0 if weights is None else weights[k])
    return a


def gcn(x, p, a, selfLoops=True, **_):
    a = a + np.eye(len(a)) if selfLoops else a
    degree = a.sum(1)
    root = np.where(degree > 0, 1 / np.sqrt(np.where(degree > 0, degree, 1)), 0)
    return root[:, None] * a * root[None, :] @ (x @ p["w"]) + p["b"]


def sage(x, p, a, aggregate="mean", normalize=False, **_):
    if aggregate == "max":
        messages = np.where(a[:, :, None] != 0, a[:, :, None] * x[None], -np.inf)
        some = (a != 0).any(1)[:, None]
        common = np.where(some, np.where(some[:, None], messages, 0).max(1), 0)
    else:
        total = a.sum(1, keepdims=True)
        common = a @ x
        if aggregate == "mean":
            common = np.where(total > 0, common / np.where(total > 0, total, 1), 0)
    y = np.concatenate([x, common], 1) @ p["w"] + p["b"]
    return y / np.sqrt((y * y).sum(1, keepdims=True)) if normalize else y


def gat(x, p, a, units, heads=1, join="concat", **_):
    h = (x @ p["w"]).reshape(len(x), heads, units)
    scores = (h * p["target"]).sum(-1)[:, None] + (h * p["source"]).sum(-1)[None]  # [to, from, heads]
    scores = np.where(scores > 0, scores, 0.2 * scores)
    seen = (a + np.eye(len(a)))[:, :, None] > 0
    shares = jax.nn.softmax(np.where(seen, scores, -np.inf), axis=1)
    y = np.einsum("ijh,jhu->ihu", shares, h)
    return (y.reshape(len(x), -1) if join == "concat" else y.mean(1)) + p["b"]


LAYERS = {"gcn": gcn, "graphSage": sage, "gat": gat}

# Two graphs of five nodes: one that is connected, one with a node without neighbours and with padding.
EDGES = [
    [[0, 1, 1, 2, 2, 3, 3, 4, 0, 4], [1, 0, 2, 1, 3, 2, 4, 3, 4, 0]],
    [[0, 1, 0, 2, 2, 4, 1, -1, -1, -1], [1, 0, 2, 0, 4, 2, 4, -1, -1, -1]],
]
WEIGHTS = [[0.5, 0.25, 1, 2, 0.75, 1.5, 1, 1, 0.3, 0.6], [1, 2, 0.5, 0.7, 0.2, 0.9, 1.1, 9, 9, 9]]
NODES, FEATURES = 5, 3

# [specification of the layer, whether edges have weights]
CASES = [
    [{"kind": "gcn", "units": 2}, False],
    [{"kind": "gcn", "units": 4}, True],
    [{"kind": "gcn", "units": 2, "selfLoops": False}, True],
    [{"kind": "graphSage", "units": 2}, False],
    [{"kind": "graphSage", "units": 2}, True],
    [{"kind": "graphSage", "units": 3, "aggregate": "sum"}, True],
    [{"kind": "graphSage", "units": 2, "aggregate": "max"}, False],
    [{"kind": "graphSage", "units": 2, "aggregate": "max", "normalize": True}, True],
    [{"kind": "gat", "units": 2}, False],
    [{"kind": "gat", "units": 2, "heads": 3}, False],
    [{"kind": "gat", "units": 2, "heads": 2, "join": "mean"}, False],
]


def run(spec, weighted):
    options = {name: value for name, value in spec.items() if name != "kind"}
    units, heads = spec["units"], spec.get("heads", 1)
    shapes = {"w": [FEATURES, units], "b": [units]}
    if spec["kind"] == "graphSage":
        shapes["w"] = [2 * FEATURES, units]
    if spec["kind"] == "gat":
        outputs = units if spec.get("join") == "mean" else heads * units
        shapes = {"w": [FEATURES, heads * units], "b": [outputs]}
        shapes |= {"source": [heads, units], "target": [heads, units]}
    seeds = {name: 2 + i for i, name in enumerate(shapes)}
    params = {name: sample(shape, seeds[name]) for name, shape in shapes.items()}
    x = sample([BATCH, NODES, FEATURES], 1)
    a = [adjacency(e, w if weighted else None, NODES) for e, w in zip(EDGES, WEIGHTS)]

    def loss(params, x):
        y = np.stack([LAYERS[spec["kind"]](x[i], params, a[i], **options) for i in range(BATCH)])
        return (y * sample(y.shape, 9)).sum(), y

    (gradients, dx), y = jax.grad(loss, argnums=(0, 1), has_aux=True)(params, x)
    return {
        "spec": spec,
        "inputShape": [NODES, FEATURES],
        "outputShape": list(y.shape[1:]),
        "edges": EDGES,
        **({"weights": WEIGHTS} if weighted else {}),
        "seeds": seeds,
        "y": numbers(y),
        "dx": numbers(dx),
        "gradients": {name: numbers(value) for name, value in gradients.items()},
    }


print(json.dumps([run(*case) for case in CASES], indent=2))
