// The rows of the ops that work by places.

import type { OpRows } from "../../core/rows.ts";
import { found } from "./found.ts";
import { gathers } from "./gathers.ts";
import { scatters } from "./scatters.ts";
import { suppression } from "./suppression.ts";

export const indices: OpRows = { ...gathers, ...scatters, ...found, ...suppression };
