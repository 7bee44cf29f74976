// The kind of layer that regularizes most networks.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
import { ACTIVITY_PENALTY, activityPenalty } from "./activity-penalty.ts";
import { DROPOUT, dropout } from "./dropout.ts";

export const REGULARIZATION_KINDS: Makers<Layer> = {
  activityPenalty: { signature: ACTIVITY_PENALTY, make: activityPenalty },
  dropout: { signature: DROPOUT, make: dropout },
};
