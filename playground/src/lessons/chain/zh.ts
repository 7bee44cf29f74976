// 课程 `chain` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "一条链上的梯度：消失与爆炸",
  question: "越往前，梯度总是越小吗？",
  says: {
    ask: "四个 Sigmoid 神经元排成一条链，权值都是 w，偏置使每个净输入都是 z。误差项每往前传一个神经元，就乘一次 w σ′(z)。\n\nw = 1，z = 0 时，∂C/∂b₁ ÷ ∂C/∂b₄ 是多少？",
    explode:
      "三个因子，每个是 σ′(0) = 1/4：1/64 = 0.0156。第一个神经元的学习速度只有最后一个的 1/64，这就是梯度消失。\n\n现在 w = 100，偏置仍使每个净输入为 0。这个比值会怎样？",
    balance:
      "会爆炸：25³ = 15,625。不稳定的是这个连乘积，它既可能消失，也可能爆炸。\n\n取 z = 2，这里 σ′ 是 0.105。找出使比值等于 1 的权值，这时整条链学得一样快。",
    window:
      "约为 9.5，因为 9.5 × 0.105 = 1；z = 0 时则是 4。所以 |w σ′| ≥ 1 至少要 |w| ≥ 4；而 w 大了，z = wa + b 又容易远离 0。只有输入 a 落在一个很窄的区间里，因子才不小于 1。\n\n找出使这个区间最宽的权值。",
  },
  names: {
    w: "w",
    z: "净输入 z",
    factor: "w σ′(z)",
    factorCurve: "w σ′(z)",
    ratio: "∂C/∂b₁ ÷ ∂C/∂b₄",
    window: "区间的宽度",
    windowCurve: "区间的宽度",
  },
  choices: { vanish: "仍然消失", same: "等于 1", explode: "爆炸" },
  goals: { balance: "比值 = 1（误差 0.05 以内）", window: "宽度不小于 0.4476" },
  tables: {
    biases: {
      caption: "从第一个神经元到最后一个",
      columns: ["∂C/∂b", "与 ∂C/∂b₄ 之比"],
      rows: ["b₁", "b₂", "b₃", "b₄"],
    },
  },
  spoken: "对 b1 的导数等于对 b4 的导数乘 w sigma 撇 z，连乘三次",
  remark:
    "笔记最后说“越往前的层其梯度会越来越小”。这只在 |w σ′| < 1 时成立，虽然通常如此；笔记前面几行自己也说，梯度要么 explode，要么 vanish。",
};
