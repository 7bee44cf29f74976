// Layers that only change the shape of an example, enlarge it, or change its borders.

import { describe, expect, it } from "vitest";
import { testLayers } from "../harness.testing.ts";
import {
  cropping1d,
  cropping2d,
  cropping3d,
  flatten,
  inputLayer,
  type Layer,
  layerFromSpec,
  pixelShuffle,
  reshapeLayer,
  upsampling1d,
  upsampling2d,
  upsampling3d,
  zeroPadding1d,
  zeroPadding2d,
  zeroPadding3d,
} from "../index.ts";

testLayers([
  { title: "flatten", layer: flatten(), inputShape: [2, 3, 2], outputShape: [12], parameters: 0 },
  {
    title: "reshape",
    layer: reshapeLayer([3, 2]),
    inputShape: [6],
    outputShape: [3, 2],
    parameters: 0,
  },
  { title: "input", layer: inputLayer([3]), inputShape: [3], outputShape: [3], parameters: 0 },
  ...(
    [
      ["upsampling1d", upsampling1d(3), [3, 2], [9, 2]],
      ["upsampling1d, linear", upsampling1d(3, { interpolation: "linear" }), [3, 2], [9, 2]],
      ["upsampling2d", upsampling2d([2, 1]), [3, 4, 2], [6, 4, 2]],
      [
        "upsampling2d, bilinear",
        upsampling2d(2, { interpolation: "bilinear" }),
        [3, 1, 2],
        [6, 2, 2],
      ],
      ["upsampling3d", upsampling3d(2), [2, 1, 3, 2], [4, 2, 6, 2]],
      ["pixelShuffle", pixelShuffle(2), [2, 3, 8], [4, 6, 2]],
      ["zeroPadding1d", zeroPadding1d([2, 0]), [3, 2], [5, 2]],
      ["zeroPadding2d", zeroPadding2d([[1, 0], 2]), [3, 2, 2], [4, 6, 2]],
      ["zeroPadding3d", zeroPadding3d(), [1, 2, 3, 2], [3, 4, 5, 2]],
      ["cropping1d", cropping1d([2, 0]), [5, 2], [3, 2]],
      ["cropping2d", cropping2d([[1, 0], 2]), [3, 6, 2], [2, 2, 2]],
      ["cropping3d", cropping3d(), [3, 4, 5, 2], [1, 2, 3, 2]],
    ] as [string, Layer, number[], number[]][]
  ).map(([title, layer, inputShape, outputShape]) => {
    return { title, layer, inputShape, outputShape, parameters: 0 };
  }),
]);

describe("what is refused", () => {
  it.each<[() => unknown, string]>([
    [
      () => upsampling2d([1, 0]),
      "upsampling2d: expected size to be one or two whole numbers above 0, received [1,0]",
    ],
    [
      () => upsampling3d([1, 2] as never),
      "upsampling3d: expected size to be one or three whole numbers above 0, received [1,2]",
    ],
    [
      () => upsampling1d(2, { interpolation: "bilinear" }),
      'upsampling1d: expected interpolation to be "nearest" or "linear", received "bilinear"',
    ],
    [
      () => upsampling1d(2).outputShape([3]),
      "upsampling1d: expected an example [steps, channels], received [3]",
    ],
    [
      () => zeroPadding1d(-1),
      "zeroPadding1d: expected padding to be a whole number of 0 or more, or [before, after], received -1",
    ],
    [
      () => zeroPadding2d([1, 2, 3] as never),
      "zeroPadding2d: expected padding to be a whole number of 0 or more, or one or [before, after] " +
        "for each of two axes, received [1,2,3]",
    ],
    [
      () => cropping2d([1, [0, 2]]).outputShape([3, 2, 1]),
      "cropping2d: cropping [1,[0,2]] leaves nothing of an example [3, 2, 1]",
    ],
    [
      () => cropping3d(1).outputShape([3, 3, 1]),
      "cropping3d: expected an example [depth, height, width, channels], received [3, 3, 1]",
    ],
    [() => pixelShuffle(0), "pixelShuffle: expected factor to be a whole number above 0"],
    [
      () => pixelShuffle(2).outputShape([2, 2, 6]),
      "pixelShuffle: the 6 channels of [2, 2, 6] are no multiple of 2^2",
    ],
    [() => layerFromSpec({ kind: "upsampling2d" }), "upsampling2d: expected size"],
  ])("%#", (make, message) => {
    expect(make).toThrow(message);
  });
});
