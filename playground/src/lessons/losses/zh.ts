// 课程 `losses` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "损失函数：衡量参数的好坏",
  question: "答错了，错得有多厉害？",
  says: {
    ask: "损失函数用一个数表示答案 a 与目标 y 相差多少。这里有三种：Nielsen 的二次代价 ½(y − a)²；均方误差，只有一个输出时就是 (y − a)²，书中图 4.9 画的就是它；交叉熵 −y ln a − (1 − y) ln(1 − a)。\n\n目标是 1，答案是 0.5。三个损失中哪个最大？",
    wrong:
      "依次是 0.125、0.25、0.6931：最大的是交叉熵，等于 ln 2。损失本身的大小并不重要，推动网络学习的是它的导数。\n\n现在答案错得厉害：y = 1，而 a = 0.01。二次代价在这里的导数是 a − y = −0.99。交叉熵的导数是多少？",
    pair: "是 −1/a = −100。对于“错了还很自信”的答案，交叉熵的惩罚没有上限。\n\n再看两个输出 (0.5, 0.2)，目标是 (1, 0)。Nielsen 的二次代价是平方和的一半：½(0.25 + 0.04) = 0.145。Keras 取平方的平均，等于多少？",
    zero: "也是 0.145：两个输出时，一半的和就是平均。输出是一个或十个时，两者就不同了，相差 ½ 倍和 5 倍。\n\n目标是 0 时，交叉熵是 −ln(1 − a)。找出使它等于 0.1054 的答案。",
  },
  names: {
    loss: "损失函数",
    quadratic: "二次代价",
    meanSquared: "均方误差",
    crossEntropy: "交叉熵",
    y: "目标 y",
    a: "答案 a",
    value: "损失",
    slope: "对 a 的导数",
    quadraticCurve: "二次代价",
    meanSquaredCurve: "均方误差",
    crossEntropyCurve: "交叉熵",
    pairQuadratic: "平方和的一半",
    pairMean: "平方的平均",
  },
  choices: { quadratic: "二次代价", meanSquared: "均方误差", crossEntropy: "交叉熵" },
  goals: { zero: "交叉熵 = 0.1054" },
  tables: {
    all: {
      caption: "在所选的答案处",
      columns: ["损失", "对 a 的导数"],
      rows: ["二次代价", "均方误差", "交叉熵"],
    },
  },
  spoken: "y−a 的平方的一半；y−a 的平方；以及 −y ln a − (1−y) ln(1−a)",
  remark:
    "笔记把二次代价称作“MSE”。Nielsen 的二次代价有系数 ½，并对各输出求和；Keras 的均方误差没有 ½，对各输出求平均。同一个网络、同样的学习率，用这两种损失学习的快慢并不相同。",
};
