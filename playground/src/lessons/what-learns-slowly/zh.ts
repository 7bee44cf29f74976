// 课程 `what-learns-slowly` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "哪些权值学得慢",
  question: "权值大，就学得快吗？",
  says: {
    ask: "Sigmoid 神经元 σ(wx + b)，b = 0，输入 x = 1，应当输出 0，代价是 ½a²。梯度下降每一步对 w 的改变与 ∂C/∂w 成正比。\n\n两个这样的神经元，一个 w = 1.5，一个 w = 4。哪一个的权值学得快？",
    input:
      "小的那个快，是另一个的七倍：0.1219 比 0.0173。z = 4 时神经元已经饱和：σ′ = 0.01766，而在 1.5 处是 0.14915。\n\n由 BP4，∂C/∂w = x δ，其中 δ = (a − y) σ′(z)。现在 x = 0，w = 1.5。∂C/∂w 是多少？",
    awake:
      "是 0：乘以零，就什么也学不到。所以一个权值学得慢，要么因为它的输入活性值小，要么因为它通向的神经元饱和了；权值自身的大小只通过 z 起作用。\n\n取 w = 4，x = 1。不动权值，只调偏置，让这个权值学得尽可能快：|∂C/∂w| ≥ 0.148。（最大值是 4/27，在 a = 2/3 处。）",
  },
  names: {
    w: "w",
    x: "输入 x",
    b: "b",
    a: "输出 a",
    slope: "σ′(z)",
    byRule: "(a − y) σ′(z) x",
    gradient: "∂C/∂w",
    speed: "|∂C/∂w|",
    speedCurve: "|∂C/∂w|",
  },
  choices: { small: "w = 1.5", large: "w = 4", same: "一样快" },
  goals: { awake: "|∂C/∂w| 不小于 0.148" },
  tables: { two: { caption: "两个神经元", columns: ["w", "σ′(z)", "|∂C/∂w|"] } },
  spoken: "代价对 w 的偏导数等于 x 乘 delta；delta 等于 a 减 y 再乘 sigma 撇 z",
  remark:
    "笔记说“学习快，权值 W 大；学习慢，权值 W 小”，这不对：学得慢的是输入活性值小、或者所通向的神经元饱和的权值。下一行说偏微分小则学习慢，是对的。",
};
