"""Loads the files that keras-check.mjs wrote, and compares what Keras predicts with the outputs that it expects."""

import base64
import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras
import numpy as np

BOUND = 1e-5


def array(field):
    flat = np.frombuffer(base64.b64decode(field["data"]), dtype=field["dtype"])
    return flat.reshape(field["shape"])


def main(path):
    worst, wrong = 0.0, 0
    with open(path, encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    for case in cases:
        keras.utils.clear_session()
        what = f'{case["name"]} {os.path.splitext(case["file"])[1]}'
        try:
            model = keras.models.load_model(case["file"])
            inputs = [array(field) for field in case["inputs"]]
            found = np.asarray(model(inputs[0] if len(inputs) == 1 else inputs, training=False))
            expected = array(case["outputs"])
            error = float(np.max(np.abs(found - expected) / np.maximum(1, np.abs(expected)))) if found.shape == expected.shape else np.inf
        except Exception as problem:  # noqa: BLE001
            print(f"{what}: {type(problem).__name__}: {str(problem)[:600]}")
            wrong += 1
            continue
        worst = max(worst, error) if np.isfinite(error) else worst
        if not error <= BOUND:
            print(f"{what}: differs by {error:.3g}")
            wrong += 1
    print(f"{len(cases)} files, {wrong} wrong; the largest difference of the others {worst:.2g}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(sys.argv[1])
