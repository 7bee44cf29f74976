"""The workloads' networks in PyTorch, with the given weights in PyTorch's own layouts."""

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


def model_of(task):
    return {"dense": dense, "conv": conv, "lstm": LastOfLSTM}[task.kind](task)
