// 反向传播页。

import type { backprop as en } from "../en/backprop.ts";

export const backprop = {
  title: "反向传播",
  lead: "沿着公式，一个运算一个运算地前向和反向。",
} satisfies typeof en;
