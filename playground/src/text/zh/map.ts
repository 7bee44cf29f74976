// 笔记地图。

import type { map as en } from "../en/map.ts";

export const map = {
  title: "笔记地图",
  lead: "每一节，以及能动手看它的课程或页面。",
} satisfies typeof en;
