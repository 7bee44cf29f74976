// 课程列表，以及一课的框架。

import type { lessons as en } from "../en/lessons.ts";

export const lessons = {
  title: "课程",
  lead: "一个问题，你的预测，然后用一次训练来揭晓。",
  noneTitle: "没有这一课",
  back: "全部课程",
} satisfies typeof en;
