// 课程 `linear-collapse` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "没有激活函数，多层等于一层",
  question: "如果每一层都是线性的，层数多有用吗？",
  says: {
    ask: "一团点在里面，一圈点在外面。只有一层的 σ(xW + b) 能答对 59 %：没有一条直线能分开它们。\n\n换成三层：两个各有 8 个神经元、不带激活函数的隐藏层，再加输出层。会好多少？",
    bend: "一点也不好，连一个点都不差。(xW₁ + b₁)W₂ + b₂ = x(W₁W₂) + (b₁W₂ + b₂)：两个矩阵就是一个矩阵，四个也一样。用整数来算没有舍入，四层与它们的乘积之差正好是 0。\n\n给隐藏层加上非线性的激活函数再运行：至少答对 99 %。",
  },
  names: {
    activation: "隐藏层的激活函数",
    linear: "没有（线性）",
    tanh: "tanh",
    relu: "ReLU",
    hidden: "隐藏层数（每层 8 个神经元）",
    steps: "梯度下降的步数",
    one: "一层答对的比例",
    right: "这个网络答对的比例",
    better: "好多少",
    difference: "四个线性层与它们乘积之差",
  },
  choices: { much: "好很多：超过 10 %", little: "好一点", none: "一点也不好" },
  goals: { bend: "答对 99 %" },
  spoken: "x 乘 W1 加 b1，再乘 W2 加 b2，等于 x 乘 W1 W2 之积再加 b",
};
