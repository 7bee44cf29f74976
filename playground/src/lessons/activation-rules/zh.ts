// 课程 `activation-rules` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "激活函数必须可微、必须单调吗",
  question: "对激活函数的那些要求，学习真正需要的是哪些？",
  says: {
    ask: "笔记要求激活函数非线性、可微、单调。有两个函数不守规矩：sin 永远忽上忽下；感知机的阶跃函数，除了跳变的那一点，导数处处为 0。\n\n用它们作隐藏层的激活函数，让 2-6-1 的网络判断一个点的两个坐标是否同号，也就是实数版的异或。用哪一个，能答对 95 % 没见过的点？",
    sine: "sin 学得和 ReLU、tanh 一样好。可见并不需要单调：反向传播要的是导数，不管它是正是负。而阶跃函数不让误差通过：隐藏层的权值停在初始值上，|ΔW| 正好是 0，只有最后一层在随机的特征上学习。\n\n图中是用阶跃函数的网络。请选一个激活函数再运行：至少答对 98 % 没见过的点。",
  },
  names: {
    activation: "隐藏层的激活函数",
    relu: "ReLU",
    tanh: "tanh",
    sin: "sin",
    step: "阶跃",
    seed: "权值的随机种子",
    steps: "梯度下降的步数",
    right: "没见过的点答对的比例",
    moved: "隐藏层的 |ΔW|",
    learners: "学会的函数",
  },
  choices: { both: "两个都行", sin: "只有 sin", step: "只有阶跃", neither: "都不行" },
  goals: { sine: "答对 98 % 没见过的点" },
  tables: {
    all: {
      caption: "四个函数，初始权值相同",
      columns: ["答对的比例", "隐藏层的 |ΔW|"],
      rows: ["ReLU", "tanh", "sin", "阶跃"],
    },
  },
  spoken: "C 对 w 的导数，等于 C 对 a 的导数乘以 f′(z) 再乘以 x",
  remark:
    "“必须可微”要求过严：讲义允许少数点上不可导，ReLU 就有一个这样的点。真正需要的是几乎处处不为 0 的导数。至于“单调”，讲义自己就打了三个问号，其实并不需要。",
};
