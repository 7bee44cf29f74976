// 课程 `sigmoid-tanh` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Sigmoid 型函数：从阶跃到平滑",
  question: "Sigmoid 神经元在哪里学得动，在哪里几乎学不动？",
  says: {
    ask: "Logistic 函数 σ(z) = 1 / (1 + e⁻ᶻ) 从 0 升到 1。神经元学得多快，与它的导数 σ′(z) 成正比。\n\n画出这个导数：它在哪里最大，有多大？",
    tanh: "导数在 0 处最大，也只有 1/4；|z| 超过 6，就小于 0.0025。tanh 从 −1 到 1，是零中心化的。它其实是同一条曲线拉伸而成：tanh z = 2σ(2z) − 1。\n\n在 0 处，tanh 的导数是 Logistic 函数的几倍？",
    step: "四倍：1 比 1/4。现在把神经元的权值和偏置都乘以 c，输出就成了 σ(cz)；c 越大，它越接近感知机的阶跃函数。\n\n选择 c，使得在 |z| = 0.1 处，它与阶跃函数相差不超过 0.01。",
    zero: "在数学上，两侧的导数趋于 0，却永远不等于 0。但计算机的数位数有限：神经网络常用的 float32 会把 1 − σ(z) 舍入成 0。\n\n找一个 z，使 float32 中的导数正好是 0。",
  },
  names: {
    z: "净输入 z",
    c: "倍数 c",
    value: "函数值",
    sigma: "σ(z)",
    slope: "σ′(z)",
    tanh: "tanh z",
    tanhSlope: "tanh′ z",
    twice: "2σ(2z) − 1",
    ratio: "tanh′(0) / σ′(0)",
    gap: "在 z = 0.1 处与阶跃函数的差",
    slope32: "float32 中的 σ′(z)",
    sigmaCurve: "σ",
    slopeCurve: "σ′",
    tanhCurve: "tanh",
    tanhSlopeCurve: "tanh′",
    stepCurve: "σ(cz)",
  },
  goals: { step: "差不超过 0.01", zero: "float32 中 σ′(z) = 0" },
  spoken: "sigma z 等于 1 除以 1 加 e 的负 z 次方；导数等于 sigma 乘 1 减 sigma",
  remark:
    "有一篇笔记说饱和函数的 f′(x) = 0，这说的是 x 趋于无穷时的极限。另一篇说幂运算使“时间复杂度较高”：指数运算只是让每个神经元多一个常数倍的开销，与网络规模无关。",
};
