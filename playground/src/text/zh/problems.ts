// 各种问题的说明。

import type { problems as en } from "../en/problems.ts";

export const problems = {
  linkBroken: {
    encoding: "链接已损坏，无法解码。设置保持不变。",
    size: "链接内容过大。设置保持不变。",
    document: "链接里没有设置。设置保持不变。",
    version: "链接由更新的版本生成。设置保持不变。",
  },
  fieldReplaced: (path: string, found: string, used: string) =>
    `${path}：${found} 在这里没有意义，改用 ${used}。`,
  expression: (text: string, at: number, detail: string) =>
    `“${text}” 在第 ${at + 1} 个字符处无法读懂：${detail}`,
  formulaShape: (most: number, names: string, results: number) =>
    results === 1
      ? `这里需要含${most === 1 ? "一个变量" : "一个或两个变量"}的公式；现在的变量是：${names || "无"}。`
      : `这里只需要一个公式，现在有 ${results} 个。`,
  refused: (detail: string) => `这些设置不能放在一起：${detail}`,
  notLoaded: "网络还在载入。",
  unknown: (detail: string) => `出了问题：${detail}`,
  nothing: "空",
} satisfies typeof en;
