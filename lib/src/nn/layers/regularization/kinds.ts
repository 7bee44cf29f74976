// The kind of layer that regularizes most networks.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
import { DROPOUT, dropout } from "./dropout.ts";

export const REGULARIZATION_KINDS: Makers<Layer> = {
  dropout: { signature: DROPOUT, make: dropout },
};
