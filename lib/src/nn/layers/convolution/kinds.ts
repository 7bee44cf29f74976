// The kinds of layers of this family, as specifications name them.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
import { CONV1D, CONV2D, CONV3D, conv1d, conv2d, conv3d } from "./conv.ts";
import { CONV2D_TRANSPOSE, conv2dTranspose } from "./conv-transpose.ts";
import {
  DEPTHWISE_CONV1D,
  DEPTHWISE_CONV2D,
  depthwiseConv1d,
  depthwiseConv2d,
} from "./depthwise-conv.ts";
import {
  SEPARABLE_CONV1D,
  SEPARABLE_CONV2D,
  separableConv1d,
  separableConv2d,
} from "./separable-conv.ts";

export const CONVOLUTION_KINDS: Makers<Layer> = {
  conv1d: { signature: CONV1D, make: conv1d },
  conv2d: { signature: CONV2D, make: conv2d },
  conv3d: { signature: CONV3D, make: conv3d },
  depthwiseConv1d: { signature: DEPTHWISE_CONV1D, make: depthwiseConv1d },
  depthwiseConv2d: { signature: DEPTHWISE_CONV2D, make: depthwiseConv2d },
  separableConv1d: { signature: SEPARABLE_CONV1D, make: separableConv1d },
  separableConv2d: { signature: SEPARABLE_CONV2D, make: separableConv2d },
  conv2dTranspose: { signature: CONV2D_TRANSPOSE, make: conv2dTranspose },
};
