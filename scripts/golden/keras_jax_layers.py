"""Prints what Keras's normalisation, embedding and attention layers give, as JSON: outputs, gradients, state.

Run: python3 scripts/golden/keras_jax_layers.py > lib/src/nn/layers/golden/keras-jax.json && npm run format
Needs keras and jax. All is in double precision. Inputs, parameters and the gradient that comes in are
formulas (see `sample`); places and states, which are no such numbers, stand in the file. Keras's
normalisation layers compute in single precision within: `tolerance` says how far the numbers hold.
"""

import inspect
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



# kind: how Keras makes it of our options, and our names of its parameters
LAYERS = {
    "batchNormalization": (
        lambda momentum=0.99, epsilon=1e-3, scale=True, offset=True: keras.layers.BatchNormalization(
            momentum=momentum, epsilon=epsilon, scale=scale, center=offset
        ),
        {"gamma": "scale", "beta": "offset", "moving_mean": "mean", "moving_variance": "variance"},
    ),
    "layerNormalization": (
        lambda epsilon=1e-3, scale=True, offset=True: keras.layers.LayerNormalization(
            epsilon=epsilon, scale=scale, center=offset
        ),
        {"gamma": "scale", "beta": "offset"},
    ),
    "groupNormalization": (
        lambda groups, epsilon=1e-3: keras.layers.GroupNormalization(groups=groups, epsilon=epsilon),
        {"gamma": "scale", "beta": "offset"},
    ),
    "rmsNormalization": (
        lambda epsilon=1e-6: keras.layers.RMSNormalization(epsilon=epsilon),
        {"scale": "scale"},
    ),
}

# [specification of the layer, shape of an example, training]
CASES = [
    [{"kind": "batchNormalization"}, [3], True],
    [{"kind": "batchNormalization", "momentum": 0.8, "epsilon": 1e-5}, [2, 3, 2], True],
    [{"kind": "batchNormalization"}, [2, 3], False],
    [{"kind": "batchNormalization", "scale": False}, [4, 2], True],
    [{"kind": "batchNormalization", "offset": False}, [2], False],
    [{"kind": "layerNormalization"}, [5], True],
    [{"kind": "layerNormalization", "epsilon": 1e-5, "offset": False}, [3, 4], True],
    [{"kind": "groupNormalization", "groups": 2}, [3, 2, 4], True],
    [{"kind": "groupNormalization", "groups": 1, "epsilon": 1e-5}, [6], True],
    [{"kind": "groupNormalization", "groups": 3}, [4, 3], True],
    [{"kind": "rmsNormalization"}, [5], True],
    [{"kind": "rmsNormalization", "epsilon": 0.1}, [2, 3], True],
]


def run(spec, shape, training):
    make, names = LAYERS[spec["kind"]]
    layer = make(**{name: value for name, value in spec.items() if name != "kind"})
    layer.build((BATCH, *shape))
    name_of = lambda variable: names[variable.path.split("/", 1)[1]]
    learnt, others = layer.trainable_variables, layer.non_trainable_variables
    is_kept = lambda variable: variable.name != "seed_generator_state"
    kept = [variable for variable in others if is_kept(variable)]
    seeds = {name_of(variable): 2 + i for i, variable in enumerate(learnt)}
    for variable in learnt:
        variable.assign(sample(variable.shape, seeds[name_of(variable)]))
    for i, variable in enumerate(kept):
        variable.assign(abs(sample(variable.shape, 20 + i)) + 0.1)  # a variance is above 0
    state = {name_of(variable): numbers(variable) for variable in kept}
    x = sample([BATCH, *shape], 1)

    takes_mode = "training" in inspect.signature(layer.call).parameters
    mode = {"training": training} if takes_mode else {}

    def loss(params, x):
        y, after = layer.stateless_call(params, [v.value for v in others], x, **mode)
        return (y * sample(y.shape, 9)).sum(), (y, after)

    (gradients, dx), (y, after) = jax.grad(loss, argnums=(0, 1), has_aux=True)(
        [variable.value for variable in learnt], x
    )
    return {
        "spec": spec,
        "inputShape": shape,
        "outputShape": list(y.shape[1:]),
        "training": training,
        "tolerance": 1e-6 if spec["kind"].endswith("Normalization") else 1e-10,
        "seeds": seeds,
        "state": state,
        "y": numbers(y),
        "dx": numbers(dx),
        "gradients": {name_of(v): numbers(value) for v, value in zip(learnt, gradients)},
        "after": {name_of(v): numbers(value) for v, value in zip(others, after) if is_kept(v)},
    }


print(json.dumps([run(*case) for case in CASES], indent=2))
