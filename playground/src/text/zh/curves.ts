// 曲线与曲面。

import type { curves as en } from "../en/curves.ts";

export const curves = {
  title: "曲线与曲面",
  lead: "激活函数、损失函数，以及训练的地形。",
} satisfies typeof en;
