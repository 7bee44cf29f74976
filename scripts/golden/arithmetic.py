"""Right values of erf and mod, as lib/src/ops/special.test.ts holds them. Needs mpmath.

    python3 scripts/golden/arithmetic.py
"""

import math
import struct
from fractions import Fraction

import mpmath

mpmath.mp.dps = 40


def single(x):
    """The float32 number next to x, as Math.fround gives it."""
    return struct.unpack("f", struct.pack("f", x))[0]


def mod(a, b):
    """Exact remainder of the sign of b, rounded once. Of finite numbers only."""
    remainder = Fraction(a) - Fraction(b) * math.floor(Fraction(a) / Fraction(b))
    return math.copysign(float(remainder), b)


print("erf")
for x in [1e-300, 1e-8, 0.1, 0.5, 0.84375, 0.9, 1, 1.0780494213104248, 1.25, 1.5, 2, 2.4999, 2.5,
          2.857142857142857, 3, single(3.2696676), 4, 5, 5.9]:
    print(f"  [{x!r}, {float(mpmath.erf(mpmath.mpf(x)))!r}],")

print("mod")
for a, b in [(1e10, 3), (1e6, 0.1), (1e6, single(0.1)), (1e17, 3), (-1e17, 3), (1e17, -3), (5.5, -2),
             (-5.5, 2), (42644.14453125, 0.07130448520183563), (1e300, 7e-300), (-1e300, 7e-300),
             (5e-324, 3), (-5e-324, 3), (6, 3), (-6, 3), (6, -3), (1.7976931348623157e308, 5e-324)]:
    print(f"  [{a!r}, {b!r}, {mod(a, b)!r}],")
