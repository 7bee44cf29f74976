// Whoever imports this has all ops at hand.

import { LATE_OPS } from "./late.ts";
import { bringOps } from "./table.ts";

bringOps(LATE_OPS);
