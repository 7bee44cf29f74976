"""Learning rates as PyTorch's schedulers give them, as lib/src/nn/schedules/golden/rates.json holds them.

    pip install torch
    python3 scripts/golden/schedules.py > lib/src/nn/schedules/golden/rates.json
"""

import json
import sys

import torch
from torch.optim import lr_scheduler as s


def rates(make, steps, rate):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
    scheduler = make(optimizer)
    found = []
    for _ in range(steps):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return found


def fractions(make, steps, rate, steps_per_epoch):
    """As training asks: at every step, the epochs with their fraction."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
    scheduler = make(optimizer)
    found = []
    for step in range(steps):
        scheduler.step(step / steps_per_epoch)
        found.append(optimizer.param_groups[0]["lr"])
    return found


CASES = [
    # Specification, steps in an epoch (null where rates are one an epoch), rates.
    ({"name": "stepDecay", "rate": 0.8, "factor": 0.1, "every": 3}, None,
     rates(lambda o: s.StepLR(o, 3, gamma=0.1), 12, 0.8)),
    ({"name": "exponential", "rate": 0.1, "decay": 0.9}, None,
     rates(lambda o: s.ExponentialLR(o, 0.9), 12, 0.1)),
    ({"name": "cosine", "rate": 0.1, "final": 0.01, "epochs": 12}, None,
     rates(lambda o: s.CosineAnnealingLR(o, 12, eta_min=0.01), 12, 0.1)),
    ({"name": "cosineRestarts", "rate": 0.1, "final": 0.01, "epochs": 4}, None,
     rates(lambda o: s.CosineAnnealingWarmRestarts(o, 4, eta_min=0.01), 13, 0.1)),
    ({"name": "cosineRestarts", "rate": 0.1, "epochs": 2, "growth": 2}, 5,
     fractions(lambda o: s.CosineAnnealingWarmRestarts(o, 2, T_mult=2), 40, 0.1, 5)),
    ({"name": "oneCycle", "rate": 0.5, "epochs": 4}, 10,
     rates(lambda o: s.OneCycleLR(o, 0.5, epochs=4, steps_per_epoch=10), 40, 0.5)),
    ({"name": "oneCycle", "rate": 0.5, "epochs": 4, "rise": 0.45, "divisor": 10, "finalDivisor": 100}, 5,
     rates(lambda o: s.OneCycleLR(o, 0.5, epochs=4, steps_per_epoch=5, pct_start=0.45, div_factor=10,
                                  final_div_factor=100), 20, 0.5)),
    ({"name": "polynomial", "rate": 0.1, "epochs": 10, "power": 2}, None,
     rates(lambda o: s.PolynomialLR(o, total_iters=10, power=2), 13, 0.1)),
    ({"name": "polynomial", "rate": 0.1, "epochs": 4}, 5,
     rates(lambda o: s.PolynomialLR(o, total_iters=20), 23, 0.1)),
    ({"name": "piecewise", "rate": 0.1, "boundaries": [3, 8], "factors": [0.1, 0.01]}, None,
     rates(lambda o: s.MultiStepLR(o, [3, 8], gamma=0.1), 12, 0.1)),
]

json.dump(
    {
        "made": f"scripts/golden/schedules.py, PyTorch {torch.__version__.split('+')[0]}",
        "cases": [{"spec": a, "stepsPerEpoch": b, "rates": c} for a, b, c in CASES],
    },
    sys.stdout,
)
print()
