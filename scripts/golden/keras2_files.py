"""Models of TensorFlow 2.15 with its Keras 2, in the .h5 files and .keras files of that time, and what they give.

Run by hand: pip install tensorflow-cpu==2.15.1, then
    python scripts/golden/keras2_files.py lib/src/keras/golden/keras2
"""

import gzip
import json
import os
import sys
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers as L


def conv():
    model = tf.keras.Sequential(
        [
            L.Conv2D(3, 3, activation="relu", input_shape=(8, 8, 2)),
            L.BatchNormalization(),
            L.MaxPooling2D(),
            L.DepthwiseConv2D(2),
            L.SeparableConv2D(3, 2),
            L.Flatten(),
            L.Dense(4, activation="hard_sigmoid"),
            L.LeakyReLU(alpha=0.2),
            L.Dense(2, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def sequence():
    i = tf.keras.Input((6,))
    h = L.Embedding(9, 4, mask_zero=True)(i)
    h = L.Bidirectional(L.LSTM(3, return_sequences=True))(h)
    h = L.GRU(4)(h)
    h = L.Add()([h, L.Dense(4)(h)])
    model = tf.keras.Model(i, L.Dense(1, activation="sigmoid")(h))
    model.compile(tf.keras.optimizers.SGD(0.1), "binary_crossentropy")
    return model


def inputs_of(model):
    if model.input_shape == (None, 6):
        return np.array([[3, 1, 8, 0, 0, 0], [2, 5, 4, 7, 1, 6]], "float32")
    shape = (2, *model.input_shape[1:])
    return (np.floor(1000 * np.sin(12.9898 * np.arange(np.prod(shape)) + 1)) / 1024).reshape(shape).astype("float32")


def written(save, ending, path):
    with tempfile.TemporaryDirectory() as place:
        own = os.path.join(place, f"model{ending}")
        save(own)
        with open(own, "rb") as file, open(path, "wb") as out:
            out.write(gzip.compress(file.read(), mtime=0))


def main(folder):
    os.makedirs(folder, exist_ok=True)
    outputs = {}
    for make in (conv, sequence):
        name = make.__name__
        model = make()
        for i, variable in enumerate(model.variables):
            low = 1.0 if "variance" in variable.name else 0.0
            variable.assign(low + 0.3 * np.sin(i + np.arange(variable.shape.num_elements())).reshape(variable.shape))
        x = inputs_of(model)
        y = model(x).numpy()
        outputs[name] = {"inputShape": list(x.shape), "outputShape": list(y.shape), "y": [float(f"{v:.8g}") for v in y.ravel()]}
        written(model.save, ".h5", os.path.join(folder, f"{name}.h5.gz"))
        written(model.save, ".keras", os.path.join(folder, f"{name}.keras.gz"))
        if name == "conv":
            written(model.save_weights, ".h5", os.path.join(folder, "weights.h5.gz"))
    with open(os.path.join(folder, "outputs.json"), "w") as file:
        json.dump(outputs, file)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
