// 课程 `relu-family` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "ReLU 及其变种",
  question: "ReLU 不起作用的地方，它的变种怎么做？",
  says: {
    ask: "ReLU 是 max(0, x)。x 小于 0 时导数为 0：这样的神经元从这样的样本中什么也学不到。带泄露的 ReLU、ELU 和 Softplus 就是为改进这一点而提出的。\n\n在 x = −1 处，四个函数中哪一个的导数最大？",
    zero: "在 −1 处，导数依次是 0、0.01、0.3679、0.2689，函数值依次是 0、−0.01、−0.6321、0.3133。导数最大的是 ELU，即 γeˣ。\n\n在 x = 0 处，ReLU 有一个尖角，不可导，但程序总得给出一个数。给的是多少？",
    fade: "是 0：书中的公式 I(x > 0) 把 0 算在左边，程序库也是这样。ELU 在 0 处取左导数 γ。\n\nELU 也不是一劳永逸：往左去，它的导数 γeˣ 会越来越小。在 0 的左边找到导数等于 0.1 的 x。",
  },
  names: {
    f: "所画的函数",
    relu: "ReLU",
    leaky: "带泄露的 ReLU",
    elu: "ELU",
    softplus: "Softplus",
    x: "x",
    leak: "带泄露的 ReLU 在左侧的斜率",
    gamma: "ELU 的 γ",
    value: "函数值",
    slope: "导数",
    values: "函数值",
    slopes: "导数",
  },
  choices: {
    relu: "ReLU",
    leaky: "带泄露的 ReLU",
    elu: "ELU",
    softplus: "Softplus",
    none: "0",
    half: "1/2",
    one: "1",
  },
  goals: { fade: "0 左边导数 = 0.1 之处" },
  tables: {
    family: {
      caption: "在所选的 x 处",
      columns: ["函数值", "导数"],
      rows: ["ReLU", "带泄露的 ReLU", "ELU", "Softplus"],
    },
  },
  spoken:
    "ReLU 取 0 与 x 中较大者；带泄露的 ReLU 在左侧是 gamma x；ELU 在左侧是 gamma 乘 e 的 x 次方减 1；Softplus 是 1 加 e 的 x 次方的对数",
  remark:
    "导数表中的 I(x > 0) 在 0 处是一种约定：ReLU 在那里并不可导。另外，说 ReLU “解决了梯度消失问题”过头了：讲义的说法是“在一定程度上缓解”。",
};
