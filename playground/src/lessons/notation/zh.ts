// 课程 `notation` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "前馈网络的记号",
  question: "一个网络有几层？里面有多少个数？",
  says: {
    ask: "识别数字的网络有 784 个输入、30 个隐藏神经元、10 个输出，记作 784-30-10。NNDL 用 L 表示神经网络的层数，用 W⁽ˡ⁾、b⁽ˡ⁾ 表示第 l−1 层到第 l 层的权重矩阵和偏置。\n\n按 NNDL 的算法，这里的 L 是几？",
    count:
      "是 2：NNDL 只算隐藏层和输出层，输入记作 a⁽⁰⁾ = x。Nielsen 把输入算作第 1 层，a¹ = x，于是共有 3 层。页面上方可以选择记号，各页的公式会随之改变。\n\nW⁽ˡ⁾ 的行数是第 l 层的神经元个数，列数是第 l−1 层的神经元个数。784-30-10 一共有多少个权值和偏置？",
    deeper:
      "784 × 30 + 30 + 30 × 10 + 10 = 23860。几乎全部都在第一个矩阵里。\n\n把网络改得更深，同时更小：按 NNDL 的算法 L 至少为 4，而参数不超过 20000 个。",
  },
  names: {
    hidden: "隐藏层数",
    units: "每层神经元个数",
    nndl: "层数（NNDL 的算法）",
    nielsen: "层数（Nielsen 的算法）",
    parameters: "参数个数",
  },
  choices: { one: "1", two: "2", three: "3" },
  goals: { deeper: "L 至少为 4，参数不超过 20000 个" },
  tables: {
    layers: {
      caption: "逐层列出",
      columns: ["l（NNDL）", "l（Nielsen）", "神经元", "W 的形状", "b 的长度", "参数"],
    },
  },
  spoken: "第 l 层的 z 等于第 l 层的 W 乘前一层的 a 再加 b；a 等于 f z",
  remark:
    "笔记中反向传播的步骤把 zˡ = wˡaˡ⁻¹ + bˡ 中的 + bˡ 漏掉了，又把 aˡ = σ(zˡ) 中的 σ 写成了 ∂。",
};
