"""state_dicts of small PyTorch networks as programs name them, and what they give: lib/src/pytorch/golden.

usage: python scripts/golden/torch_state_dict.py, with torch and safetensors. Inputs and outputs have channels last.
"""

import base64
import json

import torch
from safetensors.torch import save
from torch import nn

torch.manual_seed(0)
CASES = []


def last(x, turn):
    """Channels last of what PyTorch has them second."""
    return x.movedim(1, -1) if turn else x


def randomized(model):
    """Parameters and running statistics that no default hides."""
    with torch.no_grad():
        for name, value in model.state_dict().items():
            if name.endswith("num_batches_tracked"):
                continue
            if name.endswith("running_var"):
                value.copy_(torch.rand(value.shape) + 0.5)
            else:
                value.copy_(torch.randn(value.shape) * 0.4)
    return model.eval()


def case(name, model, x, layers, turn=(False, False), rename=lambda name: name, **more):
    randomized(model)
    with torch.no_grad():
        y = model(x)
    tensors = {rename(k): v.contiguous() for k, v in model.state_dict().items()}
    shape = list(last(x, turn[0]).shape)
    CASES.append(
        {
            "name": name,
            "layers": [{"kind": "input", "shape": shape[1:]}, *layers],
            "x": {"shape": shape, "data": last(x, turn[0]).flatten().tolist()},
            "y": [round(v, 7) for v in last(y, turn[1]).flatten().tolist()],
            "file": base64.b64encode(save(tensors)).decode(),
            **more,
        }
    )


def rounded(*shape):
    return torch.round(torch.randn(*shape) * 8) / 8


class Of(nn.Module):
    """A function over named modules."""

    def __init__(self, function, **modules):
        super().__init__()
        for name, module in modules.items():
            self.add_module(name, module)
        self.function = function

    def forward(self, x):
        return self.function(self, x)


dense = lambda units, activation=None, **more: {"kind": "dense", "units": units, **({"activation": activation} if activation else {}), **more}
EPS = {"epsilon": 1e-5}

