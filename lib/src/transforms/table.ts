// The transforms that call each other through the ops, tied together.

import type { GraphTransforms } from "../ops/define.ts";
import { batch } from "./batch.ts";
import { linearize } from "./linearize.ts";
import { transposeLinear } from "./transpose.ts";

/** The transforms of graphs, as an op whose rule needs one is handed them. */
export const TRANSFORMS: GraphTransforms = {
  linearize: (graph, wrt) => linearize(graph, wrt, TRANSFORMS),
  transposeLinear: (inputs, outputs, cotangents) =>
    transposeLinear(inputs, outputs, cotangents, TRANSFORMS),
  batch: (graph, batched, size) => batch(graph, batched, size, TRANSFORMS),
};
