// 所有页面的框架。

import type { shell as en } from "../en/shell.ts";

export const shell = {
  name: "Neurite",
  tagline: "看见网络如何思考",
  skip: "跳到正文",
  navigation: "页面",
  pages: {
    start: "首页",
    lessons: "课程",
    network: "网络",
    backprop: "反向传播",
    curves: "曲线与曲面",
    map: "笔记地图",
  },
  language: "语言",
  otherLanguage: "English",
  theme: "配色",
  themes: { auto: "跟随设备", light: "浅色", dark: "深色" },
  notation: "记号",
  notations: { nielsen: "Nielsen", nndl: "NNDL（邱锡鹏）", mazur: "Mazur" },
  settings: "显示",
  whatIsThis: "这是什么？",
  whatIsThisHint: "现在点任何东西，或者选中它再按 ?",
  nothingToExplain: "请先选中一个控件或一幅图，再按 ?",
  close: "关闭",
  undo: "撤销",
  redo: "重做",
  undone: "已撤销。",
  redone: "已重做。",
  loading: "正在载入……",
  missingTitle: "没有这个页面",
  missingText: "这个地址没有对应的页面。从首页可以到达任何地方。",
  toStart: "回到首页",
  openHere: "在 Neurite 中打开",
  pageFailed: (detail: string) => `页面无法载入：${detail}`,
} satisfies typeof en;
