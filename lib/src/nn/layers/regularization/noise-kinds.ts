// The kinds of layers that disturb what they are given, plain dropout apart.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
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

export const NOISE_KINDS: Makers<Layer> = {
  alphaDropout: { signature: RANDOM_SHARE, make: alphaDropout },
  gaussianDropout: { signature: RANDOM_SHARE, make: gaussianDropout },
  gaussianNoise: { signature: GAUSSIAN_NOISE, make: gaussianNoise },
  spatialDropout1d: { signature: SPATIAL_DROPOUT, make: spatialDropout1d },
  spatialDropout2d: { signature: SPATIAL_DROPOUT, make: spatialDropout2d },
  spatialDropout3d: { signature: SPATIAL_DROPOUT, make: spatialDropout3d },
};
