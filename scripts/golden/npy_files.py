"""Files of numpy.save(), as lib/src/formats/npy.test.ts reads them: python scripts/golden/npy_files.py"""
import base64
import io
import json
import pathlib

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]


def saved(array, version=None):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version=version)
    return base64.b64encode(out.getvalue()).decode()


base = np.arange(24).reshape(2, 3, 4)
cases = []
for name in ["b1", "u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8"]:
    array = (base % 2).astype(bool) if name == "b1" else base.astype(name)
    if name[0] in "if":
        array = (array - 11).astype(name)
    if name[0] == "f":
        array = (array / 4).astype(name)
    for order in "<>":
        kind = array.astype(array.dtype.newbyteorder(order))
        cases.append({"name": f"{order}{name}", "values": array.astype(float).ravel().tolist(),
                      "shape": list(array.shape), "file": saved(kind)})
fortran = np.asfortranarray(base.astype("<f4"))
cases.append({"name": "fortran", "values": base.astype(float).ravel().tolist(), "shape": [2, 3, 4], "file": saved(fortran)})
cases.append({"name": "scalar", "values": [7.5], "shape": [], "file": saved(np.array(7.5))})
cases.append({"name": "empty", "values": [], "shape": [0, 3], "file": saved(np.zeros((0, 3), "f4"))})
for version in [(2, 0), (3, 0)]:
    cases.append({"name": f"version {version[0]}", "values": [1, 2], "shape": [2],
                  "file": saved(np.array([1, 2], "f8"), version)})
refused = [
    {"name": "objects", "file": saved(np.array([{"a": 1}], dtype=object)), "says": "Python objects, pickled"},
    {"name": "texts", "file": saved(np.array(["a", "bc"])), "says": "holds texts"},
    {"name": "records", "file": saved(np.zeros(2, [("a", "f4"), ("b", "i4")])), "says": "holds records"},
    {"name": "complex", "file": saved(np.zeros(2, "c8")), "says": 'unknown element type "<c8"'},
    {"name": "large", "file": saved(np.array([2**40])), "says": "1099511627776 beyond what int32 holds"},
    {"name": "larger", "file": saved(np.array([2**63 + 1], "u8")), "says": "a number beyond what int32 holds"},
]
written = {"float32": saved(np.array([[1.5, -2.25], [0, 3]], "f4")), "uint8": saved(np.array([1, 2, 255], "u1")),
           "int32": saved(np.array(-5, "i4")), "bool": saved(np.array([True, False])), "float64": saved(np.zeros((0, 2)))}
path = ROOT / "lib/src/formats/golden/npy.json"
path.write_text(json.dumps({"cases": cases, "refused": refused, "written": written}) + "\n")
