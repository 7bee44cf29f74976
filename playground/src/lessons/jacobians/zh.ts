// 课程 `jacobians` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "雅可比矩阵：三个偏导数",
  question: "反向传播只需要一层的三个偏导数。它们写成矩阵是什么样子？",
  says: {
    ask: "一层有两个神经元、三个输入：z = Wa + b，其中 W = (0.5, −1, 2; 1, 0.25, −0.5)，a = (0.2, 0.5, 1)。向量对向量的导数是一个矩阵，即雅可比矩阵：每个输出占一行，每个自变量占一列。\n\n∂z/∂b 是什么？",
    slopes:
      "是单位矩阵：每个偏置只影响自己的净输入，一比一。而 ∂z/∂a 就是 W 本身，所以误差要乘 Wᵀ 传回去。\n\n激活函数对每个神经元分别起作用，因此 ∂a/∂z = diag(σ′(z))，对角线以外全是 0。z = (0, 2) 时，第一个元素是 0.25。σ′(2) 是多少？",
    shrink:
      "是 0.10499。在 δ⁽ˡ⁾ = diag(f′(z)) Wᵀ δ⁽ˡ⁺¹⁾ 中，使梯度变小的正是这个矩阵。\n\n选择净输入，使第一个神经元至多让 1 % 的误差通过，第二个至少让 20 % 通过。",
    weight:
      "第三个是对单个权值 wᵢⱼ 的导数。它只影响 zᵢ，所以 ∂z/∂wᵢⱼ 只有第 i 个元素不为 0，等于 aⱼ，书中记作 𝕀ᵢ(aⱼ)。与 δ = (0.3, −0.2) 相乘只剩下一项：∂L/∂wᵢⱼ = δᵢaⱼ；全部合起来就是 δaᵀ。\n\n找到偏导数不大于 −0.15 的那个权值。",
  },
  names: {
    z1: "z₁",
    z2: "z₂",
    i: "W 的第 i 行",
    j: "W 的第 j 列",
    s1: "σ′(z₁)",
    s2: "σ′(z₂)",
    inner: "𝕀ᵢ(aⱼ)ᵀ δ",
    product: "δᵢ aⱼ",
    byRule: "自动微分算出的 ∂L/∂wᵢⱼ",
    axes: "轴数",
    offIdentity: "与单位矩阵之差",
  },
  choices: {
    number: "一个数",
    vector: "两个 1 组成的向量",
    identity: "单位矩阵",
    weights: "矩阵 W",
  },
  goals: {
    shrink: "σ′(z₁) 不超过 0.01，σ′(z₂) 不小于 0.2",
    weight: "∂L/∂wᵢⱼ 不大于 −0.15",
  },
  tables: {
    byBias: { caption: "∂z/∂b", columns: ["b₁", "b₂"], rows: ["z₁", "z₂"] },
    byInput: { caption: "∂z/∂a", columns: ["a₁", "a₂", "a₃"], rows: ["z₁", "z₂"] },
    byNetInput: { caption: "∂σ(z)/∂z", columns: ["z₁", "z₂"], rows: ["σ(z₁)", "σ(z₂)"] },
    byOneWeight: {
      caption: "∂z/∂wᵢⱼ 与 δ",
      columns: ["神经元 1", "神经元 2"],
      rows: ["∂z/∂wᵢⱼ", "δ"],
    },
  },
  spoken: "第 l 层的 delta 等于 diag f 撇 z，乘下一层 W 的转置，再乘下一层的 delta",
  remark: "讲义把向量 𝕀ᵢ(aⱼ) 乘以数 δᵢ。应当是内积 𝕀ᵢ(aⱼ)ᵀδ，如书中 (4.61) 式，结果是 δᵢaⱼ。",
};
