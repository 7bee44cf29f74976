"""Checks and runs the files that onnx-check.mjs wrote, and compares with the outputs that it expects."""

import base64
import json
import sys

import numpy
import onnx
import onnxruntime

NOT_IMPLEMENTED = "NOT_IMPLEMENTED"


def array(field):
    flat = numpy.frombuffer(base64.b64decode(field["data"]), dtype=field["dtype"])
    return flat.reshape(field["shape"])


def error_of(got, expected):
    """The largest difference, relative to 1 or the number, whichever is larger; infinite where types differ."""
    if got.dtype != expected.dtype or got.shape != expected.shape:
        return numpy.inf
    if expected.size == 0:
        return 0.0
    a, b = (numpy.atleast_1d(x).astype(numpy.float64) for x in (got, expected))
    same = (a == b) | (numpy.isnan(a) & numpy.isnan(b))
    with numpy.errstate(all="ignore"):
        difference = numpy.abs(a - b) / numpy.maximum(1, numpy.abs(b))
    difference[same] = 0
    difference[numpy.isnan(difference)] = numpy.inf
    return float(difference.max())


def main(path):
    counts = {"equal": 0, "within bound": 0, "no kernel": 0, "wrong": 0}
    worst = {}
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            try:
                onnx.checker.check_model(onnx.load(case["file"]), full_check=True)
                session = onnxruntime.InferenceSession(
                    case["file"], options, providers=["CPUExecutionProvider"]
                )
                feeds = {field["name"]: array(field) for field in case["inputs"]}
                wanted = [field["name"] for field in case["outputs"]]
                results = session.run(wanted, feeds)
                error = max(
                    error_of(got, array(field)) for got, field in zip(results, case["outputs"])
                )
            except Exception as problem:  # of whatever library
                text = str(problem)
                kind = "no kernel" if NOT_IMPLEMENTED in text else "wrong"
                counts[kind] += 1
                print(f"{kind}: {case['name']}: {' '.join(text.split())[:300]}")
                continue
            kind = case["name"].split(" ")[0]
            worst[kind] = max(worst.get(kind, 0), error)
            if error <= case["bound"]:
                counts["equal" if error == 0 else "within bound"] += 1
            else:
                counts["wrong"] += 1
                print(f"wrong: {case['name']}: differs by {error:.3g}, expected {case['bound']:.3g}")
    print({name: f"{error:.2g}" for name, error in sorted(worst.items()) if error > 0})
    print(f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}: {counts}")
    return 1 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
