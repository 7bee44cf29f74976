"""Right values of functions on tensors, as lib/src/tensor/golden.test.ts holds them. Needs numpy and mpmath.

    python3 scripts/golden/tensor_functions.py > lib/src/tensor/golden/numpy.json
"""

import json
import math

import mpmath
import numpy as np

mpmath.mp.dps = 50
NAN, INF = float("nan"), float("inf")


def element(x):
    if isinstance(x, (bool, np.bool_)):
        return int(x)
    if isinstance(x, (int, np.integer)):
        return int(x)
    x = float(x)
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "Infinity" if x > 0 else "-Infinity"
    return "-0" if x == 0 and math.copysign(1, x) < 0 else x


def tensor(x, dtype=None):
    x = np.asarray(x, dtype=dtype)
    name = {"int64": "int32", "uint64": "int32"}.get(x.dtype.name, x.dtype.name)
    return {"dtype": name, "shape": list(x.shape), "data": [element(v) for v in x.ravel()]}


def plain(x):
    return tensor(x) if isinstance(x, np.ndarray) else x


cases = []


def case(call, inputs, result):
    """`call` of the inputs, tensors or plain values; the result a tensor or a list of them."""
    results = list(result) if isinstance(result, (list, tuple)) else [result]
    cases.append({"call": call, "inputs": [plain(x) for x in inputs],
                  "results": [tensor(r) for r in results]})


rng = np.random.default_rng(7)
a = rng.normal(size=(3, 4))
cube = rng.normal(size=(2, 3, 4))
i32 = rng.integers(-9, 9, size=(3, 5)).astype(np.int32)
special = np.array([0.0, -0.0, 1.0, -1.0, NAN, INF, -INF, 1e308, 5e-324])

# closeness
case("isFinite", [special], np.isfinite(special))
case("isInf", [special], np.isinf(special))
b = np.array([1e-9, 0.0, 1.0 + 1e-5, -1.0, NAN, INF, INF, 1.00001e308, 0.0])
case("isClose", [special, b], np.isclose(special, b))
case("isClose", [special, b, {"equalNan": True}], np.isclose(special, b, equal_nan=True))
case("isClose", [special, b, {"relative": 0, "absolute": 0}], np.isclose(special, b, rtol=0, atol=0))
case("allClose", [a, a + 1e-9], np.array(np.allclose(a, a + 1e-9)))
case("allClose", [a, a + 1e-3], np.array(np.allclose(a, a + 1e-3)))

# triangles and diagonals
for k in [-4, -1, 0, 2, 5]:
    for x in [cube, i32, np.zeros((0, 3)), np.zeros((3, 0))]:
        case("tril", [x, k], np.tril(x, k))
        case("triu", [x, k], np.triu(x, k))
        case("trace", [x, k], np.trace(x, k, -2, -1))
        case("diagonal", [x, k], np.diagonal(x, k, -2, -1))
    case("diag", [a[0], k], np.diag(a[0], k))
    case("diag", [a, k], np.diag(a, k))

# rearranging
for shift, axis in [(1, None), (-5, None), (2, 0), (-1, 1), (7, -1), ([1, 2], [0, 1]), (1, [0, 1])]:
    case("roll", [a, shift] if axis is None else [a, shift, axis], np.roll(a, shift, axis))
case("roll", [np.zeros((0, 2)), 3, 0], np.zeros((0, 2)))
for counts, axis in [(2, None), (3, 0), (0, 1), ([1, 0, 2], 0), ([2, 0, 1, 3], -1)]:
    case("repeat", [a, counts] if axis is None else [a, counts, axis], np.repeat(a, counts, axis))
x, y, z = np.arange(3.0), np.arange(2.0), np.arange(4.0)
for indexing in ["xy", "ij"]:
    for vectors in [[x], [x, y], [x, y, z]]:
        case("meshgrid", [[tensor(v) for v in vectors], indexing], np.meshgrid(*vectors, indexing=indexing))
