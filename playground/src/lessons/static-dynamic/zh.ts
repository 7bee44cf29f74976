// 课程 `static-dynamic` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "静态计算图与动态计算图",
  question: "计算图是先有的，还是边算边有的？",
  says: {
    ask: "动态计算图在程序运行时一步一步地构建。静态计算图在知道任何数值之前先构建好，然后反复运行，这里由 compile() 完成。\n\n程序走一步梯度下降：if (loss > 1) 用一个学习率，否则用另一个，用的是语言自身的 if。两种计算图中，哪一种能做到？",
    gain: "只有动态的能。静态图构建时还没有数值，loss.item() 给不出结果，compile() 会拒绝，并说明原因。\n\n那么静态图好在哪里？不带 if 的一步，包括前馈、求导和更新，是 30 个节点的图。编译器把它们合成几个内核（每个内核是内存上的一趟循环）？",
    op: "一个。整体已知，就能整体优化；逐个运算执行，则每个节点都是一次调用，各有各的数组。\n\n静态图也可以有分支，只要分支本身是一个运算：cond(loss > 1, large, small) 同时包含两个分支。选一种方式：经过编译，能运行，结果与动态的相同。",
  },
  names: {
    way: "方式",
    dynamic: "动态，用 if",
    static: "静态，用 if",
    cond: "静态，用 cond",
    w: "w 的初值",
    steps: "步数",
    works: "能运行（1）或被拒绝（0）",
    compiled: "经过编译（1）或没有（0）",
    end: "最后的 w",
    difference: "与动态方式的差",
    nodes: "图的节点数",
    kernels: "内核数",
  },
  choices: { dynamic: "只有动态的", static: "只有静态的", both: "两种都能" },
  goals: { op: "经过编译，能运行，相差不超过 10⁻¹²" },
  tables: {
    ways: {
      caption: "能运行吗？",
      columns: ["1 能，0 不能"],
      rows: ["动态，用 if", "静态，用 if", "静态，用 cond"],
    },
  },
  spoken: "w 减去学习率乘以损失对 w 的导数；损失大于 1 时用一个学习率，否则用另一个",
  remark:
    "“TensorFlow 采用静态计算图”在 2.0 之前是对的，此后默认是动态执行。PyTorch 是动态的，如今也能编译。Theano、DyNet、Chainer 都已停止开发。",
};
