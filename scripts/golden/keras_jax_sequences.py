"""Prints what Keras's layers over sequences give, as JSON: masked and stateful recurrent layers, bidirectional
ones and time-distributed ones, with outputs, gradients and states.

Run: python3 scripts/golden/keras_jax_sequences.py > lib/src/nn/layers/golden/keras-sequences.json && npm run format
Needs keras and jax. All is in double precision.
Inputs, parameters and the gradient that comes in are formulas (see `sample`); states stand in the file.
"""

import json
import math
import os

os.environ["KERAS_BACKEND"] = "jax"

import jax
import keras
import numpy

jax.config.update("jax_enable_x64", True)
keras.backend.set_floatx("float64")
keras.config.set_dtype_policy("float64")

BATCH = 2


def sample(shape, seed):
    """Distinct numbers within 1, none zero, without symmetry."""
    places = range(math.prod(shape))
    flat = [math.floor(1000 * math.sin(12.9898 * place + seed)) / 1024 + 0.0005 for place in places]
    return numpy.array(flat).reshape(shape)


def numbers(array):
    return [float(f"{x:.12g}") for x in numpy.asarray(array).ravel()]


@keras.saving.register_keras_serializable()
def tanh(x):
    """Keras's own computes in single precision within."""
    return jax.numpy.tanh(x)


@keras.saving.register_keras_serializable()
def sigmoid(x):
    return jax.nn.sigmoid(x)


# Our names of options, and Keras's.
OPTIONS = {
    "returnSequences": "return_sequences",
    "goBackwards": "go_backwards",
    "zeroOutputForMask": "zero_output_for_mask",
    "resetAfter": "reset_after",
    "stateful": "stateful",
}
MERGES = {"concat": "concat", "sum": "sum", "mul": "mul", "mean": "ave"}
CELLS = {"simpleRnn": keras.layers.SimpleRNN, "lstm": keras.layers.LSTM, "gru": keras.layers.GRU}
WORDS = {"kernel": "w", "recurrent_kernel": "wRecurrent", "bias": "b"}


def make(spec, **more):
    kind = spec["kind"]
    if kind == "timeDistributed":
        return keras.layers.TimeDistributed(make(spec["layer"], name="layer"), **more)
    if kind == "bidirectional":
        backward = make(spec["backward"]) if "backward" in spec else None
        merge = MERGES[spec.get("merge", "concat")]
        return keras.layers.Bidirectional(
            make(spec["layer"]), backward_layer=backward, merge_mode=merge, **more
        )
    if kind == "dense":
        return keras.layers.Dense(spec["units"], activation=spec.get("activation"), **more)
    options = {OPTIONS[name]: value for name, value in spec.items() if name in OPTIONS}
    functions = {"activation": tanh, **({} if kind == "simpleRnn" else {"recurrent_activation": sigmoid})}
    return CELLS[kind](spec["units"], **functions, **options, **more)


def name_in(layer, variable):
    """Our path of a parameter of Keras's."""
    name = WORDS[variable.path.split("/")[-1]]
    if isinstance(layer, keras.layers.TimeDistributed):
        return f"layer/{name}"
    if isinstance(layer, keras.layers.Bidirectional):
        is_forward = any(variable is own for own in layer.forward_layer.trainable_variables)
        return f"{'forward' if is_forward else 'backward'}/{name}"
    return name


MASK = [[1, 1, 0, 1, 0], [0, 1, 1, 0, 1]]
# [specification of the layer, shape of an example, mask]
CASES = [
    [{"kind": "simpleRnn", "units": 3}, [5, 2], MASK],
    [{"kind": "simpleRnn", "units": 3, "returnSequences": True}, [5, 2], MASK],
    [{"kind": "lstm", "units": 3}, [5, 2], MASK],
    [{"kind": "lstm", "units": 2, "returnSequences": True, "goBackwards": True}, [5, 3], MASK],
    [{"kind": "lstm", "units": 2, "returnSequences": True, "zeroOutputForMask": True}, [5, 3], MASK],
    [{"kind": "gru", "units": 3, "resetAfter": False, "returnSequences": True}, [5, 2], MASK],
    [{"kind": "lstm", "units": 2}, [3, 2], [[1, 1, 1], [0, 0, 0]]],
    [{"kind": "lstm", "units": 3, "stateful": True, "batchSize": 2}, [4, 2], None],
    [
        {"kind": "gru", "units": 2, "resetAfter": False, "stateful": True, "batchSize": 2, "returnSequences": True},
        [3, 2],
        None,
    ],
    [{"kind": "bidirectional", "layer": {"kind": "lstm", "units": 3}}, [4, 2], None],
    [{"kind": "bidirectional", "layer": {"kind": "lstm", "units": 3}}, [5, 2], MASK],
    [
        {
            "kind": "bidirectional",
            "layer": {"kind": "simpleRnn", "units": 2, "returnSequences": True},
            "merge": "sum",
        },
        [5, 2],
        MASK,
    ],
    [
        {
            "kind": "bidirectional",
            "layer": {"kind": "gru", "units": 2, "resetAfter": False, "returnSequences": True},
            "merge": "mul",
        },
        [3, 2],
        None,
    ],
    [
        {
            "kind": "bidirectional",
            "layer": {"kind": "simpleRnn", "units": 2},
            "backward": {"kind": "lstm", "units": 2, "goBackwards": True},
            "merge": "mean",
        },
        [3, 2],
        None,
    ],
    [{"kind": "timeDistributed", "layer": {"kind": "dense", "units": 2}}, [3, 4], None],
    [{"kind": "timeDistributed", "layer": {"kind": "lstm", "units": 2}}, [2, 3, 2], None],
]


def run(spec, shape, mask):
    layer = make(spec)
    x = sample([BATCH, *shape], 1)
    if mask is None:
        layer.build((BATCH, *shape))
        told = {}
    else:
        layer.build((BATCH, *shape))
        told = {"mask": numpy.array(mask, dtype=bool)}
    learnt = layer.trainable_variables
    seeds = {name_in(layer, variable): 2 + i for i, variable in enumerate(learnt)}
    for variable in learnt:
        variable.assign(sample(variable.shape, seeds[name_in(layer, variable)]))
    states = layer.states if spec.get("stateful") else []
    for i, variable in enumerate(states):
        variable.assign(sample(variable.shape, 20 + i))
    paths = [f"carried/{name}" for name, _ in zip(["h", "c"], states)]
    state = {path: numbers(variable) for path, variable in zip(paths, states)}
    others = layer.non_trainable_variables

    def loss(params, x):
        y, _ = layer.stateless_call(params, [v.value for v in others], x, **told)
        return (y * sample(y.shape, 9)).sum(), y

    found, y = jax.grad(loss, argnums=(0, 1), has_aux=True)([v.value for v in learnt], x)
    gradients, dx = found
    layer(x, **told)  # which moves the states on
    return {
        "spec": spec,
        "inputShape": shape,
        **({"mask": mask} if mask else {}),
        "outputShape": list(y.shape[1:]),
        "seeds": seeds,
        "state": state,
        "y": numbers(y),
        "dx": numbers(dx),
        "gradients": {name_in(layer, v): numbers(value) for v, value in zip(learnt, gradients)},
        "after": {path: numbers(variable) for path, variable in zip(paths, states)},
    }


print(json.dumps([run(*case) for case in CASES], indent=2))
