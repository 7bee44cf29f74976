// 课程 `saturated-neuron` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "交叉熵与饱和的神经元",
  question: "神经元错得离谱，为什么反而学得很慢？",
  says: {
    ask: "一个只有一个输入的 Sigmoid 神经元，要把输入 1 变成 0。起初 w = 2，b = 2：净输入是 4，输出是 0.98，几乎错到了极点。\n\n学习率 0.15，训练 300 个回合：一次用二次代价，一次用交叉熵。哪一个最后更接近 0？",
    why: "交叉熵到了 0.0120，二次代价只到 0.203，而且前 150 个回合几乎是平的。\n\n用二次代价，∂C/∂w = (a − y) σ′(z)；用交叉熵，∂C/∂w = a − y，因为其中的 1/(a(1 − a)) 正好与 σ′ 抵消。开始时 σ′(4) = 0.01766。交叉熵的梯度是二次代价的多少倍？",
    stuck:
      "56.6 倍，即 1/0.01766。从 w = 0.6，b = 0.9 出发，神经元没有饱和，两种代价都学得动，最后是 0.094 和 0.0116。\n\n找一个起点，使 300 个回合之后二次代价的输出仍在 0.9 以上，而交叉熵的输出已降到 0.05 以下。",
  },
  names: {
    w: "w 的初值",
    b: "b 的初值",
    rate: "学习率 η",
    epochs: "回合数",
    epoch: "回合",
    output: "输出 a",
    first: "最初的输出",
    quadratic: "最后的输出（二次代价）",
    crossEntropy: "最后的输出（交叉熵）",
    byQuadratic: "∂C/∂w（二次代价）",
    byEntropy: "∂C/∂w（交叉熵）",
    factor: "后者是前者的几倍",
    quadraticCurve: "二次代价",
    entropyCurve: "交叉熵",
  },
  choices: { quadratic: "二次代价", entropy: "交叉熵", same: "两者一样" },
  goals: { stuck: "二次代价不低于 0.9，交叉熵不高于 0.05" },
  spoken: "二次代价的梯度是 a 减 y 再乘 sigma 撇 z；交叉熵的梯度就是 a 减 y",
  remark:
    "笔记说式中不含 σ′(z)，所以所有偏微分的值都较大。其实抵消的只是输出层的 σ′，隐藏层的仍在；而且答案正确时，a − y 本身就小。",
};
