// The ops that not every network is made of.

import { argsort } from "./rules/along/argsort.ts";
import { cumsum } from "./rules/along/cumsum.ts";
import { cond } from "./rules/control/cond.ts";
import { whileLoop } from "./rules/control/while.ts";
import * as conv from "./rules/conv/conv.ts";
import * as custom from "./rules/custom.ts";
import { erf } from "./rules/error-function.ts";
import * as pool from "./rules/pool/pool.ts";
import { scan } from "./rules/scan/scan.ts";
import { scatterAdd, scatterMax } from "./rules/scatter.ts";
import * as trigonometry from "./rules/trigonometry.ts";
import type { bringOps } from "./table.ts";

export const LATE_OPS: Parameters<typeof bringOps>[0] = {
  ...trigonometry,
  erf,
  ...conv,
  ...pool,
  ...custom,
  argsort,
  cumsum,
  scatterAdd,
  scatterMax,
  scan,
  cond,
  whileLoop,
};
