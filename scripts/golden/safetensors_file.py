"""Prints a safetensors file that the reference implementation writes, as JSON with base64.

Run: python3 scripts/golden/safetensors_file.py > lib/src/formats/golden/safetensors.json
Needs numpy and safetensors.
"""

import base64
import json

import numpy
import safetensors.numpy

tensors = {
    "mask": numpy.array([True, False, True]),
    "weights": numpy.array([[1.5, -2, 3], [0.1, -0.0, 1e-40]], numpy.float32),
    "bias": numpy.array([0.1, -7.25]),
    "scalar": numpy.array(3.5),
    "steps": numpy.array([[-2147483648], [2147483647]], numpy.int32),
    "pixels": numpy.array([0, 255], numpy.uint8),
    "empty": numpy.zeros((0, 2), numpy.float32),
    "größe": numpy.array([1], numpy.int32),
}
file = safetensors.numpy.save(tensors, {"made by": "reference"})
print(json.dumps({"base64": base64.b64encode(file).decode()}, indent=2))
