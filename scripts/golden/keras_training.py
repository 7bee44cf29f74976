"""Prints what Keras makes of weights, masks and several outputs: losses and weights after a step, as JSON.

Run: KERAS_BACKEND=jax python3 scripts/golden/keras_training.py > lib/src/train/golden/keras.json && npm run format
Needs keras and jax. All is in double precision. Inputs and parameters are formulas (see `sample`), so that
the file holds results only.
"""

import json
import math

import jax

jax.config.update("jax_enable_x64", True)

import keras
import numpy

keras.backend.set_floatx("float64")


def sample(shape, seed):
    """Numbers from -1 to 1 that no two places share: sin(1 + 0.7 i + seed)."""
    size = math.prod(shape)
    return numpy.sin(1 + 0.7 * numpy.arange(size) + seed).reshape(shape)


def filled(model):
    model.set_weights([sample(w.shape, 3 + i) for i, w in enumerate(model.get_weights())])
    return model


def classifier(loss="sparse_categorical_crossentropy", **options):
    model = keras.Sequential([keras.Input([2]), keras.layers.Dense(3, activation="softmax")])
    model.compile(loss=loss, optimizer=keras.optimizers.SGD(0.5), **options)
    return filled(model)


def flat(model):
    return [float(x) for w in model.get_weights() for x in w.ravel()]


X = sample([5, 2], 0)
LABELS = numpy.array([0, 2, 1, 2, 0])
WEIGHTS = numpy.array([1.0, 0.0, 2.0, 0.5, 3.0])
CLASSES = {0: 0.5, 1: 2.0, 2: 1.5}
STEPS = sample([3, 4, 2], 1)
STEP_LABELS = numpy.array([[0, 1, 2, 0], [1, 1, 0, 2], [2, 0, 1, 0]])
LENGTHS = [4, 2, 1]

out = {}


def weighted(name, **how):
    model = classifier()
    batch = {k: v for k, v in how.items() if k == "sample_weight"}
    out[name + "Loss"] = float(model.evaluate(X, LABELS, verbose=0, **batch))
    loss = model.train_on_batch(X, LABELS, **how)
    out[name + "Trained"] = float(loss[0] if isinstance(loss, (list, tuple)) else loss)
    out[name + "Weights"] = flat(model)


weighted("sample", sample_weight=WEIGHTS)
weighted("class", class_weight=CLASSES)

# A weight at every step of a sequence, and steps that are masked.
model = filled(keras.Sequential([keras.Input([4, 2]), keras.layers.Dense(3, activation="softmax")]))
model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.SGD(0.5))
w = 1 + sample([3, 4], 2)
out["stepsLoss"] = float(model.evaluate(STEPS, STEP_LABELS, sample_weight=w, verbose=0))
model.train_on_batch(STEPS, STEP_LABELS, sample_weight=w)
out["stepsWeights"] = flat(model)

masked = STEPS.copy()
for row, length in enumerate(LENGTHS):
    masked[row, length:] = 7
model = filled(
    keras.Sequential(
        [keras.Input([4, 2]), keras.layers.Masking(7.0), keras.layers.Dense(3, activation="softmax")]
    )
)
model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.SGD(0.5), metrics=["accuracy"])
out["maskLoss"], out["maskAccuracy"] = [float(x) for x in model.evaluate(masked, STEP_LABELS, verbose=0)]
model.train_on_batch(masked, STEP_LABELS)
out["maskWeights"] = flat(model)

# Two outputs.
place = keras.Input([2])
ends = [
    keras.layers.Dense(3, activation="softmax", name="kind")(place),
    keras.layers.Dense(1, name="size")(place),
]
model = filled(keras.Model(place, ends))
model.compile(
    loss=["sparse_categorical_crossentropy", "mse"],
    loss_weights=[0.25, 3.0],
    optimizer=keras.optimizers.SGD(0.1),
    metrics=[["accuracy"], ["mae"]],
)
SIZES = sample([5, 1], 9)
figures = model.evaluate(X, [LABELS, SIZES], verbose=0, return_dict=True)
out["two"] = {name: float(value) for name, value in figures.items()}
model.train_on_batch(X, [LABELS, SIZES])
out["twoWeights"] = flat(model)

# Label smoothing.
a = numpy.abs(sample([4, 3], 4)) + 0.1
a = a / a.sum(1, keepdims=True)
y = numpy.eye(3)[[0, 2, 1, 1]]
smooth = keras.losses.CategoricalCrossentropy(label_smoothing=0.1, reduction="none")
out["smoothCategorical"] = [float(x) for x in smooth(y, a)]
smooth = keras.losses.CategoricalCrossentropy(label_smoothing=0.1, reduction="none", from_logits=True)
out["smoothLogits"] = [float(x) for x in smooth(y, sample([4, 3], 4))]
smooth = keras.losses.BinaryCrossentropy(label_smoothing=0.2, reduction="none")
out["smoothBinary"] = [float(x) for x in smooth(y, a)]

# Constraints of weights, as after an update.
v = sample([4, 3], 5) * 2
out["maxNorm"] = numpy.asarray(keras.constraints.MaxNorm(1.5, axis=0)(v)).ravel().tolist()
out["unitNorm"] = numpy.asarray(keras.constraints.UnitNorm(axis=0)(v)).ravel().tolist()
out["nonNeg"] = numpy.asarray(keras.constraints.NonNeg()(v)).ravel().tolist()

# A penalty of activations.
model = keras.Sequential(
    [
        keras.Input([2]),
        keras.layers.Dense(
            3, activation="tanh", activity_regularizer=keras.regularizers.L1L2(l1=0.01, l2=0.1)
        ),
        keras.layers.Dense(1),
    ]
)
filled(model)
model.compile(loss="mse", optimizer=keras.optimizers.SGD(0.5))
model.train_on_batch(X, SIZES)
out["activityWeights"] = flat(model)

model = keras.Sequential(
    [keras.Input([2]), keras.layers.Dense(3, kernel_regularizer=keras.regularizers.L1L2(l1=0.01, l2=0.1))]
)
filled(model)
model.compile(loss="mse", optimizer=keras.optimizers.SGD(0.5))
model.train_on_batch(X, sample([5, 3], 6))
out["elasticWeights"] = flat(model)

print(json.dumps(out, indent=1))
