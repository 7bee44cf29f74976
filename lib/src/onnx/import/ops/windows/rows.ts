// The rows of the ops that work on windows and images.

import type { OpRows } from "../../core/rows.ts";
import { convolutions } from "./convolution.ts";
import { pools } from "./pooling.ts";
import { resizes } from "./resize.ts";
import { samplings } from "./sampling.ts";

export const windows: OpRows = { ...convolutions, ...pools, ...resizes, ...samplings };