for axis in [0, 1, -1]:
    case("cumprod", [a, axis], np.cumprod(a, axis))
    case("cumprod", [i32, axis], np.cumprod(i32, axis, dtype=np.int32))
    for n in [0, 1, 2, 3, 4]:
        case("diff", [i32, n, axis], np.diff(i32, n, axis))
case("cumprod", [np.array([2.0, 0.0, NAN, 1.0])], np.cumprod([2.0, 0.0, NAN, 1.0]))
case("diff", [np.array([True, False, False, True])], np.diff([True, False, False, True]))

# quantiles
METHODS = {"linear": "linear", "lower": "lower", "higher": "higher", "nearest": "nearest",
           "midpoint": "midpoint", "invertedCdf": "inverted_cdf",
           "interpolatedInvertedCdf": "interpolated_inverted_cdf", "hazen": "hazen",
           "weibull": "weibull", "medianUnbiased": "median_unbiased", "normalUnbiased": "normal_unbiased"}
odd = rng.normal(size=(2, 7))
for name, method in METHODS.items():
    for q in [0.0, 0.1, 0.25, 0.5, 0.61803, 0.9, 1.0]:
        for x in [odd, a]:
            case("quantile", [x, q, 1, {"method": name}], np.quantile(x, q, 1, method=method))
case("quantile", [a, [0.25, 0.75], 0], np.quantile(a, [0.25, 0.75], 0))
case("quantile", [cube, 0.3, [0, 2], {"keepDims": True}], np.quantile(cube, 0.3, (0, 2), keepdims=True))
case("quantile", [np.array([1.0, NAN, 3.0]), 0.5], np.array(NAN))
for x, axes in [(a, 0), (a, 1), (odd, -1), (cube, [0, 2])]:
    case("median", [x, axes], np.median(x, tuple(axes) if isinstance(axes, list) else axes))
case("median", [a], np.median(a))
case("median", [np.array([INF, INF, 1.0, INF])], np.array(INF))
case("median", [np.array([-INF, 1.0, 2.0, INF])], np.array(1.5))

# counting
for x in [np.array([3, 1, 1, 7, 3, 3], np.int32), np.array([[2.5, 0], [0, NAN]]),
          np.array([NAN, 1.0, NAN]), np.array([], np.int32), np.array(5.0), np.array([True, False, True]),
          np.array([2, 255, 2], np.uint8)]:
    v, i, inverse, n = np.unique(x, return_index=True, return_inverse=True, return_counts=True)
    case("unique", [x], (v, i, inverse.reshape(x.shape), n))
for x in [np.array([[0, 2, 0], [1, 0, NAN]]), np.array([False, True]), np.zeros((0, 2)), cube > 0,
          np.zeros(4, np.int32)]:
    case("nonzero", [x], np.nonzero(x))
w = np.array([0.5, 1.0, -2.0, 0.25, 4.0])
k = np.array([1, 0, 3, 1, 1], np.int32)
case("bincount", [k], np.bincount(k))
case("bincount", [k, {"length": 6}], np.bincount(k, minlength=6))
case("bincount", [k, {"weights": tensor(w)}], np.bincount(k, w))
case("bincount", [np.array([], np.int32)], np.bincount(np.array([], int)))
h = np.concatenate([rng.normal(size=200), [NAN, 3.0, -3.0]])
finite = h[~np.isnan(h)]
case("histogram", [finite], np.histogram(finite))
case("histogram", [finite, 7], np.histogram(finite, 7))
case("histogram", [h, 6, {"range": [-3, 3]}], np.histogram(h, 6, (-3, 3)))
case("histogram", [h, [-3, -1, 0, 0.5, 3]], np.histogram(h, [-3, -1, 0, 0.5, 3]))
case("histogram", [h, 5, {"range": [-2, 2], "density": True}], np.histogram(h, 5, (-2, 2), density=True))
case("histogram", [h, 5, {"range": [-2, 2], "weights": tensor(np.where(np.isnan(h), 1, h))}],
     np.histogram(h, 5, (-2, 2), weights=np.where(np.isnan(h), 1, h)))
