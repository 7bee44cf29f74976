// The rows of the ops that networks have as layerRows and losses.

import type { OpRows } from "../../core/rows.ts";
import { attentions } from "./attention.ts";
import { losses } from "./losses.ts";
import { normalizations } from "./normalization.ts";

export const layerRows: OpRows = { ...normalizations, ...attentions, ...losses };
