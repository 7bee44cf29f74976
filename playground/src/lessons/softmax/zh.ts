// 课程 `softmax` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Softmax 与对数似然",
  question: "几个输出怎样分配总和 1？",
  says: {
    ask: "Softmax 把净输入变成概率：aⱼ = e^zⱼ / Σ e^zₖ。每个输出都大于 0，总和为 1。由 z = (3, 1, −3) 得到 a = (0.8789, 0.1189, 0.0022)。\n\n把 z₁ 增大 1，另外两个输出会怎样？",
    back: "它们变成 0.0474 和 0.0009：都缩小为原来的 0.398 倍，减少的 0.0715 和 0.0013 归了第一个，它现在是 0.9517。z₂、z₃ 没有动过，比值 a₂/a₃ 只由它们决定。\n\n正确的类别是第一类，损失是 −ln a₁；a₁ = 0.8789 时损失为 0.1291。这时 ∂L/∂z₁ 是多少？",
    two: "是 a₁ − 1 = −0.1211；另外两个是 a₂ − 0 和 a₃ − 0。整个梯度就是 a − y，与一个 Sigmoid 配交叉熵时相同。这不是巧合：softmax(z, 0) 的第一个输出就是 σ(z)。\n\n两个输出的净输入是 z₁ 和 0，使第一个输出等于 0.75。",
    open: "z₁ = ln 3，与 Sigmoid 一样。还有一个问题：Softmax 的输出能等于 1 吗？\n\n数学上不能，因为每个 e^z 都大于 0。在 float32 中，由于舍入，却可以：增大 z₁，直到它等于 1。",
  },
  names: {
    z1: "z₁",
    z2: "z₂",
    z3: "z₃",
    output: "输出",
    a1: "a₁",
    loss: "−ln a₁",
    slope1: "∂L/∂z₁",
    two: "softmax(z₁, 0) 的第一个输出",
    sigma: "σ(z₁)",
    a1in32: "float32 中的 a₁",
    a1Curve: "a₁",
    a2Curve: "a₂",
    a3Curve: "a₃",
  },
  choices: { stay: "不变", amount: "减少同样的数值", share: "按同样的比例减少" },
  goals: { two: "第一个输出 = 0.75", open: "float32 中 a₁ = 1" },
  tables: {
    units: {
      caption: "三个输出；y = (1, 0, 0)",
      columns: ["z", "a", "z₁ 加 1 之后的 a", "∂L/∂z", "a − y"],
      rows: ["1", "2", "3"],
    },
  },
  spoken: "aj 等于 e 的 zj 次方除以所有 e 的 zk 次方之和",
  remark:
    "笔记把取值范围写成 {0，1}，那是只有两个数的集合；应为开区间 (0, 1)。另外，笔记所说的“最大似然代价函数”是负对数似然：训练时要使它最小。",
};
