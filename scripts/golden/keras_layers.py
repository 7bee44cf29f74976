"""Prints what Keras's convolutions, pools and recurrent layers give, as JSON: outputs and gradients.

Run: python3 scripts/golden/keras_layers.py > lib/src/nn/layers/golden/keras.json && npm run format
Needs keras and tensorflow. All is in double precision. Inputs, parameters and the gradient that comes in
are formulas (see `sample`), so that the file holds results only.
"""

import json
import math

import keras
import numpy
import tensorflow

keras.backend.set_floatx("float64")

BATCH = 2

# [specification of the layer, shape of an example]
CASES = [
    [{"kind": "conv2d", "filters": 3, "kernelSize": 2}, [4, 3, 2]],
    [{"kind": "conv2d", "filters": 2, "kernelSize": [3, 2], "padding": "same"}, [4, 3, 1]],
    [{"kind": "conv2d", "filters": 2, "kernelSize": 3, "padding": "same", "strides": 2}, [5, 4, 2]],
    [{"kind": "conv2d", "filters": 2, "kernelSize": [3, 2], "strides": [1, 2]}, [4, 5, 2]],
    [{"kind": "conv2d", "filters": 2, "kernelSize": 2, "dilation": [2, 3]}, [4, 5, 1]],
    [{"kind": "conv2d", "filters": 1, "kernelSize": 3, "padding": "same", "dilation": 2}, [4, 3, 2]],
    [{"kind": "conv2d", "filters": 4, "kernelSize": 2, "groups": 2, "activation": "tanh"}, [3, 3, 4]],
    [{"kind": "conv2d", "filters": 2, "kernelSize": 1, "bias": False}, [2, 3, 2]],
    [{"kind": "conv1d", "filters": 3, "kernelSize": 3}, [5, 2]],
    [{"kind": "conv1d", "filters": 2, "kernelSize": 2, "padding": "same", "strides": 2}, [5, 2]],
    [{"kind": "conv1d", "filters": 2, "kernelSize": 3, "padding": "causal", "dilation": 2}, [6, 2]],
    [{"kind": "conv1d", "filters": 2, "kernelSize": 2, "padding": "causal", "strides": 2}, [6, 1]],
    [{"kind": "conv2dTranspose", "filters": 2, "kernelSize": 3}, [2, 3, 2]],
    [{"kind": "conv2dTranspose", "filters": 2, "kernelSize": 2, "strides": 2}, [2, 3, 1]],
    [{"kind": "conv2dTranspose", "filters": 1, "kernelSize": [3, 2], "strides": [2, 3]}, [2, 2, 2]],
    [
        {
            "kind": "conv2dTranspose",
            "filters": 2,
            "kernelSize": [4, 3],
            "strides": 2,
            "padding": "same",
            "activation": "sigmoid",
        },
        [2, 3, 2],
    ],
    [{"kind": "maxPool2d", "poolSize": 2}, [5, 4, 2]],
    [{"kind": "maxPool2d", "poolSize": [3, 2], "padding": "same"}, [5, 4, 2]],
    [{"kind": "maxPool2d", "poolSize": 3, "padding": "same", "strides": [1, 2]}, [4, 5, 1]],
    [{"kind": "avgPool2d", "poolSize": 2}, [5, 4, 2]],
    [{"kind": "avgPool2d", "poolSize": [3, 2], "padding": "same"}, [5, 4, 2]],
    [{"kind": "avgPool2d", "poolSize": 3, "padding": "same", "strides": [1, 2]}, [4, 5, 1]],
    [{"kind": "globalPool", "pool": "average"}, [2, 3, 2]],
    [{"kind": "globalPool", "pool": "max"}, [2, 3, 2]],
    [{"kind": "globalPool", "pool": "max"}, [4, 2]],
    [{"kind": "simpleRnn", "units": 3}, [4, 2]],
    [{"kind": "simpleRnn", "units": 2, "activation": "relu", "returnSequences": True}, [3, 2]],
    [{"kind": "lstm", "units": 3}, [4, 2]],
    [{"kind": "lstm", "units": 2, "returnSequences": True}, [3, 2]],
    [{"kind": "lstm", "units": 2, "recurrentActivation": "relu", "activation": "softsign"}, [1, 3]],
    [{"kind": "gru", "units": 3}, [4, 2]],
    [{"kind": "gru", "units": 2, "returnSequences": True, "goBackwards": True}, [3, 2]],
    [{"kind": "gru", "units": 3, "resetAfter": False}, [4, 2]],
    [{"kind": "gru", "units": 2, "bias": False, "resetAfter": False, "goBackwards": True}, [3, 2]],
]

