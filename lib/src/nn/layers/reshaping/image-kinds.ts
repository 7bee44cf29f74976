// The kinds of layers that add, cut or repeat what lies along axes of space.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
import {
  CROPPING1D,
  CROPPING2D,
  CROPPING3D,
  cropping1d,
  cropping2d,
  cropping3d,
  ZERO_PADDING1D,
  ZERO_PADDING2D,
  ZERO_PADDING3D,
  zeroPadding1d,
  zeroPadding2d,
  zeroPadding3d,
} from "./borders.ts";
import {
  PIXEL_SHUFFLE,
  pixelShuffle,
  UPSAMPLING1D,
  UPSAMPLING2D,
  UPSAMPLING3D,
  upsampling1d,
  upsampling2d,
  upsampling3d,
} from "./upsampling.ts";

export const IMAGE_KINDS: Makers<Layer> = {
  upsampling1d: { signature: UPSAMPLING1D, make: upsampling1d },
  upsampling2d: { signature: UPSAMPLING2D, make: upsampling2d },
  upsampling3d: { signature: UPSAMPLING3D, make: upsampling3d },
  pixelShuffle: { signature: PIXEL_SHUFFLE, make: pixelShuffle },
  zeroPadding1d: { signature: ZERO_PADDING1D, make: zeroPadding1d },
  zeroPadding2d: { signature: ZERO_PADDING2D, make: zeroPadding2d },
  zeroPadding3d: { signature: ZERO_PADDING3D, make: zeroPadding3d },
  cropping1d: { signature: CROPPING1D, make: cropping1d },
  cropping2d: { signature: CROPPING2D, make: cropping2d },
  cropping3d: { signature: CROPPING3D, make: cropping3d },
};
