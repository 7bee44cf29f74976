// The kinds of layers of this family, as specifications name them.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
import { DROPOUT, dropout } from "./dropout.ts";
import {
  alphaDropout,
  GAUSSIAN_NOISE,
  gaussianDropout,
  gaussianNoise,
  RANDOM_SHARE,
} from "./noise.ts";
import {
  SPATIAL_DROPOUT,
  spatialDropout1d,
  spatialDropout2d,
  spatialDropout3d,
} from "./spatial-dropout.ts";

export const REGULARIZATION_KINDS: Makers<Layer> = {
  dropout: { signature: DROPOUT, make: dropout },
  alphaDropout: { signature: RANDOM_SHARE, make: alphaDropout },
  gaussianDropout: { signature: RANDOM_SHARE, make: gaussianDropout },
  gaussianNoise: { signature: GAUSSIAN_NOISE, make: gaussianNoise },
  spatialDropout1d: { signature: SPATIAL_DROPOUT, make: spatialDropout1d },
  spatialDropout2d: { signature: SPATIAL_DROPOUT, make: spatialDropout2d },
  spatialDropout3d: { signature: SPATIAL_DROPOUT, make: spatialDropout3d },
};
