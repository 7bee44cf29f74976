// 课程 `computation-graph` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "计算图与链式法则：图 4.8",
  question: "程序怎样求导数？",
  says: {
    ask: "把 f(x; w, b) = 1 / (exp(−(wx + b)) + 1) 拆成六小步：h₁ = wx，h₂ = h₁ + b，h₃ = −h₂，h₄ = exp h₃，h₅ = h₄ + 1，h₆ = 1/h₅。每一步的导数都很简单，链式法则沿途把它们乘起来。\n\n图 4.8 取 x = 1，w = 0，b = 0。这时 ∂f/∂x 是多少？",
    paths:
      "是 0：从 h₁ = wx 回到 x，要乘的因子是 w，而 w = 0。另外两个都是 0.25。表中的值从上往下算，导数从下往上传：h₆ 处是 1，h₅ 处是 −1/h₅² = −0.25，依此类推。\n\n一个值被用了几次，沿各条路径传回来的导数就要相加。x·x + x 在 x = 3 处的导数是多少？",
    move: "是 7：经加法传回 1，经乘法的两个位置各传回 3。手写反向传播最常见的错误，就是漏掉一条路径。\n\n回到图 4.8，x = 1：选择 w 和 b，使 ∂f/∂w 仍为 0.25，而 ∂f/∂x 不小于 0.2。",
  },
  names: {
    x: "x",
    w: "w",
    b: "b",
    byX: "∂f/∂x",
    byW: "∂f/∂w",
    byB: "∂f/∂b",
    twice: "x·x + x 的导数",
  },
  goals: { move: "∂f/∂w = 0.25，且 ∂f/∂x 不小于 0.2" },
  tables: {
    steps: {
      caption: "六小步",
      columns: ["值", "∂f/∂h"],
      rows: ["h₁ = wx", "h₂ = h₁ + b", "h₃ = −h₂", "h₄ = exp h₃", "h₅ = h₄ + 1", "h₆ = 1/h₅"],
    },
    paths: {
      caption: "传回 x 的导数",
      columns: ["沿路径的乘积"],
      rows: ["经加法", "经乘法的第一个位置", "经乘法的第二个位置"],
    },
  },
  spoken: "f 对 w 的导数等于六小步导数的乘积",
  remark: "这里笔记没有错。在这一点上 h₃ 是 −0：计算机中 0 取负得到 −0，并无妨碍。",
};
