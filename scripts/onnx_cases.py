"""Writes the official node cases whose tensors have our element types: index JSON + raw bytes, in one file."""
import json, struct, sys, warnings
import numpy as np
warnings.filterwarnings("ignore")
from onnx.backend.test.case.node import collect_testcases
from onnx import TensorProto, numpy_helper
OURS = {1: "float32", 2: "uint8", 6: "int32", 7: "int64", 9: "bool", 11: "float64"}
def kind(t):
    return OURS.get(t.tensor_type.elem_type) if t.WhichOneof("value") == "tensor_type" else None
blob = bytearray(); index = []
def put(b):
    at = len(blob); blob.extend(b); return [at, len(b)]
def array(name, a):
    a = numpy_helper.to_array(a) if isinstance(a, TensorProto) else np.asarray(a)
    return {"name": name, "dtype": str(a.dtype), "shape": list(a.shape), "at": put(np.ascontiguousarray(a).tobytes())}
total = 0
for case in collect_testcases(None):
    total += 1
    g = case.model.graph
    if not all(kind(v.type) for v in [*g.input, *g.output]): continue
    ins, outs = case.data_sets[0]
    def arrays(values, infos):
        if isinstance(values, dict): return [array(n, v) for n, v in values.items()]
        return [array(i.name, v) for i, v in zip(infos, values)]
    index.append({"name": case.name, "model": put(case.model.SerializeToString()), "ops": sorted({n.op_type for n in g.node}),
        "inputs": arrays(ins, [i for i in g.input]), "outputs": arrays(outs, g.output), "rtol": case.rtol, "atol": case.atol})
head = json.dumps({"total": total, "cases": index}).encode()
with open(sys.argv[1], "wb") as f:
    f.write(struct.pack("<I", len(head))); f.write(head); f.write(blob)
print(total, len(index), len(blob), file=sys.stderr)
