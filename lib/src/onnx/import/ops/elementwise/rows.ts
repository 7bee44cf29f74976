// The rows of the ops that work element by element.

import type { OpRows } from "../../core/rows.ts";
import { activations } from "./activations.ts";
import { arithmetic } from "./arithmetic.ts";
import { logic } from "./logic.ts";
import { types } from "./types.ts";

export const elementwiseRows: OpRows = { ...arithmetic, ...logic, ...activations, ...types };
