"""Models of every kind of layer that lib/src/keras has a row for, as Keras 3 saves them, and what they give.

Run by hand: pip install keras jax h5py, then
    KERAS_BACKEND=jax python scripts/golden/keras_files.py lib/src/keras/golden

Writes NAME.keras.gz and NAME.h5.gz (gzipped: HDF5 is mostly gaps) and outputs.json: the shape of the inputs, whose
numbers are the formula of sample(), and the outputs of each model.
"""

import gzip
import json
import os
import sys
import tempfile

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras
import numpy as np
from keras import layers as L
from keras import regularizers

MOST_DEVIATION = 0.5


def sample(shape, seed, scale=1.0):
    """The same numbers as in the test."""
    size = int(np.prod(shape))
    return (scale * np.floor(1000 * np.sin(12.9898 * np.arange(size) + seed)) / 1024).reshape(shape).astype("float32")


def conv():
    return keras.Sequential(
        [
            keras.Input((8, 8, 2)),
            L.Rescaling(0.5, offset=0.1),
            L.Conv2D(4, 3, activation="relu", kernel_regularizer=regularizers.L2(0.001)),
            L.BatchNormalization(momentum=0.9),
            L.MaxPooling2D(),
            L.DepthwiseConv2D(3, padding="same", depth_multiplier=2, depthwise_regularizer=regularizers.L2(0.001)),
            L.SeparableConv2D(3, 2, padding="same", depth_multiplier=2, depthwise_regularizer=regularizers.L2(0.001)),
            L.Conv2DTranspose(2, 3, strides=2, padding="same", use_bias=False, kernel_regularizer=regularizers.L2(0.001)),
            L.LeakyReLU(),
            L.SpatialDropout2D(0.1),
            L.AveragePooling2D((2, 1)),
            L.Flatten(),
            L.Dropout(0.2),
            L.Dense(5, activation="leaky_relu", kernel_regularizer=regularizers.L2(0.001)),
            L.PReLU(alpha_initializer=keras.initializers.Constant(0.2)),
            L.Dense(3, activation="softmax", kernel_regularizer=regularizers.L2(0.001)),
        ]
    ), {"optimizer": keras.optimizers.Adam(0.002, clipnorm=1.0), "loss": "sparse_categorical_crossentropy", "metrics": ["accuracy"]}


def sequence():
    x = keras.Input((6,), dtype="int32")
    h = L.Embedding(9, 4, mask_zero=True)(x)
    h = L.Bidirectional(L.LSTM(3, return_sequences=True))(h)
    h = L.GRU(4, return_sequences=True)(h)
    h = L.LayerNormalization()(h)
    h = L.GRU(3, reset_after=False, go_backwards=True, recurrent_activation="hard_sigmoid")(h)
    y = L.Dense(1, activation="sigmoid")(h)
    return keras.Model(x, y), {
        "optimizer": keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True),
        "loss": keras.losses.BinaryCrossentropy(label_smoothing=0.1),
        "metrics": [],
    }


def steps():
    return keras.Sequential(
        [
            keras.Input((7, 3)),
            L.Conv1D(4, 3, padding="causal", dilation_rate=2, groups=1, activation="gelu"),
            L.MaxPooling1D(2, strides=1, padding="same"),
            L.DepthwiseConv1D(2, activation="elu"),
            L.SeparableConv1D(4, 2),
            L.ZeroPadding1D((1, 2)),
            L.Cropping1D((0, 1)),
            L.UpSampling1D(2),
            L.GroupNormalization(2),
            L.SimpleRNN(3, return_sequences=True, use_bias=False),
            L.Bidirectional(L.SimpleRNN(2, return_sequences=True), merge_mode="ave"),
            L.TimeDistributed(L.Dense(3, activation="silu")),
            L.RMSNormalization(),
            L.AveragePooling1D(2),
            L.LSTM(2, unit_forget_bias=False, return_sequences=True, recurrent_activation="sigmoid"),
            L.GlobalAveragePooling1D(),
            L.Activation("log_softmax"),
        ]
    ), None


