// Whoever imports this has all ops at hand, and all that the simplifier knows of them.

import "../ops/whole.ts";
import { LATE_SIMPLIFICATIONS } from "./simplify/late.ts";
import { bringRules } from "./simplify/rewriter.ts";
import { WINDOW_RULES } from "./simplify/windows.ts";
import { bringSimplifications } from "./simplify.ts";

bringRules(WINDOW_RULES);
bringSimplifications(LATE_SIMPLIFICATIONS);
