// 网络页的控件：数据、层、训练、运行记录。

import type { controls as en } from "../en/controls.ts";

export const controls = {} satisfies typeof en;
