// Functions of the ops that not every network is made of.

import { erf } from "./erf.ts";
import type { LateMath } from "./index.ts";
import { atan, log2, log10, tan } from "./rounded-once.ts";
import { cos, sin } from "./trigonometric.ts";

export const LATE_MATH: LateMath = { sin, cos, erf, log2, log10, atan, tan };
