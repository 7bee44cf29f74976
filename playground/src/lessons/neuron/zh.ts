// 课程 `neuron` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "神经元：净输入与活性值",
  question: "一个神经元怎样处理进来的数？",
  says: {
    ask: "输入是 x = (1, 2)，权值 w = (0.5, −0.25)，偏置 b = 0.1。神经元先算加权和 w₁x₁ + w₂x₂ + b，这就是净输入 z；再给出活性值 a = σ(z)。\n\n先别动笔算：活性值 a 大于二分之一吗？",
    sum: "两个乘积 0.5 与 −0.5 正好抵消，净输入只剩下偏置：z = 0.1，a = 0.52498。Sigmoid 函数只在 z = 0 处等于二分之一，所以净输入的正负决定了活性值落在二分之一的哪一边。\n\n调节权值或偏置，使 z = 0。",
    guess:
      "反过来想：偏置取多少，活性值正好是 0.75？可以试，也可以解方程 σ(z) = 3/4，得 z = ln 3。",
  },
  names: {
    x1: "x₁",
    x2: "x₂",
    w1: "w₁",
    w2: "w₂",
    b: "b",
    p1: "w₁x₁",
    p2: "w₂x₂",
    z: "净输入 z",
    a: "活性值 a",
  },
  choices: { above: "大于二分之一", half: "正好二分之一", below: "小于二分之一" },
  goals: { sum: "z = 0", guess: "a = 0.75" },
  spoken: "a 等于 sigma z；z 等于 w1 乘 x1 加 w2 乘 x2 再加 b",
  remark:
    "有一篇笔记用 δ 表示激活函数；其余各处 δ 都是误差项 ∂C/∂z，这里也一样。另外，笔记中的 wʲxʲ，上标 j 是输入的编号，不是乘方。",
};
