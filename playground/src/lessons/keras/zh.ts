// 课程 `keras` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "30 秒上手 Keras 与三个步骤",
  question: "搭一个网络，要写多少代码？",
  says: {
    ask: "讲义引用了 Keras 的例子：100 个输入，64 个神经元的 Dense，ReLU，10 个神经元的 Dense，Softmax；compile；fit 5 个回合，批量 32；evaluate。下面的程序用本库逐行照写，数据是 100 维空间中围绕十个中心的点。\n\n三个步骤：定义模型（一组函数），定义损失（哪个函数好），优化（找出最好的）。\n\n这个模型有多少个参数？",
    more: "100 × 64 + 64 + 64 × 10 + 10 = 7,114。5 个回合之后，500 个没见过的点答对 86.2 %。\n\n只训练 1 个回合时是 34.6 %。多训练几个回合，或换一种优化方法，达到 90 %。",
  },
  names: {
    hidden: "隐藏神经元的个数",
    optimizer: "优化方法",
    sgd: "sgd",
    adam: "adam",
    epochs: "回合数",
    epoch: "回合",
    share: "正确率",
    parameters: "参数个数",
    loss: "测试集损失",
    accuracy: "测试集正确率",
    accuracyCurve: "训练集正确率",
  },
  goals: { more: "测试集正确率不低于 0.9" },
  spoken: "a 等于 softmax 作用于 W2 乘 ReLU(W1 x + b1) 加 b2",
  remark: "这段代码是 Keras 1 的写法：output_dim 现在叫 units，nb_epoch 现在叫 epochs。",
};
