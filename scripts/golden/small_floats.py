"""Numbers as float16 and bfloat16, as lib/src/formats/small-float.test.ts holds them. Needs numpy and ml_dtypes.

    python3 scripts/golden/small_floats.py > lib/src/formats/golden/small-floats.json
"""

import json

import ml_dtypes
import numpy as np

rng = np.random.default_rng(11)
# float64 for float16: ordinary, subnormal, near the largest, and a little beside halfway.
wide = np.concatenate([
    rng.normal(size=40), rng.normal(size=40) * 2.0 ** rng.integers(-30, 17, 40),
    rng.integers(0, 64, 20) * 2.0**-25, 65504 + np.array([0, 15.999, 16, 17, 1e300]),
    1 + 2.0**-11 * np.array([1, 3, 1 + 2.0**-40, 1 - 2.0**-40, 5]), [0.0, -0.0, 1e-300, 5e-324],
])
# float32 for bfloat16, whose rounding from float32 ml_dtypes does in one step.
narrow = np.concatenate([
    rng.normal(size=40), rng.normal(size=40) * 2.0 ** rng.integers(-140, 127, 40),
    [3.3895313892515355e38, 3.4028234663852886e38, 1e-45, 1e-40, 1 + 2.0**-8, 1 + 3 * 2.0**-8, 0.0, -0.0],
]).astype(np.float32)
with np.errstate(over="ignore"):
    half = wide.astype(np.float16).view(np.uint16)
    brain = narrow.astype(ml_dtypes.bfloat16).view(np.uint16)
print(json.dumps({
    "half": [["-0" if np.signbit(x) and x == 0 else float(x), int(bits)] for x, bits in zip(wide, half)],
    "brain": [["-0" if np.signbit(x) and x == 0 else float(x), int(bits)] for x, bits in zip(narrow, brain)],
}))