def graph():
    x = keras.Input((6, 8), name="tokens")
    h = L.MultiHeadAttention(2, 3)(x, x, use_causal_mask=True)
    h = L.Add()([x, h])
    h = L.LayerNormalization(epsilon=1e-6)(h)
    side = keras.Sequential([L.Dense(4), L.BatchNormalization(), L.Dense(8, use_bias=False)], name="inner")(h)
    h = L.Average()([h, side])
    h = L.Concatenate()([h, x])
    h = L.Multiply()([h, h])
    h = L.PReLU(shared_axes=[1])(h)
    h = L.GlobalMaxPooling1D()(h)
    return keras.Model(x, L.ELU(alpha=0.7)(L.Dense(3)(h))), None


def volume():
    return keras.Sequential(
        [
            keras.Input((4, 4, 4, 1)),
            L.Conv3D(2, 2),
            L.MaxPooling3D((1, 2, 1), strides=1),
            L.ZeroPadding3D(1),
            L.Cropping3D(((0, 1), (1, 0), (1, 1))),
            L.UpSampling3D((1, 2, 1)),
            L.AveragePooling3D(2),
            L.Reshape((-1, 2)),
            L.Normalization(mean=[0.1, 0.2], variance=[1.5, 0.5]),
            L.Flatten(),
            L.Dense(2, activation="tanh", trainable=False),
        ]
    ), None


def image():
    x = keras.Input((5, 6, 2))
    h = L.ZeroPadding2D(((1, 0), (2, 1)))(x)
    h = L.Cropping2D(((0, 1), (1, 1)))(h)
    h = L.UpSampling2D((2, 1), interpolation="bilinear")(h)
    h = L.Conv2D(4, (2, 3), strides=(2, 1), dilation_rate=1, groups=2, activation="hard_silu")(h)
    h = L.GaussianNoise(0.1)(h)
    h = L.ReLU(max_value=6)(h)
    h = L.GlobalAveragePooling2D()(h)
    return keras.Model(x, L.Softmax()(h)), {"optimizer": "rmsprop", "loss": "mse", "metrics": ["mae"]}


def branches():
    """Layers of one class at different distances from the output: files number them by these."""
    x = keras.Input((4,))
    near = L.Dense(3, name="near")(x)
    far = L.Dense(3, name="far")(L.Dense(3, activation="relu", name="farther")(x))
    h = L.Add()([near, far])
    return keras.Model(x, L.Dense(3, name="last")(L.Add()([h, L.Dense(3, name="side")(h)]))), None


MODELS = {f.__name__: f for f in (conv, sequence, steps, graph, volume, image, branches)}


def inputs_of(model):
    shape = (2, *model.input_shape[1:])
    if model.inputs[0].dtype.startswith("int"):
        return np.array([[3, 1, 8, 0, 0, 0], [2, 5, 4, 7, 1, 6]], "int32")
    return sample(shape, 1)


def main(folder):
    outputs = {}
    for name, make in MODELS.items():
        keras.utils.clear_session()
        model, compiled = make()
        for i, variable in enumerate(model.weights):
            low = 1.0 if "variance" in variable.path else 0.0
            variable.assign(low + sample(variable.shape, i + 2, MOST_DEVIATION) * (0.5 if low else 1.0))
        if compiled:
            model.compile(**compiled)
        x = inputs_of(model)
        y = np.asarray(model(x, training=False))
        outputs[name] = {"inputShape": list(x.shape), "outputShape": list(y.shape), "y": [float(f"{v:.8g}") for v in y.ravel()]}
        for ending in ("keras", "h5"):
            with tempfile.TemporaryDirectory() as place:
                path = os.path.join(place, f"{name}.{ending}")
                model.save(path)
                with open(path, "rb") as file, open(os.path.join(folder, f"{name}.{ending}.gz"), "wb") as out:
                    out.write(gzip.compress(file.read(), mtime=0))
        if name == "conv":
            with tempfile.TemporaryDirectory() as place:
                path = os.path.join(place, "conv.weights.h5")
                model.save_weights(path)
                with open(path, "rb") as file, open(os.path.join(folder, "conv.weights.h5.gz"), "wb") as out:
                    out.write(gzip.compress(file.read(), mtime=0))
    with open(os.path.join(folder, "outputs.json"), "w") as file:
        json.dump(outputs, file)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
