// 导出的程序：哪些设置在另一种语言里写不出来。

import { rows } from "./sentences.ts";

export const PROGRAMS = rows({
  "expected layers one after the other, received a graph":
    "只能导出一层接一层的网络，现在是图状的网络",
  'the layer "{kind}" cannot be written: those that can are {known}':
    "“{kind}”层写不出来，可以导出的层有：{known}",
  'the optimizer "{name}" cannot be written in Python: those that can are {known}':
    "优化算法“{name}”在 Python 里写不出来，可以导出的有：{known}",
  "an optimizer's weightDecay cannot be written in Python":
    "优化算法的 weightDecay 在 Python 里写不出来",
  'the activation "{name}" cannot be written in Python: those that can are {known}':
    "激活函数“{name}”在 Python 里写不出来，可以导出的有：{known}",
  "labelSmoothing cannot be written in Python": "labelSmoothing 在 Python 里写不出来",
  'the loss "{name}" cannot be written in Python: those that can are {known}':
    "损失函数“{name}”在 Python 里写不出来，可以导出的有：{known}",
  "{layer}, of kind {kind}: {why}": "{layer}（{kind} 层）：{why}",
  "{layer}: PyTorch has no module like a layer of kind {kind}; those that it has: {known}":
    "{layer}：PyTorch 没有与 {kind} 层对应的模块，有对应模块的层是：{known}",
  "dropout by the original convention is none of Keras's": "Keras 没有按最初约定的丢弃法",
  "dropout by the original convention is none of PyTorch's": "PyTorch 没有按最初约定的丢弃法",
  "Keras's always learns a scale": "Keras 的这种层总要学一个缩放系数",
  "Keras repeats steps and volumes, and draws no lines between":
    "Keras 对序列和立体只能重复，不能在中间插值",
  "state that goes on from batch to batch is not written": "在小批量之间延续的状态写不出来",
  "a layer of its own for the way back is not written": "反方向单独的一层写不出来",
  "Keras copies its layer, and cannot copy a penalty or an activation that is a function":
    "Keras 会复制里面的层，但不能复制写成函数的正则化或激活函数",
  "without biases PyTorch's block has none in its normalisations either":
    "去掉偏置之后，PyTorch 的模块在归一化里也没有偏置",
  "maskZero is not written, as masks are not": "maskZero 写不出来，掩码也一样",
  "masks are not written": "掩码写不出来",
  "PyTorch's GRU resets after the product: set resetAfter to true":
    "PyTorch 的 GRU 在相乘之后才重置：请把 resetAfter 设为 true",
  "PyTorch's {type} has tanh or relu": "PyTorch 的 {type} 只有 tanh 或 relu",
  "PyTorch's {type} has tanh, and sigmoid for its gates":
    "PyTorch 的 {type} 只有 tanh，门用 sigmoid",
  "both ways are of one kind and size in PyTorch, forwards first":
    "PyTorch 要求两个方向的种类和大小相同，而且先正向",
  "in PyTorch heads share the features out: leave headSize out":
    "PyTorch 的注意力头平分全部特征：请去掉 headSize",
  "PyTorch's PReLU has one slope, or one for each channel":
    "PyTorch 的 PReLU 只有一个斜率，或者每个通道一个",
});
