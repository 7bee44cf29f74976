// 网络页：各个区域与它们显示的内容。控件的文字另有文件。

import type { network as en } from "../en/network.ts";

export const network = {
  title: "网络",
  lead: "搭一个网络，训练它，看看里面。",
  present: "投影模式",
  data: "数据",
  net: "网络",
  output: "输出",
  training: "训练",
  shelf: "运行记录",
  region: "平面上的输出",
} satisfies typeof en;