KINDS = {
    "conv1d": keras.layers.Conv1D,
    "conv2d": keras.layers.Conv2D,
    "conv2dTranspose": keras.layers.Conv2DTranspose,
    "maxPool2d": keras.layers.MaxPooling2D,
    "avgPool2d": keras.layers.AveragePooling2D,
    "simpleRnn": keras.layers.SimpleRNN,
    "lstm": keras.layers.LSTM,
    "gru": keras.layers.GRU,
}

NAMES = {
    "bias": "use_bias",
    "kernelSize": "kernel_size",
    "poolSize": "pool_size",
    "dilation": "dilation_rate",
    "recurrentActivation": "recurrent_activation",
    "returnSequences": "return_sequences",
    "goBackwards": "go_backwards",
    "resetAfter": "reset_after",
}


def sample(shape, seed):
    """Distinct numbers within 1, none zero, without symmetry."""
    places = range(math.prod(shape))
    flat = [math.floor(1000 * math.sin(12.9898 * place + seed)) / 1024 + 0.0005 for place in places]
    return numpy.array(flat).reshape(shape)


def layer_of(spec, rank):
    if spec["kind"] == "globalPool":
        kind = {"average": "GlobalAveragePooling", "max": "GlobalMaxPooling"}[spec["pool"]]
        return getattr(keras.layers, f"{kind}{rank - 1}D")()
    options = {NAMES.get(name, name): value for name, value in spec.items() if name != "kind"}
    return KINDS[spec["kind"]](**{name: as_tuple(value) for name, value in options.items()})


def as_tuple(value):
    return tuple(value) if isinstance(value, list) else value


# Our names of Keras's variables, and the seed of each. The rows of a GRU's bias are two parameters.
PARAMETERS = {"kernel": ["w"], "recurrent_kernel": ["wRecurrent"], "bias": ["b", "bRecurrent"]}
SEEDS = {"w": 2, "wRecurrent": 3, "b": 4, "bRecurrent": 5}


def is_pair(variable):
    return variable.name == "bias" and len(variable.shape) == 2


def start(variable):
    names = PARAMETERS[variable.name]
    if is_pair(variable):
        return numpy.stack([sample(variable.shape[1:], SEEDS[name]) for name in names])
    return sample(variable.shape, SEEDS[names[0]])


def by_name(variables, values):
    """Values like the variables, under our names."""
    found = {}
    for variable, value in zip(variables, values):
        names = PARAMETERS[variable.name]
        found |= zip(names, value) if is_pair(variable) else [(names[0], value)]
    return {name: numbers(value) for name, value in found.items()}


def numbers(array):
    return [float(f"{x:.12g}") for x in numpy.asarray(array).ravel()]


def run(spec, shape):
    layer = layer_of(spec, len(shape))
    layer.build((BATCH, *shape))
    variables = layer.trainable_variables
    for variable in variables:
        variable.assign(start(variable))
    x = tensorflow.Variable(sample([BATCH, *shape], 1))
    with tensorflow.GradientTape() as tape:
        y = layer(x)
        loss = tensorflow.reduce_sum(y * sample(y.shape, 9))
    dx, *gradients = tape.gradient(loss, [x, *(variable.value for variable in variables)])
    return {
        "spec": spec,
        "inputShape": shape,
        "outputShape": list(y.shape[1:]),
        "y": numbers(y),
        "dx": numbers(dx),
        "gradients": by_name(variables, gradients),
    }


print(json.dumps([run(spec, shape) for spec, shape in CASES], indent=2))
