// 课程 `xor-net` 的文字。

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "解决异或的网络",
  question: "异或需要几个隐藏神经元？",
  says: {
    ask: "一个感知机只画一条直线，而没有一条直线能分开异或的四个角。需要几个隐藏神经元？",
    run: "训练有两个隐藏神经元的网络，直到四行都答对。",
  },
  choices: { one: "一个", two: "两个", three: "三个" },
};
