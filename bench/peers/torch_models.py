"""The workloads' networks in PyTorch, with the given weights in PyTorch's own layouts."""

import numpy as np
import torch
from torch import nn

ACTIVATIONS = {"sigmoid": nn.Sigmoid, "relu": nn.ReLU, "tanh": nn.Tanh}


def fill(parameter, values):
    with torch.no_grad():
        parameter.copy_(torch.as_tensor(values))


def linear(w, b):
    layer = nn.Linear(*w.shape)
    fill(layer.weight, w.T)
    fill(layer.bias, b)
    return layer


def dense(task):
    layers = []
    for i in range(len(task.sizes) - 1):
        layers += [linear(task.arrays[f"w{i}"], task.arrays[f"b{i}"]), ACTIVATIONS[task.hidden]()]
    return nn.Sequential(*layers[:-1])


def conv_layer(kernel, bias):
    height, width, inputs, outputs = kernel.shape
    layer = nn.Conv2d(inputs, outputs, (height, width))
    fill(layer.weight, kernel.transpose(3, 2, 0, 1))
    fill(layer.bias, bias)
    return layer


def conv(task):
    p = task.arrays
    blocks = []
    for i in "01":
        blocks += [conv_layer(p[f"k{i}"], p[f"c{i}"]), nn.ReLU(), nn.MaxPool2d(2)]
    # The rows of w0 stand in the order height, width, channel; PyTorch flattens channels first.
    rows = p["w0"].reshape(4, 4, 40, 100).transpose(2, 0, 1, 3).reshape(640, 100)
    top = [linear(rows, p["b0"]), nn.ReLU(), linear(p["w1"], p["b1"])]
    return nn.Sequential(*blocks, nn.Flatten(), *top)


class LastOfLSTM(nn.Module):
    def __init__(self, task):
        super().__init__()
        p = task.arrays
        self.lstm = nn.LSTM(task.features, task.hidden, batch_first=True)
        fill(self.lstm.weight_ih_l0, p["wx"].T)
        fill(self.lstm.weight_hh_l0, p["wh"].T)
        fill(self.lstm.bias_ih_l0, p["b"])
        fill(self.lstm.bias_hh_l0, 0 * p["b"])
        self.lstm.bias_hh_l0.requires_grad_(False)  # a second bias would learn twice as fast
        self.top = linear(p["w0"], p["b0"])

    def forward(self, x):
        outputs, _ = self.lstm(x)
        return self.top(outputs[:, -1])


def normalization(kind, task, name, **options):
    layer = kind(len(task.arrays[f"{name}s"]), task.epsilon, **options)
    fill(layer.weight, task.arrays[f"{name}s"])
    fill(layer.bias, task.arrays[f"{name}o"])
    return layer


class Transformer(nn.Module):
    def __init__(self, task):
        super().__init__()
        p = task.arrays
        width = task.example[1]
        options = dict(activation="gelu", norm_first=True, batch_first=True)
        block = nn.TransformerEncoderLayer(width, task.heads, task.hidden, 0.0, **options)
        attention = block.self_attn
        fill(attention.in_proj_weight, np.concatenate([p[f"w{part}"].T for part in "qkv"]))
        fill(attention.in_proj_bias, np.concatenate([p[f"b{part}"] for part in "qkv"]))
        attention.out_proj = linear(p["wo"], p["bo"])
        block.norm1, block.norm2 = (normalization(nn.LayerNorm, task, f"n{i}") for i in "12")
        block.linear1, block.linear2 = (linear(p[f"w{i}"], p[f"b{i}"]) for i in "01")
        self.block, self.top = block, linear(p["w2"], p["b2"])

    def forward(self, x):
        return self.top(self.block(x).mean(1))


class Residual(nn.Module):
    def __init__(self, task):
        super().__init__()
        p = task.arrays

        def normalised(i):
            kernel = p[f"k{i}"]
            layer = nn.Conv2d(*kernel.shape[2:], kernel.shape[0], padding="same", bias=False)
            fill(layer.weight, kernel.transpose(3, 2, 0, 1))
            momentum = 1 - task.momentum
            return nn.Sequential(layer, normalization(nn.BatchNorm2d, task, f"n{i}", momentum=momentum))

        self.convs = nn.ModuleList(normalised(i) for i in range(6))
        self.top = linear(p["w0"], p["b0"])

    def forward(self, x):
        c = self.convs
        first = torch.relu(c[0](x))
        second = torch.relu(c[2](torch.relu(c[1](first))) + first)
        pooled = nn.functional.max_pool2d(second, 2)
        third = torch.relu(c[4](torch.relu(c[3](pooled))) + c[5](pooled))
        return self.top(third.mean((2, 3)))


class Graph(nn.Module):
    """The adjacency, normalised once, is a sparse matrix in rows: PyTorch's fastest way on processors."""

    def __init__(self, task):
        super().__init__()
        p = task.arrays
        nodes = len(p["x"])
        start, stop = np.concatenate([p["edges"], [np.arange(nodes)] * 2], 1).astype(np.int64)
        root = np.bincount(stop, minlength=nodes) ** -0.5
        values = torch.as_tensor(root[start] * root[stop], dtype=torch.float32)
        places = torch.as_tensor(np.stack([stop, start]))
        adjacency = torch.sparse_coo_tensor(places, values, (nodes, nodes)).coalesce()
        self.adjacency = adjacency.to_sparse_csr()
        self.w0, self.b0, self.w1, self.b1 = (
            nn.Parameter(torch.as_tensor(p[name])) for name in ("w0", "b0", "w1", "b1")
        )

    def forward(self, x):
        h = torch.relu(self.adjacency @ (x @ self.w0) + self.b0)
        return self.adjacency @ (h @ self.w1) + self.b1


MODELS = {
    "dense": dense,
    "conv": conv,
    "lstm": LastOfLSTM,
    "transformer": Transformer,
    "residual": Residual,
    "graph": Graph,
}


def model_of(task):
    return MODELS[task.kind](task)
