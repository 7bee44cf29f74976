// 首页。

import type { start as en } from "../en/start.ts";

export const start = {
  title: "看见网络如何思考",
  lead: "一个只有三个神经元的网络，就在你的浏览器里学习“异或”。这些页面上的每一个数都是当场算出来的，没有一个是编的。",
  live: "异或，当场训练",
  liveHint: "两个输入，两个隐藏神经元，一个输出。点播放，或者单步。",
  regionTitle: "网络的回答",
  regionSays: "橙色是 0，蓝色是 1。两种颜色的角都要答对。",
  curveTitle: "损失随回合的变化",
  netTitle: "网络和它的权值",
  netSays: (rows: string) => `权值与偏置：${rows}`,
  input: "x",
  doors: "入口",
  learnTitle: "学习",
  learnSays: "沿着笔记的课程：先提问，先预测，再用一次训练来揭晓。",
  experimentTitle: "实验",
  experimentSays: "搭一个自己的网络，用自己的数据点。出乎意料时，可以回到过去。",
  unfoldTitle: "看清内部",
  unfoldSays: "一个运算一个运算地走完反向传播，用的就是书上的数。",
  curvesTitle: "曲线与曲面",
  curvesSays: "激活函数、损失函数，以及训练时一路往下走的损失曲面。",
  mapTitle: "地图",
  mapSays: "笔记的每一节，对应哪一课、哪一页。",
  privacy:
    "不用账号，没有服务器，什么都不会发出去。这个标签页里已经载入的内容断网后照样能用；还没打开过的页面要联网才能载入。",
} satisfies typeof en;
