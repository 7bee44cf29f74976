// The kinds of layers that join several inputs.

import type { Makers } from "../maker.ts";
import {
  addLayer,
  averageLayer,
  concatenateLayer,
  MERGE,
  type Merge,
  multiplyLayer,
} from "./merge.ts";

export const MERGING_KINDS: Makers<Merge> = {
  add: { signature: MERGE, make: addLayer, called: "addLayer" },
  multiply: { signature: MERGE, make: multiplyLayer, called: "multiplyLayer" },
  average: { signature: MERGE, make: averageLayer, called: "averageLayer" },
  concatenate: { signature: MERGE, make: concatenateLayer, called: "concatenateLayer" },
};
