"""The model of examples/src/from-keras.ts: trained for an epoch, packed, and what it gives of the first two pictures.

Run by hand: pip install keras jax h5py, then
    python scripts/golden/keras_bars.py examples/data/bars.keras
"""

import os
import sys
import zipfile

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras
import numpy as np
from keras import layers as L


def bars(count):
    """Pictures of 6 x 6 with a bright bar of two rows, and which of three it is: the formula of the example."""
    x = np.abs(np.sin(12.9898 * np.arange(count * 36))).reshape(count, 6, 6, 1)
    y = np.arange(count) % 3
    for i in range(count):
        x[i, 2 * y[i] : 2 * y[i] + 2] += 0.3
    return x.astype("float32"), y.astype("int32")


keras.utils.set_random_seed(4)
model = keras.Sequential(
    [
        keras.Input((6, 6, 1)),
        L.Conv2D(3, 3, activation="relu", name="edges"),
        L.BatchNormalization(name="norm"),
        L.Flatten(name="flat"),
        L.Dense(3, activation="softmax", name="which"),
    ],
    name="bars",
)
model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
x, y = bars(90)
model.fit(x, y, epochs=1, batch_size=30, verbose=0)
path = sys.argv[1]
model.save(path)
with zipfile.ZipFile(path) as archive:
    parts = {name: archive.read(name) for name in archive.namelist()}
with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
    for name, content in parts.items():
        archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
print([float(f"{v:.8g}") for v in np.asarray(model(x[:2], training=False)).ravel()])
print(model.evaluate(x, y, verbose=0))
