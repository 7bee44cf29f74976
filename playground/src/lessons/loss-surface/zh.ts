// 课程 `loss-surface` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "非凸：图 4.9",
  question: "最小的深层网络，损失函数是什么形状？",
  says: {
    ask: "y = σ(w₂ σ(w₁ x)) 有两层，每层一个神经元。取 x = 1，目标为 1，损失就是 (w₁, w₂) 上的一张曲面；图 4.9 画了平方误差 (1 − y)² 和 −ln y 两种。\n\n在 (0, 0) 处损失是 0.6931。这里是极小值点吗？",
    hill: "既不是极小值点，也不是鞍点：这里 ∂L/∂w₂ = −0.25，曲面是斜的。它在一个方向上向上弯，在另一个方向上向下弯：海森矩阵的特征值是 0.1601 和 −0.0976。只要有一处向下弯，就不是凸函数。\n\n再看远处的角落 w₁ = 5，w₂ = −5。这里的 −ln y 有多大？",
    valley:
      "是 4.9735；平方误差只有 0.9862，它不会超过 1，在那里几乎是平的。这张曲面根本没有驻点，因为 ∂L/∂w₂ 处处不为 0：越往外越低，没有尽头。\n\n往下走，使 −ln y 不超过 0.001。",
  },
  names: {
    loss: "损失函数",
    squared: "平方误差",
    negativeLog: "−ln y",
    w1: "w₁",
    w2: "w₂",
    value: "损失",
    byW1: "∂L/∂w₁",
    byW2: "∂L/∂w₂",
    least: "海森矩阵的最小特征值",
    most: "最大特征值",
    leastCurve: "弯曲最小的方向",
    mostCurve: "弯曲最大的方向",
    t: "离该点的距离",
    zero: "0",
  },
  choices: { minimum: "极小值点", saddle: "鞍点", neither: "都不是，这里是斜的" },
  goals: { valley: "−ln y 不超过 0.001" },
  tables: { hessian: { caption: "海森矩阵", columns: ["w₁", "w₂"], rows: ["w₁", "w₂"] } },
  spoken: "y 等于 sigma 括号 w2 乘 sigma 括号 w1 x",
  remark:
    "笔记说“没有全局最优解”。有下界的损失总有下确界，这里是 0；没有保证的是能否达到、能否找到它。另一篇笔记中的 σ(w 2 σ(w 1 x))，数字是下标：w₂、w₁。",
};
