// The rows of the ops that move elements.

import type { OpRows } from "../../core/rows.ts";
import { cuts } from "./cuts.ts";
import { made } from "./made.ts";
import { shapes } from "./shapes.ts";

export const movement: OpRows = { ...shapes, ...cuts, ...made };
