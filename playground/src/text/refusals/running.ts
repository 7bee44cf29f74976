// 运行时：只在计算过程中才会出现的问题。

import { rows } from "./sentences.ts";

export const RUNNING = rows({
  "The value of {type} was read while tracing, when only its type is known. Inside compile(), vmap() and scan() use where() in place of if, or read the value outside.":
    "追踪时读了 {type} 的值，而这时只知道它的类型。在 compile()、vmap() 和 scan() 里请用 where() 代替 if，或者在外面读值",
});
