// 课程 `gates` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "感知机、逻辑门与半加器",
  question: "一个感知机能判断什么？几个连起来又能做什么？",
  says: {
    ask: "当 w₁x₁ + w₂x₂ + b > 0 时，感知机输出 1，否则输出 0。在输入平面上，这就是一条直线的某一侧。\n\n与、或、与非、非这四种门，一个感知机能实现其中几种？",
    nand: "四种都能：感知机学习规则为每一种都找到了权值。现在动手试试：给出的权值是与门，请把它改成与非门，即只有两个输入都是 1 时才输出 0。\n\n要使真值表的四行全对。",
    adder:
      "只用与非门就能搭出其他任何门。半加器把两个二进制位相加：恰有一个输入为 1 时“和”为 1，两个都为 1 时“进位”为 1。它要用五个与非门：先求 n = NAND(x₁, x₂)，再由 NAND(NAND(x₁, n), NAND(x₂, n)) 得到和，由 NAND(n, n) 得到进位。\n\n这五个位置上放的都是你的感知机。调节它，使四行的加法全对。",
  },
  names: {
    gate: "逻辑门",
    and: "与门 AND",
    or: "或门 OR",
    nand: "与非门 NAND",
    w1: "w₁",
    w2: "w₂",
    b: "b",
    right: "答对的行数（共 4 行）",
    added: "加对的行数（共 4 行）",
    possible: "感知机规则能学会的门（共 4 种）",
    yes: "对",
    no: "错",
  },
  choices: { two: "两种", three: "三种", four: "四种都能" },
  goals: { nand: "与非门 4 行全对", adder: "半加器 4 行全对" },
  tables: {
    truth: { caption: "真值表", columns: ["x₁", "x₂", "应为", "输出"] },
    adder: { caption: "半加器", columns: ["x₁", "x₂", "和", "进位", "对错"] },
  },
  spoken: "当 w1 x1 加 w2 x2 加 b 大于 0 时输出 1",
};
