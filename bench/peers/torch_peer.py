"""PyTorch on the CPU: eager, or with torch.compile over forward and loss when told `compile`."""

import sys

import torch
from torch.nn import functional as F

from program import Loop, Product, run_peer
from torch_models import model_of

torch.set_num_threads(1)
torch.set_num_interop_threads(1)
COMPILE = sys.argv[1] == "compile"


def quadratic(task):
    activate = {"sigmoid": torch.sigmoid, "tanh": torch.tanh}[task.output]
    return lambda z, y: 0.5 * (activate(z) - y).square().sum() / len(y)


LOSSES = {
    "quadratic": quadratic,
    "crossEntropy": lambda task: lambda z, y: (
        F.binary_cross_entropy_with_logits(z, y, reduction="sum") / len(y)
    ),
    "softmax": lambda task: lambda z, y: F.cross_entropy(z, y),
}


def optimizer_of(settings, model):
    if settings["name"] == "adam":
        betas = (settings["beta1"], settings["beta2"])
        return torch.optim.Adam(model.parameters(), settings["rate"], betas, settings["epsilon"])
    weights = [p for p in model.parameters() if p.dim() > 1]
    biases = [p for p in model.parameters() if p.dim() == 1]
    groups = [{"params": weights, "weight_decay": settings["decay"]}, {"params": biases}]
    return torch.optim.SGD(groups, settings["rate"])


def training(task, compiling):
    x, y = (torch.from_numpy(task.arrays[name]) for name in "xy")
    x = x.reshape(-1, *task_input(task))
    batches = list(zip(x.split(task.batch), y.split(task.batch)))
    model = model_of(task)
    optimizer = optimizer_of(task.optimizer, model)
    loss_of = LOSSES[task.loss](task)
    cost = lambda images, labels: loss_of(model(images), labels)
    compiling()
    if COMPILE:
        cost = torch.compile(cost)
    at = 0

    def step():
        nonlocal at
        images, labels = batches[at]
        at = (at + 1) % len(batches)
        optimizer.zero_grad()
        loss = cost(images, labels)
        loss.backward()
        optimizer.step()
        return loss

    return Loop(step, lambda loss: loss.item())


def task_input(task):
    """The shape of one example, as PyTorch has it."""
    if hasattr(task, "example"):
        return tuple(task.example)
    if task.kind == "conv":
        return (1, 28, 28)
    return (task.steps, task.features) if task.kind == "lstm" else (task.sizes[0],)


def product(task, compiling):
    a, b = (torch.from_numpy(task.arrays[name]) for name in "ab")
    compiling()
    return Product(torch.compile(torch.matmul) if COMPILE else torch.matmul, a, b)


def build(task, compiling):
    session = (product if task.kind == "matmul" else training)(task, compiling)
    session.caches = COMPILE
    return session


run_peer("pytorch-compile" if COMPILE else "pytorch", {"torch": torch.__version__}, build)
