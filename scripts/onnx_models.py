"""Runs an ONNX file in ONNX Runtime, on one thread, on seeded numbers; writes inputs and outputs: index JSON + raw bytes, in one file."""
import json, struct, sys, time
import numpy as np
import onnxruntime as ort
path, out, sizes = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
options = ort.SessionOptions(); options.intra_op_num_threads = 1; options.log_severity_level = 3
session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
TYPES = {"tensor(float)": np.float32, "tensor(double)": np.float64, "tensor(int64)": np.int64, "tensor(int32)": np.int32,
    "tensor(bool)": np.bool_, "tensor(uint8)": np.uint8}
rng = np.random.default_rng(1)
def made(port):
    shape = sizes.get(port.name, [d if isinstance(d, int) and d > 0 else 1 for d in port.shape])
    kind = TYPES[port.type]
    if isinstance(shape, dict): return np.full(shape["shape"], shape["value"], kind)
    if kind in (np.float32, np.float64): return rng.normal(size=shape).astype(kind)
    return rng.integers(0, 2 if kind in (np.bool_, np.int64) else 256, size=shape).astype(kind)
feeds = {port.name: made(port) for port in session.get_inputs()}
session.run(None, feeds)
start = time.process_time(); results = session.run(None, feeds); seconds = time.process_time() - start
blob = bytearray()
def put(name, a):
    a = np.asarray(a); at = len(blob); blob.extend(a.tobytes())
    return {"name": name, "dtype": str(a.dtype), "shape": list(np.shape(a)), "at": [at, len(blob) - at]}
head = {"inputs": [put(n, a) for n, a in feeds.items()], "seconds": seconds,
    "outputs": [put(o.name, a) for o, a in zip(session.get_outputs(), results)]}
head = json.dumps(head).encode()
with open(out, "wb") as f:
    f.write(struct.pack("<I", len(head))); f.write(head); f.write(blob)
