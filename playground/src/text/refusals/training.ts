// 训练：数据、目标值、损失函数、评价指标、优化算法和学习率。

import { rows } from "./sentences.ts";

export const TRAINING = rows({
  "the loss {loss} compares class numbers, but {data} has values to learn, no classes":
    "损失函数{loss}比较的是类别编号，而{data}要学的是数值，没有类别",
  "{data} has values to learn, no classes": "{data}要学的是数值，没有类别",
  "{data} has two classes, or values, it has no {field}":
    "{data}只有两个类别，或者要学的是数值，不能设置{field}",
  "{data} is a fixed set, it has no {field}": "{data}是固定的数据集，不能设置{field}",
  "there are only {count} examples, received {limit}": "只有{count}个样本，现在要取{limit}个",
  "files of {kind} cannot be read here; expected a data set by name":
    "这里不能读{kind}文件，请写数据集的名称",
  "expected labels from {low} to {high}, received {value} for example {row}":
    "标签应为{low}到{high}，而第{row}个样本（从 0 数起）是{value}",
  "expected targets from 0 to 1, received {value} for example {row}; for class numbers take sparseCategoricalCrossentropy, with one output for each class":
    "目标值应为 0 到 1，而第{row}个样本（从 0 数起）是{value}；如果是类别编号，请用 sparseCategoricalCrossentropy，每个类别一个输出",
  "expected targets from 0 to 1, received {value} for example {row}":
    "目标值应为 0 到 1，而第{row}个样本（从 0 数起）是{value}",
  "expected targets of -1 and 1, or of 0 and 1, received {value} for example {row}, and -1 elsewhere":
    "目标值应为 -1 和 1，或者 0 和 1，而第{row}个样本（从 0 数起）是{value}，别处又有 -1",
  "expected targets of -1 and 1, or of 0 and 1, received {value} for example {row}":
    "目标值应为 -1 和 1，或者 0 和 1，而第{row}个样本（从 0 数起）是{value}",
  "expected targets of 0 and 1, or of -1 and 1, received {value} for example {row}; class numbers need one output for each class":
    "目标值应为 0 和 1，或者 -1 和 1，而第{row}个样本（从 0 数起）是{value}；类别编号需要每个类别一个输出",
  "expected targets of 0 and 1, or of -1 and 1, received {value} for example {row}":
    "目标值应为 0 和 1，或者 -1 和 1，而第{row}个样本（从 0 数起）是{value}",
  "expected 2 outputs or more, one for each class, received {outputs}. For a yes or no of one output take binaryCrossentropy behind a sigmoid.":
    "至少需要 2 个输出，每个类别一个，现在有{outputs}个。只用一个输出回答是或否时，请用 sigmoid 和 binaryCrossentropy",
  "{loss} with fromLogits takes net inputs, but the output went through {activation} already. Leave out one of the two.":
    "带 fromLogits 的{loss}读的是净输入，而输出已经过{activation}。两者请去掉一个",
  "expected at least k = {k} outputs, received predictions of shape {shape}":
    "至少需要 k = {k} 个输出，现在输出的形状是{shape}",
  "expected outputs that are probabilities, received scores, of which those above 0 say yes":
    "输出应为概率，现在是得分，大于 0 的表示“是”",
  "expected each figure under a name of its own, received {both}":
    "每项指标的名称应互不相同，现在有{both}",
  'twice "{name}"': "两个“{name}”",
  'expected no decay for "swa", whose weights count alike, received {value}':
    "“swa”对各次的权值一视同仁，不用 decay，现在是{value}",
  "expected the schedule's rate, {rate}, or nothing, received {own}":
    "应与学习率调整中的{rate}相同，或者省略，现在是{own}",
  "expected one of value, norm and globalNorm, as in { globalNorm: 1 }, received {value}":
    "应在 value、norm、globalNorm 中选一个，例如 { globalNorm: 1 }，现在是{value}",
  "expected a momentum above 0 for nesterov, received 0": "使用 nesterov 时动量应大于 0，现在是 0",
  "expected a factor for each of {count} boundaries, received {factors}":
    "{count}个分界点各需要一个系数，现在有{factors}个",
  "expected boundaries that rise, received {later} after {earlier}":
    "分界点应依次增大，现在{earlier}之后是{later}",
  "expected the schedule to give a finite learning rate of 0 or more, received {rate} in epoch {epoch}, step {step}":
    "学习率调整应给出不小于 0 的有限的学习率，而在第{epoch}个回合的第{step}步给出了{rate}",
  'expected no clip beside the optimizer "{optimizer}", whose steps its line search holds short':
    "优化算法“{optimizer}”的步长由线搜索决定，不能同时使用梯度截断",
  'expected a penalty that is part of the loss for the optimizer "{optimizer}", received one of the convention "playground", which acts after the update':
    "优化算法“{optimizer}”的正则化项应是损失的一部分，而“playground”约定的正则化在更新之后才起作用",
  'expected all {count} examples in one step for the optimizer "{optimizer}", which compares losses of the same examples, received steps of {size}. Let batchSize be {same}, or accumulate batches up to it.':
    "优化算法“{optimizer}”要比较相同样本的损失，每一步应包含全部{count}个样本，现在每步有{size}个。请把 batchSize 设为{same}，或者用 accumulate 累积到这么多",
  'expected no activityPenalty for the optimizer "{optimizer}", whose line search compares the loss without it':
    "优化算法“{optimizer}”的线搜索比较不含 activityPenalty 的损失，不能与它一起使用",
  "every layer is frozen, so that nothing would be learnt: unfreeze() one, then compile()":
    "所有的层都已冻结，什么也学不到：请至少让一层的 trainable 为 true",
  "the loss {which} does not depend on any parameter by way of a derivative, so that nothing would be learnt: steps, comparisons, counts, rounding and constants have none.":
    "损失{which}不经过导数依赖于任何参数，什么也学不到：阶跃、比较、计数、取整和常数都没有导数",
});
