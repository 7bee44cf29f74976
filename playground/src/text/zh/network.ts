// 网络页。

import type { network as en } from "../en/network.ts";

export const network = {
  title: "网络",
  lead: "搭一个网络，训练它，看看里面。",
} satisfies typeof en;
