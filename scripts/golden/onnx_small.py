"""Writes lib/src/onnx/import/golden/small.onnx (its path is the argument), and prints what ONNX Runtime makes of it."""
import sys
import onnx, numpy as np
from onnx import helper as h, numpy_helper as n, TensorProto as T
rng=np.random.default_rng(0)
i=lambda name,a: n.from_array(np.asarray(a),name)
f=lambda *s: rng.standard_normal(s).astype(np.float32).round(2)
br=lambda op,name: h.make_graph([h.make_node(op,['r'],[name])],name,[],[h.make_tensor_value_info(name,T.FLOAT,None)])
body=h.make_graph([h.make_node('Add',['v','one'],['nv']),h.make_node('Identity',['c'],['nc'])],'body',
 [h.make_tensor_value_info('i',T.INT64,[]),h.make_tensor_value_info('c',T.BOOL,[]),h.make_tensor_value_info('v',T.FLOAT,None)],
 [h.make_tensor_value_info('nc',T.BOOL,[]),h.make_tensor_value_info('nv',T.FLOAT,None)])
g=h.make_graph([
 h.make_node('Conv',['x','k','kb'],['a'],kernel_shape=[3,3],pads=[1,1,1,1]),
 h.make_node('Relu',['a'],['b']), h.make_node('MaxPool',['b'],['p'],kernel_shape=[2,2],strides=[2,2]),
 h.make_node('Shape',['p'],['s']), h.make_node('Gather',['s','zero'],['s0']), h.make_node('Concat',['s0','minus'],['to'],axis=0),
 h.make_node('Reshape',['p','to'],['r']), h.make_node('ReduceSum',['r'],['t'],keepdims=0), h.make_node('Greater',['t','one'],['up']),
 h.make_node('If',['up'],['w'],then_branch=br('Tanh','y1'),else_branch=br('Neg','y2')),
 h.make_node('Loop',['three','yes','w'],['q'],body=body),
 h.make_node('Slice',['q','zero','ends'],['q2']),
 h.make_node('Gemm',['q2','m','mb'],['z'],transB=1), h.make_node('Softmax',['z'],['y'],axis=-1)],'small',
 [h.make_tensor_value_info('x',T.FLOAT,['batch',1,4,4])],[h.make_tensor_value_info('y',T.FLOAT,['batch',2])],
 [i('k',f(2,1,3,3)),i('kb',f(2)),i('zero',np.array([0])),i('minus',np.array([-1])),i('one',np.float32(1)),i('three',np.array(3)),i('yes',np.array(True)),i('ends',np.array([np.iinfo(np.int64).max])),i('m',f(2,8)),i('mb',f(2))])
m=h.make_model(g,opset_imports=[h.make_opsetid('',21)],ir_version=10)
onnx.checker.check_model(m,full_check=True)
onnx.save(m,sys.argv[1])
import onnxruntime as ort
x=np.linspace(-1,1,32).astype(np.float32).reshape(2,1,4,4)
print(ort.InferenceSession(sys.argv[1]).run(None,{'x':x}))
