"""Prints what Keras's normalisation, embedding and attention layers give, as JSON: outputs, gradients, state.

Run: python3 scripts/golden/keras_jax_layers.py > lib/src/nn/layers/golden/keras-jax.json && npm run format
Needs keras and jax. All is in double precision. Inputs, parameters and the gradient that comes in are
formulas (see `sample`); places and states, which are no such numbers, stand in the file. Keras's
normalisation layers and its tanh compute in single precision within: `tolerance` says how far the numbers hold.
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



class Waves(keras.Layer):
    """The waves of Vaswani et al. (2017), section 3.5, added to what comes in."""

    def call(self, x):
        _, steps, features = x.shape
        places = numpy.arange(steps)[:, None]
        pairs = numpy.arange(features) // 2 * 2
        angles = places / 10000 ** (pairs / features)
        return x + numpy.where(numpy.arange(features) % 2 == 0, numpy.sin(angles), numpy.cos(angles))


class Attention(keras.Layer):
    """Attention to the layer's own input or to a context, some of whose steps are masked."""

    def __init__(self, heads, features, headSize=None, causal=False, bias=True):
        super().__init__()
        self.causal = causal
        self.inner = keras.layers.MultiHeadAttention(
            heads,
            headSize or features // heads,
            use_bias=bias,
            dropout=1e-12,  # never drops anything here, but keeps Keras from single precision
            name="inner",
        )

    def build(self, shape, context=None):
        self.inner.build(shape, context or shape)

    def call(self, x, context=None, mask=None):
        seen = None if mask is None else mask[:, None, :]
        source = x if context is None else context
        return self.inner(
            x, source, attention_mask=seen, use_causal_mask=self.causal, training=False
        )


class Norm(keras.Layer):
    """Layer normalisation in double precision, which Keras's is not."""

    def __init__(self, epsilon, name):
        super().__init__(name=name)
        self.epsilon = epsilon

    def build(self, shape):
        self.gamma = self.add_weight(shape=shape[-1:], name="gamma")
        self.beta = self.add_weight(shape=shape[-1:], name="beta")

    def call(self, x):
        centered = x - jax.numpy.mean(x, axis=-1, keepdims=True)
        variance = jax.numpy.mean(centered * centered, axis=-1, keepdims=True)
        return centered / jax.numpy.sqrt(variance + self.epsilon) * self.gamma + self.beta


class Block(keras.Layer):
    """A block of a transformer, normalised before each half."""

    def __init__(self, heads, features, hidden=None, activation="gelu", epsilon=1e-3, causal=False):
        super().__init__()
        # Keras's "gelu" is an approximation by default.
        f = (lambda x: keras.activations.gelu(x, approximate=False)) if activation == "gelu" else activation
        self.norm1 = Norm(epsilon, name="norm1")
        self.norm2 = Norm(epsilon, name="norm2")
        self.attention = Attention(heads, features, causal=causal)
        self.attention.inner.name = "attention"
        self.hidden = keras.layers.Dense(hidden or 4 * features, activation=f, name="hidden")
        self.out = keras.layers.Dense(features, name="output")

    def build(self, shape):
        self.norm1.build(shape)
        self.norm2.build(shape)
        self.attention.build(shape)
        self.hidden.build(shape)
        self.out.build((*shape[:-1], self.hidden.units))

    def call(self, x, mask=None):
        normal = self.norm1(x)
        h = x + self.attention(normal, normal, mask)
        return h + self.out(self.hidden(self.norm2(h)))


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
    "embedding": (
        lambda size, units: keras.layers.Embedding(size, units),
        {"embeddings": "w"},
    ),
    "positionalEncoding": (Waves, {}),
    "multiHeadAttention": (Attention, {}),
    "transformerBlock": (Block, {}),
}

# What stands in the paths of Keras's parameters, and in ours.
WORDS = {"gamma": "scale", "beta": "offset", "kernel": "w", "bias": "b", "attention_output": "output"}


def name_in(path, names, kind):
    """Our path of a parameter of Keras's."""
    if names:
        return names[path.split("/", 1)[1]]
    if kind == "multiHeadAttention":
        skipped = path.index("inner/") + len("inner/")
    else:
        skipped = path.rindex("attention/") if "attention/" in path else path.index("/") + 1
    return "/".join(WORDS.get(word, word) for word in path[skipped:].split("/"))

