"""Prints what Keras's preprocessing layers give, as JSON: measured numbers, buckets, ones, counts of words.

Run: python3 scripts/golden/keras_preprocessing.py > lib/src/data/tables/golden/keras.json && npm run format
Needs keras and tensorflow-cpu, whose strings StringLookup and TextVectorization read.
"""

import json
import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy
from keras import layers

keras.backend.set_floatx("float64")
keras.config.set_dtype_policy("float64")


def numbers(array):
    return [float(f"{x:.9g}") for x in numpy.asarray(array, dtype="float64").ravel()]


data = numpy.array([[0.5, -3.0, 7.0], [2.5, 10.0, 7.0], [-1.5, 4.0, 7.0], [9.0, 1.0, 7.0]])

normalization = layers.Normalization()
normalization.adapt(data)

discretization = layers.Discretization(bin_boundaries=[-1.5, 0.25, 4.0])

tokens = numpy.array([[0, 2, 2], [3, 1, 0]])
encodings = {
    name: numbers(layers.CategoryEncoding(4, output_mode=mode)(tokens))
    for name, mode in [("multiHot", "multi_hot"), ("count", "count")]
}
one_hot = layers.CategoryEncoding(4, output_mode="one_hot")

values = ["red", "blue", "red", "green", "blue", "red"]
lookup = layers.StringLookup()
lookup.adapt(values)
asked = ["green", "purple", "red", "blue"]

texts = [
    "The cat sat on the mat.",
    "A cat, a CAT & a dog's bone!",
    "on the mat: the dog",
]
words = layers.TextVectorization(output_mode="count")
words.adapt(texts)

print(
    json.dumps(
        {
            "data": data.tolist(),
            "normalization": {
                "mean": numbers(normalization.mean),
                "variance": numbers(normalization.variance),
                "y": numbers(normalization(data)),
            },
            "discretization": {
                "boundaries": [-1.5, 0.25, 4.0],
                "y": numbers(discretization(data)),
            },
            "tokens": tokens.tolist(),
            "encodings": {
                **encodings,
                "oneHot": numbers(one_hot(tokens)),
                "oneHotOfOne": numbers(one_hot(tokens[:, :1])),
            },
            "values": values,
            "asked": asked,
            "lookup": {
                # Its first is what stands for the unknown.
                "vocabulary": [str(v) for v in lookup.get_vocabulary()[1:]],
                "y": numbers(lookup(asked)),
            },
            "texts": texts,
            "words": {
                "vocabulary": [str(v) for v in words.get_vocabulary()[1:]],
                "y": numbers(numpy.asarray(words(texts))[:, 1:]),
            },
        }
    )
)
