"""Trajectories of optimizers in double precision, as lib/src/nn/optimizers/golden/trajectories.json holds
them. PyTorch takes the steps, and optax those of Lion, which PyTorch does not have.

    pip install torch optax
    python3 scripts/golden/optimizers.py > lib/src/nn/optimizers/golden/trajectories.json
"""

import json
import sys

import jax
import jax.numpy as jnp
import optax
import torch

jax.config.update("jax_enable_x64", True)
torch.set_default_dtype(torch.float64)  # the product of momenta in Nadam is of this type

START = [1.5, -0.7, 0.3, 0.2, -2, 0.01, 5]
CURVES = [3, 0.5, 10, 1, 0.02, 2, 0.3]
STEPS = 25
SHOWN = [1, 2, 3, 5, 6, 7, 8, 12, 25]


def cost(p, sin, c):
    """Sum of c (p - 1)^2 / 2 + sin p."""
    return (c * (p - 1) ** 2 / 2 + sin(p)).sum()


def with_torch(make):
    p = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    c = torch.tensor(CURVES, dtype=torch.float64)
    optimizer = make([p])
    rows = []

    def closure():
        optimizer.zero_grad()
        loss = cost(p, torch.sin, c)
        loss.backward()
        return loss

    for _ in range(STEPS):
        optimizer.step(closure)
        rows.append(p.detach().tolist())
    return rows


def with_optax(rule):
    p = jnp.array(START, dtype=jnp.float64)
    c = jnp.array(CURVES, dtype=jnp.float64)
    state = rule.init(p)
    rows = []
    for _ in range(STEPS):
        gradient = jax.grad(lambda q: cost(q, jnp.sin, c))(p)
        updates, state = rule.update(gradient, state, p)
        p = optax.apply_updates(p, updates)
        rows.append(p.tolist())
    return rows


O = torch.optim
CASES = [
    ({"name": "sgd", "learningRate": 0.02, "momentum": 0.8, "nesterov": True, "weightDecay": 0.01},
     with_torch(lambda p: O.SGD(p, lr=0.02, momentum=0.8, nesterov=True, weight_decay=0.01))),
    ({"name": "adam", "learningRate": 0.1}, with_torch(lambda p: O.Adam(p, lr=0.1))),
    ({"name": "adamW", "learningRate": 0.1, "weightDecay": 0.3},
     with_torch(lambda p: O.AdamW(p, lr=0.1, weight_decay=0.3))),
    ({"name": "rmsProp", "learningRate": 0.01, "rho": 0.9, "momentum": 0.7, "weightDecay": 0.05},
     with_torch(lambda p: O.RMSprop(p, lr=0.01, alpha=0.9, momentum=0.7, weight_decay=0.05))),
    ({"name": "adagrad", "learningRate": 0.5}, with_torch(lambda p: O.Adagrad(p, lr=0.5))),
    ({"name": "adadelta"}, with_torch(lambda p: O.Adadelta(p))),
    ({"name": "adadelta", "learningRate": 3, "rho": 0.7, "epsilon": 1e-3, "weightDecay": 0.1},
     with_torch(lambda p: O.Adadelta(p, lr=3, rho=0.7, eps=1e-3, weight_decay=0.1))),
    ({"name": "nadam", "learningRate": 0.1}, with_torch(lambda p: O.NAdam(p, lr=0.1))),
    ({"name": "nadam", "learningRate": 0.05, "beta1": 0.8, "beta2": 0.9, "weightDecay": 0.1,
      "momentumDecay": 0.1},
     with_torch(lambda p: O.NAdam(p, lr=0.05, betas=(0.8, 0.9), weight_decay=0.1, momentum_decay=0.1))),
    ({"name": "radam", "learningRate": 0.05}, with_torch(lambda p: O.RAdam(p, lr=0.05))),
    ({"name": "radam", "learningRate": 0.1, "beta2": 0.9, "weightDecay": 0.1},
     with_torch(lambda p: O.RAdam(p, lr=0.1, betas=(0.9, 0.9), weight_decay=0.1))),
    ({"name": "lion", "learningRate": 0.03}, with_optax(optax.lion(0.03, weight_decay=0))),
    ({"name": "lion", "learningRate": 0.02, "beta1": 0.7, "beta2": 0.8, "weightDecay": 0.5},
     with_optax(optax.lion(0.02, b1=0.7, b2=0.8, weight_decay=0.5))),
    ({"name": "lbfgs", "lineSearch": "none", "learningRate": 0.3, "history": 3},
     with_torch(lambda p: O.LBFGS(p, lr=0.3, max_iter=1, history_size=3, tolerance_grad=0,
                                  tolerance_change=0))),
]

json.dump(
    {
        "made": f"scripts/golden/optimizers.py, PyTorch {torch.__version__.split('+')[0]}, optax {optax.__version__}",
        "start": START,
        "curves": CURVES,
        "steps": SHOWN,
        "cases": [{"spec": spec, "rows": [rows[i - 1] for i in SHOWN]} for spec, rows in CASES],
    },
    sys.stdout,
    indent=1,
)
print()