# [specification of the layer, shape of an example, training, places or shape of the context, mask]
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
    [{"kind": "embedding", "size": 4, "units": 3}, [3], True, [[0, 3, 3], [1, 0, 3]]],
    [{"kind": "positionalEncoding"}, [3, 5], True],
    [{"kind": "positionalEncoding"}, [4, 2], True],
    [{"kind": "multiHeadAttention", "heads": 2}, [3, 4], True],
    [{"kind": "multiHeadAttention", "heads": 2, "headSize": 3, "bias": False}, [3, 2], True],
    [{"kind": "multiHeadAttention", "heads": 3, "causal": True}, [4, 3], True],
    [{"kind": "multiHeadAttention", "heads": 1}, [2, 3], True, [4, 5]],
    [{"kind": "multiHeadAttention", "heads": 2}, [2, 4], True, [3, 4], [[1, 1, 0], [0, 1, 1]]],
    [{"kind": "transformerBlock", "heads": 2}, [3, 4], True],
    [
        {"kind": "transformerBlock", "heads": 1, "hidden": 3, "activation": "tanh", "epsilon": 0.01},
        [2, 3],
        True,
    ],
    [{"kind": "transformerBlock", "heads": 2, "causal": True}, [3, 2], True],
    [{"kind": "transformerBlock", "heads": 2}, [3, 2], True, None, [[1, 1, 0], [1, 0, 1]]],
]


def run(spec, shape, training, other=None, mask=None):
    kind = spec["kind"]
    make, names = LAYERS[kind]
    options = {name: value for name, value in spec.items() if name != "kind"}
    if kind in ("multiHeadAttention", "transformerBlock"):
        options["features"] = shape[-1]
    layer = make(**options)
    x = sample([BATCH, *shape], 1)
    also = {}
    if kind == "embedding":
        x = numpy.array(other)
    elif other:
        also["context"] = sample([BATCH, *other], 10)
    if mask:
        also["mask"] = numpy.array(mask, dtype=bool)
    built = [(BATCH, *other)] if "context" in also else []
    layer.build((BATCH, *shape), *built)
    name_of = lambda variable: name_in(variable.path, names, kind)
    is_kept = lambda variable: variable.name != "seed_generator_state"
    learnt, others = layer.trainable_variables, layer.non_trainable_variables
    kept = [variable for variable in others if is_kept(variable)]
    seeds = {name_of(variable): 2 + i for i, variable in enumerate(learnt)}
    for variable in learnt:
        variable.assign(sample(variable.shape, seeds[name_of(variable)]))
    for i, variable in enumerate(kept):
        variable.assign(abs(sample(variable.shape, 20 + i)) + 0.1)  # a variance is above 0
    state = {name_of(variable): numbers(variable) for variable in kept}
    takes_mode = "training" in inspect.signature(layer.call).parameters
    told = {"training": training, **also} if takes_mode else also

    def loss(params, x):
        y, after = layer.stateless_call(params, [v.value for v in others], x, **told)
        return (y * sample(y.shape, 9)).sum(), (y, after)

    by = 0 if kind == "embedding" else (0, 1)
    found, (y, after) = jax.grad(loss, argnums=by, has_aux=True)([v.value for v in learnt], x)
    gradients, dx = (found, None) if kind == "embedding" else found
    return {
        "spec": spec,
        "inputShape": shape,
        **({"x": other} if kind == "embedding" else {}),
        **({"contextShape": other} if "context" in also else {}),
        **({"mask": mask} if mask else {}),
        "outputShape": list(y.shape[1:]),
        "training": training,
        "tolerance": 1e-6 if kind.endswith("Normalization") or "activation" in spec else 1e-10,
        "seeds": seeds,
        "state": state,
        "y": numbers(y),
        **({} if dx is None else {"dx": numbers(dx)}),
        "gradients": {name_of(v): numbers(value) for v, value in zip(learnt, gradients)},
        "after": {name_of(v): numbers(value) for v, value in zip(others, after) if is_kept(v)},
    }


print(json.dumps([run(*case) for case in CASES], indent=2))
