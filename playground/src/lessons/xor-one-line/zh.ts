// 课程 `xor-one-line` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "一个感知机解决不了异或",
  question: "单凭一条直线，能做到什么地步？",
  says: {
    ask: "异或：两个输入中恰有一个为 1 时，答案才是 1。应当答 1 的两个角正好相对。\n\n感知机用一条直线把平面分成两半。四行之中，它最多能答对几行？",
    line: "最多三行：权值和偏置取 −4 到 4 的整数，所有这些感知机没有一个能答对四行。道理在于四行互相矛盾：(1, 0) 与 (0, 1) 要求 w₁ + w₂ + 2b > 0，(0, 0) 与 (1, 1) 要求 w₁ + w₂ + 2b ≤ 0。\n\n找一条能答对三行的直线。",
    logistic:
      "现在把感知机换成 Logistic 神经元 σ(w₁x₁ + w₂x₂ + b)，从这样一条直线出发，用梯度下降最小化交叉熵。\n\n让它学习。它会放弃这条直线：所有输出都趋于二分之一，损失趋于 ln 2 = 0.6931，和抛硬币一样。要解决异或，需要隐藏层。",
  },
  names: {
    w1: "w₁",
    w2: "w₂",
    b: "b",
    steps: "梯度下降的步数",
    right: "答对的行数（共 4 行）",
    best: "729 个感知机中的最好成绩",
    loss: "交叉熵",
  },
  choices: { two: "两行", three: "三行", four: "四行全对" },
  goals: { line: "答对 3 行", logistic: "损失 = ln 2" },
  tables: {
    truth: { caption: "异或", columns: ["x₁", "x₂", "应为", "感知机", "Logistic 神经元"] },
  },
  spoken: "当 w1 x1 加 w2 x2 加 b 大于 0 时输出 1",
};
