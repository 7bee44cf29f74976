"""Prints what Keras's convolutions, pools, enlargements and borders give, as JSON: outputs and gradients.

Run: python3 scripts/golden/keras_window_layers.py > lib/src/nn/layers/golden/keras-windows.json && npm run format
Needs keras and jax. All is in double precision. Inputs, parameters and the gradient that comes in are
formulas (see `sample`); a depthwise kernel [..., channels, multiplier] holds its numbers in the order of ours.
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


class Shuffle(keras.Layer):
    """TensorFlow's depth_to_space."""

    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def call(self, x):
        n, h, w, c = x.shape
        f = self.factor
        apart = x.reshape(n, h, w, f, f, c // f**2)
        return apart.transpose(0, 1, 3, 2, 4, 5).reshape(n, h * f, w * f, c // f**2)


class Resize(keras.Layer):
    """A straight line between two middles, along all axes but the outermost."""

    def __init__(self, size, axes):
        super().__init__()
        self.sizes = [size] * axes if isinstance(size, int) else size

    def call(self, x):
        shape = [n * by for n, by in zip(x.shape[1:-1], self.sizes)]
        return jax.image.resize(x, (x.shape[0], *shape, x.shape[-1]), "linear")


LAYERS = {
    "conv3d": keras.layers.Conv3D,
    "depthwiseConv1d": keras.layers.DepthwiseConv1D,
    "depthwiseConv2d": keras.layers.DepthwiseConv2D,
    "separableConv1d": keras.layers.SeparableConv1D,
    "separableConv2d": keras.layers.SeparableConv2D,
    "maxPool1d": keras.layers.MaxPooling1D,
    "maxPool2d": keras.layers.MaxPooling2D,
    "maxPool3d": keras.layers.MaxPooling3D,
    "avgPool1d": keras.layers.AveragePooling1D,
    "avgPool3d": keras.layers.AveragePooling3D,
    "upsampling1d": keras.layers.UpSampling1D,
    "upsampling2d": keras.layers.UpSampling2D,
    "upsampling3d": keras.layers.UpSampling3D,
    "zeroPadding1d": keras.layers.ZeroPadding1D,
    "zeroPadding2d": keras.layers.ZeroPadding2D,
    "zeroPadding3d": keras.layers.ZeroPadding3D,
    "cropping1d": keras.layers.Cropping1D,
    "cropping2d": keras.layers.Cropping2D,
    "cropping3d": keras.layers.Cropping3D,
    "pixelShuffle": Shuffle,
}

# Our names of options and of parameters, and Keras's.
OPTIONS = {
    "kernelSize": "kernel_size",
    "multiplier": "depth_multiplier",
    "dilation": "dilation_rate",
    "poolSize": "pool_size",
    "bias": "use_bias",
}
SEPARABLE = {"depthwise_kernel": "depthwise/w", "pointwise_kernel": "pointwise/w", "bias": "pointwise/b"}
PLAIN = {"kernel": "w", "bias": "b"}

# [specification of the layer, shape of an example]
CASES = [
    [{"kind": "conv3d", "filters": 2, "kernelSize": 2}, [3, 2, 3, 2]],
    [{"kind": "conv3d", "filters": 3, "kernelSize": [3, 1, 2], "strides": 2, "padding": "same"}, [4, 3, 3, 1]],
    [{"kind": "conv3d", "filters": 2, "kernelSize": [2, 2, 1], "dilation": [2, 1, 1], "bias": False}, [4, 2, 2, 2]],
    [{"kind": "depthwiseConv1d", "kernelSize": 3, "multiplier": 2}, [5, 2]],
    [{"kind": "depthwiseConv1d", "kernelSize": 2, "padding": "same", "bias": False}, [4, 3]],
    [{"kind": "depthwiseConv2d", "kernelSize": [2, 3], "multiplier": 2}, [4, 4, 3]],
    [{"kind": "depthwiseConv2d", "kernelSize": 3, "strides": 2, "padding": "same"}, [5, 4, 5]],
    [{"kind": "separableConv1d", "filters": 3, "kernelSize": 2, "multiplier": 2}, [5, 2]],
    [{"kind": "separableConv1d", "filters": 2, "kernelSize": 2, "dilation": 2}, [4, 3]],
    [{"kind": "separableConv2d", "filters": 4, "kernelSize": [3, 2], "multiplier": 2}, [4, 3, 2]],
    [{"kind": "separableConv2d", "filters": 2, "kernelSize": 3, "strides": 2, "padding": "same", "bias": False}, [5, 4, 3]],
    [{"kind": "maxPool1d", "poolSize": 2}, [5, 3]],
    [{"kind": "maxPool1d", "poolSize": 3, "strides": 2, "padding": "same"}, [6, 2]],
    [{"kind": "avgPool1d", "poolSize": 3, "strides": 2, "padding": "same"}, [6, 2]],
    [{"kind": "avgPool1d", "poolSize": 2}, [5, 3]],
    [{"kind": "maxPool3d", "poolSize": 2}, [3, 4, 4, 2]],
    [{"kind": "maxPool3d", "poolSize": [3, 2, 1], "strides": [2, 1, 1], "padding": "same"}, [4, 3, 2, 2]],
    [{"kind": "avgPool3d", "poolSize": [2, 1, 2], "strides": 1}, [3, 2, 3, 2]],
    [{"kind": "avgPool3d", "poolSize": 3, "strides": 2, "padding": "same"}, [4, 3, 5, 1]],
    [{"kind": "upsampling1d", "size": 3}, [3, 2]],
    [{"kind": "upsampling1d", "size": 2, "interpolation": "linear"}, [3, 2]],
    [{"kind": "upsampling2d", "size": [2, 3]}, [2, 3, 2]],
    [{"kind": "upsampling2d", "size": 2, "interpolation": "bilinear"}, [3, 2, 2]],
    [{"kind": "upsampling2d", "size": [1, 3], "interpolation": "bilinear"}, [2, 3, 1]],
    [{"kind": "upsampling3d", "size": [2, 1, 3]}, [2, 3, 2, 2]],
    [{"kind": "upsampling3d", "size": 2, "interpolation": "linear"}, [2, 1, 3, 1]],
    [{"kind": "zeroPadding1d", "padding": [1, 2]}, [3, 2]],
    [{"kind": "zeroPadding2d", "padding": [1, 2]}, [2, 3, 2]],
    [{"kind": "zeroPadding2d", "padding": [[1, 0], [0, 2]]}, [2, 3, 2]],
    [{"kind": "zeroPadding3d", "padding": [1, 0, 2]}, [2, 1, 2, 2]],
    [{"kind": "cropping1d", "cropping": [1, 2]}, [5, 2]],
    [{"kind": "cropping2d", "cropping": [1, 2]}, [4, 6, 2]],
    [{"kind": "cropping2d", "cropping": [[1, 0], [0, 2]]}, [3, 4, 1]],
    [{"kind": "cropping3d", "cropping": [[0, 1], [1, 1], [1, 0]]}, [3, 4, 2, 2]],
    [{"kind": "pixelShuffle", "factor": 2}, [2, 3, 8]],
]


def make(spec):
    options = {OPTIONS.get(name, name): value for name, value in spec.items() if name != "kind"}
    if spec.get("interpolation") == "linear":
        return Resize(spec["size"], int(spec["kind"][-2]))
    size = options.get("size")
    if isinstance(size, list):
        options["size"] = tuple(size)
    return LAYERS[spec["kind"]](**options)


def run(spec, shape):
    layer = make(spec)
    layer.build((BATCH, *shape))
    names = SEPARABLE if "separable" in spec["kind"] else PLAIN
    learnt = layer.trainable_variables
    name_of = lambda variable: names[variable.path.split("/")[-1]]
    seeds = {name_of(variable): 2 + i for i, variable in enumerate(learnt)}
    for variable in learnt:
        variable.assign(sample(variable.shape, seeds[name_of(variable)]))
    x = sample([BATCH, *shape], 1)

    def loss(params, x):
        y, _ = layer.stateless_call(params, [], x)
        return (y * sample(y.shape, 9)).sum(), y

    (gradients, dx), y = jax.grad(loss, argnums=(0, 1), has_aux=True)([v.value for v in learnt], x)
    return {
        "spec": spec,
        "inputShape": shape,
        "outputShape": list(y.shape[1:]),
        "seeds": seeds,
        "y": numbers(y),
        "dx": numbers(dx),
        "gradients": {name_of(v): numbers(value) for v, value in zip(learnt, gradients)},
    }


print(json.dumps([run(*case) for case in CASES], indent=2))
