// The kinds of layers of this family, as specifications name them.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
import { BATCH_NORMALIZATION, batchNormalization } from "./batch-normalization.ts";
import { GROUP_NORMALIZATION, groupNormalization } from "./group-normalization.ts";
import {
  LAYER_NORMALIZATION,
  layerNormalization,
  RMS_NORMALIZATION,
  rmsNormalization,
} from "./layer-normalization.ts";

export const NORMALIZATION_KINDS: Makers<Layer> = {
  batchNormalization: { signature: BATCH_NORMALIZATION, make: batchNormalization },
  layerNormalization: { signature: LAYER_NORMALIZATION, make: layerNormalization },
  groupNormalization: { signature: GROUP_NORMALIZATION, make: groupNormalization },
  rmsNormalization: { signature: RMS_NORMALIZATION, make: rmsNormalization },
};