case(
    "linear layers of a wrapped program",
    Of(lambda m, x: m.fc2(torch.relu(m.fc1(x))), fc1=nn.Linear(3, 4), fc2=nn.Linear(4, 2, bias=False)),
    rounded(2, 3),
    [dense(4, "relu"), dense(2, bias=False)],
    rename=lambda name: "module." + name,
)
case(
    "convolutions, batch normalisation and a flattened picture",
    nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(4, 4, 1, bias=False), nn.BatchNorm2d(4), nn.Flatten(), nn.BatchNorm1d(16), nn.Linear(16, 3),
    ),
    rounded(2, 2, 4, 4),
    [
        {"kind": "conv2d", "filters": 4, "kernelSize": 3, "padding": "same"},
        {"kind": "batchNormalization", **EPS},
        {"kind": "activation", "activation": "relu"},
        {"kind": "maxPool2d", "poolSize": 2},
        {"kind": "conv2d", "filters": 4, "kernelSize": 1, "bias": False},
        {"kind": "batchNormalization", **EPS},
        {"kind": "flatten"},
        {"kind": "batchNormalization", **EPS},
        dense(3),
    ],
    turn=(True, False),
)
case(
    "convolutions along time, and layers of one's own names",
    Of(
        lambda m, x: m.head(torch.tanh(m.wide(torch.relu(m.narrow(x)))).mean(2)),
        narrow=nn.Conv1d(2, 4, 3, groups=2), wide=nn.Conv1d(4, 4, 2, dilation=2), head=nn.Linear(4, 2),
    ),
    rounded(2, 2, 8),
    [
        {"kind": "conv1d", "filters": 4, "kernelSize": 3, "groups": 2, "activation": "relu"},
        {"kind": "conv1d", "filters": 4, "kernelSize": 2, "dilation": 2, "activation": "tanh"},
        {"kind": "globalPool", "pool": "average"},
        dense(2),
    ],
    turn=(True, False),
)
case(
    "depthwise, pointwise and transposed convolutions, PReLU and group normalisation",
    nn.Sequential(
        nn.Conv2d(3, 6, 3, groups=3, bias=False), nn.Conv2d(6, 4, 1), nn.PReLU(4), nn.GroupNorm(2, 4),
        nn.ConvTranspose2d(4, 2, 2, stride=2), nn.PReLU(),
    ),
    rounded(1, 3, 4, 4),
    [
        {"kind": "separableConv2d", "filters": 4, "kernelSize": 3, "multiplier": 2},
        {"kind": "prelu"},
        {"kind": "groupNormalization", "groups": 2, **EPS},
        {"kind": "conv2dTranspose", "filters": 2, "kernelSize": 2, "strides": 2},
        {"kind": "prelu", "sharedAxes": [0, 1, 2]},
    ],
    turn=(True, True),
)
case(
    "a convolution of volumes, and one of each channel",
    nn.Sequential(nn.Conv3d(1, 2, 2), nn.Flatten(2), nn.Conv1d(2, 2, 3, groups=2), nn.Flatten(), nn.Linear(12, 1)),
    rounded(1, 1, 3, 3, 3),
    [
        {"kind": "conv3d", "filters": 2, "kernelSize": 2},
        {"kind": "reshape", "shape": [8, 2]},
        {"kind": "depthwiseConv1d", "kernelSize": 3},
        {"kind": "flatten"},
        dense(1),
    ],
    turn=(True, False),
)
case(
    "two LSTMs in one module, both ways after them",
    Of(
        lambda m, x: m.out(m.way(m.lstm(m.words(x.long()))[0])[0][:, -1]),
        words=nn.Embedding(5, 3), lstm=nn.LSTM(3, 4, num_layers=2, batch_first=True),
        way=nn.LSTM(4, 2, batch_first=True, bidirectional=True), out=nn.Linear(4, 2),
    ),
    torch.tensor([[0.0, 3, 1, 4], [2, 2, 0, 1]]),
    [
        {"kind": "embedding", "size": 5, "units": 3},
        {"kind": "lstm", "units": 4, "returnSequences": True},
        {"kind": "lstm", "units": 4, "returnSequences": True},
        {"kind": "bidirectional", "layer": {"kind": "lstm", "units": 2, "returnSequences": True}},
        {"kind": "cropping1d", "cropping": [3, 0]},
        {"kind": "flatten"},
        dense(2),
    ],
)
case(
    "a sequence flattened after recurrence, which has its features last",
    Of(lambda m, x: m.out(m.lstm(x)[0].flatten(1)), lstm=nn.LSTM(2, 3, batch_first=True), out=nn.Linear(12, 2)),
    rounded(2, 4, 2),
    [{"kind": "lstm", "units": 3, "returnSequences": True}, {"kind": "flatten"}, dense(2)],
)
case(
    "a sequence flattened after convolution, which has them second",
    nn.Sequential(nn.Conv1d(2, 3, 2), nn.Flatten(), nn.Linear(9, 2)),
    rounded(2, 2, 4),
    [{"kind": "conv1d", "filters": 3, "kernelSize": 2}, {"kind": "flatten"}, dense(2)],
    turn=(True, False),
)
case(
    "GRU and simple recurrence",
    Of(lambda m, x: m.out(m.rnn(m.gru(x)[0])[0][:, -1]), gru=nn.GRU(3, 4, batch_first=True), rnn=nn.RNN(4, 3, nonlinearity="relu", batch_first=True), out=nn.Linear(3, 1)),
    rounded(2, 5, 3),
    [
        {"kind": "gru", "units": 4, "returnSequences": True},
        {"kind": "simpleRnn", "units": 3, "activation": "relu"},
        dense(1),
    ],
)
case(
    "both ways of a GRU, its last states",
    Of(lambda m, x: m.gru(x)[1].movedim(0, 1).flatten(1), gru=nn.GRU(2, 3, batch_first=True, bidirectional=True)),
    rounded(2, 4, 2),
    [{"kind": "bidirectional", "layer": {"kind": "gru", "units": 3}}],
)
case(
    "attention of one matrix",
    Of(lambda m, x: m.norm(x + m.attention(x, x, x, need_weights=False)[0]), attention=nn.MultiheadAttention(4, 2, batch_first=True), norm=nn.LayerNorm(4)),
    rounded(2, 3, 4),
    [
        {"kind": "residual", "layers": [{"kind": "multiHeadAttention", "heads": 2}]},
        {"kind": "layerNormalization", **EPS},
    ],
)


def attended(m, x):
    heads = lambda y: y.unflatten(-1, (2, 2)).transpose(1, 2)
    y = nn.functional.scaled_dot_product_attention(heads(m.q_proj(x)), heads(m.k_proj(x)), heads(m.v_proj(x)), is_causal=True)
    return m.o_proj(y.transpose(1, 2).flatten(2))


