// The kinds of layers of this family, as specifications name them.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
import { GLOBAL_POOL, globalPool } from "./global-pool.ts";
import {
  avgPool1d,
  avgPool2d,
  avgPool3d,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  POOL1D,
  POOL2D,
  POOL3D,
} from "./pool.ts";

export const POOLING_KINDS: Makers<Layer> = {
  maxPool1d: { signature: POOL1D, make: maxPool1d },
  maxPool2d: { signature: POOL2D, make: maxPool2d },
  maxPool3d: { signature: POOL3D, make: maxPool3d },
  avgPool1d: { signature: POOL1D, make: avgPool1d },
  avgPool2d: { signature: POOL2D, make: avgPool2d },
  avgPool3d: { signature: POOL3D, make: avgPool3d },
  globalPool: { signature: GLOBAL_POOL, make: globalPool },
};