case("histogram", [np.array([2.0, 2.0])], np.histogram([2.0, 2.0]))
case("histogram", [np.array([])], np.histogram([]))
s = np.array([-1.0, 0.0, 0.0, 2.0, INF, NAN])
v = np.array([-5.0, -1.0, 0.0, -0.0, 1.0, 2.0, INF, NAN, -INF])
for side in ["left", "right"]:
    for n in [0, 1, 2, 3, 5, 6]:
        case("searchSorted", [s[:n], v, side], np.searchsorted(s[:n], v, side))

# updates
for places, v in [(1, 5.0), (-1, np.array([1.0, 2.0, 3.0, 4.0])), (np.array([0, 2, 0], np.int32), 7.0)]:
    for name, change in [("setAt", None), ("addAt", np.add), ("maxAt", np.maximum), ("minAt", np.minimum)]:
        x = a.copy()
        if change is None:
            x[places] = v
        else:
            change.at(x, places, v)
        case(name, [a, plain(places), v], x)
rows, values = np.array([3, 1, 3, 3, 0], np.int32), np.array([1.0, NAN, 5.0, 2.0, -1.0])
for name, change in [("setAt", None), ("addAt", np.add), ("maxAt", np.maximum), ("minAt", np.minimum)]:
    x = np.zeros(6)
    if change is None:
        x[rows] = values
    else:
        change.at(x, rows, values)
    case(name, [np.zeros(6), rows, values], x)
x = cube.copy()
x[:, 1:, ::-2] = 9
case("setAt", [cube, [":", "1:", "::-2"], 9.0], x)
x = a.copy()
x[a > 0] = 0
case("setAt", [a, a > 0, 0.0], x)
x = a.copy()
x[np.array([0, 1, 2]), np.array([3, 3, 0])] = [1, 2, 3]
case("setAt", [a, [tensor(np.array([0, 1, 2], np.int32)), tensor(np.array([3, 3, 0], np.int32))],
               np.array([1.0, 2.0, 3.0])], x)

# norms, of all that lies along the axes as one vector
for order in [1, 2, "Infinity", "-Infinity", "fro"]:
    o = {"Infinity": np.inf, "-Infinity": -np.inf, "fro": 2}.get(order, order)
    case("norm", [a, order], np.array(np.linalg.norm(a.ravel(), o)))
    for axis in [0, -1]:
        case("norm", [a, order, axis], np.linalg.norm(a, o, axis))
case("norm", [a, "fro", [0, 1], True], np.linalg.norm(a, "fro", (0, 1), keepdims=True))

# elementary functions: the nearest float64 to what 50 digits give
POINTS = [1e-300, 1e-8, 0.1, 0.3, 0.5, 0.7071067811865476, 0.9, 0.999, 1.0, 1.0000001, 1.5, 2.0, 3.0, 5.5,
          8.0, 10.0, 20.0, 100.0, 700.0, 1000.0, 1e10, 1e100, 1e300]
LIMITS = {"tan": 1e6, "asin": 1, "acos": 1, "sinh": 700, "cosh": 700, "atanh": 0.9999}
elementary = {}
for name in ["tan", "asin", "acos", "atan", "sinh", "cosh", "asinh", "acosh", "atanh", "log2", "log10"]:
    base = {"log2": 2, "log10": 10}.get(name)
    f = (lambda x: mpmath.log(x) / mpmath.log(base)) if base else getattr(mpmath, name)
    xs = [x for x in POINTS if x <= LIMITS.get(name, INF) and (name != "acosh" or x >= 1)]
    if base is None and name != "acosh":
        xs += [-x for x in xs]
    elementary[name] = [[x, float(f(mpmath.mpf(x)))] for x in xs]
pairs = [(y, x) for y in [-3.0, -1e-300, 0.5, 1.0, 1e300] for x in [-1e300, -2.0, 1e-8, 1.0, 7.0]]
elementary["atan2"] = [[y, x, float(mpmath.atan2(mpmath.mpf(y), mpmath.mpf(x)))] for y, x in pairs]

rows = ",\n".join(json.dumps(c) for c in cases)
print(f'{{"cases": [\n{rows}\n],\n"elementary": {json.dumps(elementary)}}}')
