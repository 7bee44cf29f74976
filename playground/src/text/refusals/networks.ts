// 网络：层的形状、参数和连接。

import { rows } from "./sentences.ts";

export const NETWORKS = rows({
  "expected a chain of layers, and this network has branches":
    "需要一层接一层的网络，而这个网络有分支",
  'expected activations element by element, or softmax, and "{name}" has {activation}':
    "激活函数应逐个元素地计算，或者是 softmax，而“{name}”用的是{activation}",
  'BP1 to BP4 are written for chains of dense layers, and "{name}" is {kind}':
    "BP1 到 BP4 只适用于全连接层组成的链状网络，而“{name}”是 {kind} 层",
  "expected an input of shape {wanted} for {data}, received {shape}":
    "{data}的样本需要形状为{wanted}的输入，现在是{shape}",
  "expected an output of shape [n], received {shape}": "输出的形状应为 [n]，现在是{shape}",
  "expected {classes} outputs for the {same} classes of {data} with the loss {loss}, received {outputs}":
    "{data}有{same}个类别，配合损失函数{loss}需要{classes}个输出，现在有{outputs}个",
  "expected {count} outputs for {data}, received {outputs}":
    "{data}需要{count}个输出，现在有{outputs}个",
  "expected one input and one output, received {inputs} and {outputs}":
    "网络应有一个输入和一个输出，现在分别有{inputs}个和{outputs}个",
  "expected examples {wanted}, as its inputShape says, received {shape}":
    "按照它的 inputShape，样本的形状应为{wanted}，现在是{shape}",
  "expected an example {wanted} of two axes or more, received {shape}":
    "样本的形状应为{wanted}，至少有两个轴，现在是{shape}",
  "expected an example {wanted} with numbers in it, received {shape}":
    "样本的形状应为{wanted}，而且不能是空的，现在是{shape}",
  "expected an example {wanted}, received {shape}": "样本的形状应为{wanted}，现在是{shape}",
  "expected at least one axis, received {shape}": "样本至少要有一个轴，现在是{shape}",
  'expected at least one axis for "{encoding}", received {shape}':
    "编码“{encoding}”至少需要一个轴，现在是{shape}",
  "expected at least two axes, received {shape}": "至少需要两个轴，现在是{shape}",
  'expected { "kind": "input", "shape": [...] }': '第一层应为 { "kind": "input", "shape": [...] }',
  "expected {wanted}, received {shape}": "应为{wanted}，现在是{shape}",
  "there is no axis {axis} in an example {shape}": "形状为{shape}的样本没有第{axis}个轴",
  "an example {shape} cannot take {wanted}": "形状为{shape}的样本不能变形为{wanted}",
  "an example {shape} takes {size}; {most} is the most":
    "一个形状为{shape}的样本占{size}，最多只能有{most}",
  "its {count} parameters take {size}, all layers together {total}; {most} is the most that can be trained":
    "它的{count}个参数占{size}，所有层合计{total}，最多只能训练{most}",
  "{filters} filters do not divide into {groups} groups": "{filters}个卷积核不能平均分成{groups}组",
  "the {channels} channels of {shape} do not divide into {groups} groups":
    "{shape}的{channels}个通道不能平均分成{groups}组",
  "{groups} groups cannot share the {channels} channels of an example {shape} evenly":
    "{groups}组不能平均分得样本{shape}的{channels}个通道",
  "the {channels} channels of {shape} are no multiple of {factor}^2":
    "{shape}的{channels}个通道不是{factor}的平方的倍数",
  "the {window}, dilated to {span}, is larger than its input {shape}":
    "{window}按空洞展开为{span}，大于它的输入{shape}",
  "the {window} is larger than its input {shape}": "{window}大于它的输入{shape}",
  "{size} kernel": "{size}的卷积核",
  "kernel of {size}": "长度为{size}的卷积核",
  "{size} window": "{size}的窗口",
  "window of {size}": "长度为{size}的窗口",
  "cropping {cropping} leaves nothing of an example {shape}":
    "按{cropping}裁剪之后，样本{shape}什么也不剩",
  "{heads} heads cannot share the {features} features of an example {shape} evenly: take another number of heads, or say headSize":
    "{heads}个注意力头不能平均分得样本{shape}的{features}个特征，请换一个头数，或者写明 headSize",
  'merge "{merge}" wants the same shape both ways, received {forward} and {backward}':
    "merge 为“{merge}”时，两个方向的形状必须相同，现在是{forward}和{backward}",
  "expected backward to read the other way, with another goBackwards":
    "backward 应沿相反的方向读，请给它另一个 goBackwards",
  "expected backward to have the layer's returnSequences":
    "backward 的 returnSequences 应与 layer 的相同",
  "the layers give {found}, and {by} goes by": "这几层给出{found}，而旁路是{by}，两者不能相加",
  "the layers give {found}, and {by} goes by: give a shortcut, as dense(units) or conv2d(filters, 1)":
    "这几层给出{found}，而旁路是{by}，两者不能相加：请给出 shortcut，例如 dense(units) 或 conv2d(filters, 1)",
  '{activation} over one unit gives the same whatever goes in, so that nothing can be learnt: take "sigmoid" for a probability, or two units':
    "只有一个神经元时，{activation}的输出总是相同，什么也学不到：要输出概率请用“sigmoid”，或者用两个神经元",
  "{activation} takes several net inputs for each output, and this layer has one: name it in dense(), a convolution, gcn() or graphSage()":
    "{activation}的每个输出需要几个净输入，而这一层只有一个：请在 dense()、卷积层、gcn() 或 graphSage() 里使用它",
  "expected l1 or l2 above 0, as { l1: 0.01 }": "l1 和 l2 至少有一个应大于 0，例如 { l1: 0.01 }",
  "expected batchSize besides stateful: the number of sequences that go on, as in { stateful: true, batchSize: 32 }":
    "stateful 还需要 batchSize，即延续下去的序列的个数，例如 { stateful: true, batchSize: 32 }",
  "batchSize belongs to { stateful: true }; other layers take batches of any size":
    "batchSize 只用于 { stateful: true }；其他的层接受任意大小的小批量",
  "expected batches of {expected} sequences, as its batchSize says, received one of {received}: a stateful layer goes on with the same sequences in every batch":
    "按照它的 batchSize，每个小批量应有{expected}个序列，现在有{received}个：stateful 的层在每个小批量里延续相同的序列",
  "expected edges [2, number of edges] to read: connect(layer, x, edges)":
    "这一层还要读形状为 [2, 边数] 的边：connect(layer, x, edges)",
  "expected whole numbers from {low} to {high}, received {value}":
    "应为{low}到{high}的整数，现在是{value}",
  "maskZero wants examples [steps], received {shape}":
    "使用 maskZero 时样本的形状应为 [steps]，现在是{shape}",
  "expected as many variances as means, received {variances} and {means}":
    "方差与均值的个数应相同，现在分别有{variances}个和{means}个",
  "expected {count} features, as there are means, received {shape}":
    "均值有{count}个，样本也应有这么多个特征，现在的形状是{shape}",
  'expected columns of different names, received two of "{name}"':
    "各列的名称应互不相同，现在有两列叫“{name}”",
  'two layers are named "{name}"': "有两层都叫“{name}”",
  'there is no node "{id}" before this one': "在它之前没有叫“{id}”的节点",
  'two nodes have the id "{id}"': "有两个节点的 id 都是“{id}”",
  '"{shares}", which it shares, is no {kind}': "它要共用的“{shares}”不是{kind}",
  "an input reads nothing": "输入不读其他节点",
  "an output depends on an input that is not listed": "有一个输出依赖于没有列出的输入",
  "expected {name} to be a list of places, as input() and connect() make":
    "{name}应为至少有一个节点的列表",
  "an input is listed twice": "有一个输入列出了两次",
  "{kind} reads one place, received {count}": "{kind}只读一个节点，现在读{count}个",
  "expected at least one input, received none": "至少要读一个节点，现在一个也没有",
  "inputs {one} and {other} do not fit together": "形状为{one}和{other}的输入不能合并",
  "expected a network of one output, received one of {count}":
    "里面的网络应只有一个输出，现在有{count}个",
});