case(
    "attention of four linear modules",
    Of(attended, q_proj=nn.Linear(4, 4), k_proj=nn.Linear(4, 4), v_proj=nn.Linear(4, 4), o_proj=nn.Linear(4, 4)),
    rounded(2, 3, 4),
    [{"kind": "multiHeadAttention", "heads": 2, "causal": True}],
    rename=lambda name: "blocks.0.attn." + name,
)
encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 6, 0.0, "gelu", norm_first=True, batch_first=True), 2, norm=nn.LayerNorm(4), enable_nested_tensor=False)
case(
    "two blocks of a transformer and learnt positions",
    Of(lambda m, x: m.encoder(x + m.positions.weight), positions=nn.Embedding(3, 4), encoder=encoder),
    rounded(1, 3, 4),
    [
        {"kind": "positionEmbedding"},
        {"kind": "transformerBlock", "heads": 2, "hidden": 6, **EPS},
        {"kind": "transformerBlock", "heads": 2, "hidden": 6, **EPS},
        {"kind": "layerNormalization", **EPS},
    ],
)


class Basic(nn.Module):
    """As in torchvision's resnet.py, with fewer channels."""

    def __init__(self, inside, outside, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inside, outside, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outside)
        self.conv2 = nn.Conv2d(outside, outside, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outside)
        self.downsample = None
        if inside != outside:
            self.downsample = nn.Sequential(nn.Conv2d(inside, outside, 1, stride, bias=False), nn.BatchNorm2d(outside))

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(y + (x if self.downsample is None else self.downsample(x)))


def resnet(m, x):
    x = torch.relu(m.bn1(m.conv1(x)))
    return m.fc(m.layer2(m.layer1(x)).mean((2, 3)))


conv = lambda filters, size, strides=1: {"kind": "conv2d", "filters": filters, "kernelSize": size, "strides": strides, "bias": False}
pad = {"kind": "zeroPadding2d", "padding": 1}
norm = {"kind": "batchNormalization", **EPS}
relu = {"kind": "activation", "activation": "relu"}
plain = lambda n: {"kind": "residual", "activation": "relu", "layers": [pad, conv(n, 3), norm, relu, pad, conv(n, 3), norm]}
halving = lambda n: {
    "kind": "residual", "activation": "relu",
    "layers": [pad, conv(n, 3, 2), norm, relu, pad, conv(n, 3), norm],
    "shortcut": {"kind": "block", "layers": [conv(n, 1, 2), norm]},
}
case(
    "a residual network as torchvision names it",
    Of(
        resnet,
        conv1=nn.Conv2d(3, 4, 3, 2, 1, bias=False), bn1=nn.BatchNorm2d(4),
        layer1=nn.Sequential(Basic(4, 4, 1)), layer2=nn.Sequential(Basic(4, 6, 2), Basic(6, 6, 1)),
        fc=nn.Linear(6, 3),
    ),
    rounded(1, 3, 8, 8),
    [pad, conv(4, 3, 2), norm, relu, plain(4), halving(6), plain(6), {"kind": "globalPool", "pool": "average"}, dense(3)],
    turn=(True, False),
)
case(
    "a raw parameter by a map",
    Of(lambda m, x: m.norm(x + m.pos.weight), pos=nn.Embedding(2, 3), norm=nn.RMSNorm(3, eps=1e-6)),
    rounded(2, 2, 3),
    [{"kind": "positionEmbedding"}, {"kind": "rmsNormalization"}],
    rename=lambda name: {"pos.weight": "pos_embed"}.get(name, name),
    map={"pos_embed": "positionEmbedding1.weight"},
)

with open("lib/src/pytorch/golden/modules.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(one) for one in CASES) + "\n]\n")

torch.manual_seed(0)
m = nn.Sequential(nn.Conv2d(1, 3, 3), nn.ReLU(), nn.Flatten(), nn.Linear(3 * 2 * 2, 5), nn.Tanh(), nn.Linear(5, 2))
with open("lib/src/pytorch/golden/conv.safetensors", "wb") as file:
    file.write(save(m.state_dict()))
x = torch.arange(16).float().reshape(1, 1, 4, 4) / 10
print(m(x).tolist())


class Reader(nn.Module):
    """The network of examples/src/from-pytorch.ts."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(2, 4, 3)
        self.bn = nn.BatchNorm1d(4)
        self.lstm = nn.LSTM(4, 3, batch_first=True)
        self.fc = nn.Linear(3, 2)

    def forward(self, x):
        x = torch.relu(self.bn(self.conv(x)))
        return self.fc(self.lstm(x.movedim(1, 2))[0][:, -1])


torch.manual_seed(1)
reader = randomized(Reader())
with open("examples/data/reader.safetensors", "wb") as file:
    file.write(save(reader.state_dict()))
x = torch.arange(16).reshape(1, 8, 2) / 8 - 1
with torch.no_grad():
    print("reader", reader(x.movedim(2, 1)).tolist())
