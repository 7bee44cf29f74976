// What convolutions and pools refuse, and what their errors say.

import { describe, expect, it } from "vitest";
import {
  avgPool2d,
  conv1d,
  conv2d,
  conv2dTranspose,
  conv3d,
  depthwiseConv1d,
  globalPool,
  type Layer,
  layerFromSpec,
  maxPool1d,
  maxPool2d,
  separableConv2d,
} from "../index.ts";

const wrong = (name: string) => name as "valid"; // past the compiler, as from plain JavaScript

describe("arguments", () => {
  it.each<[string, () => Layer, string]>([
    [
      "filters",
      () => conv2d(0, 3),
      "conv2d: expected filters to be a whole number above 0, received 0",
    ],
    [
      "a kernel of no rows",
      () => conv2d(1, [0, 3]),
      "conv2d: expected kernelSize to be one or two whole numbers above 0, received [0,3]",
    ],
    [
      "strides that are not whole",
      () => conv1d(1, 3, { strides: 1.5 }),
      "conv1d: expected strides to be a whole number above 0, received 1.5",
    ],
    [
      "dilation",
      () => conv2dTranspose(1, 3, { dilation: -1 }),
      "conv2dTranspose: expected dilation to be one or two whole numbers above 0, received -1",
    ],
    [
      "a window",
      () => maxPool2d(Number.NaN),
      "maxPool2d: expected poolSize to be one or two whole numbers above 0, received NaN",
    ],
    [
      "a misspelt padding",
      () => conv2d(1, 3, { padding: wrong("sane") }),
      'conv2d: expected padding to be "valid" or "same", received "sane"',
    ],
    [
      "causal padding of images",
      () => avgPool2d(2, { padding: wrong("causal") }),
      'avgPool2d: expected padding to be "valid" or "same", received "causal"',
    ],
    [
      "padding of a transposed convolution",
      () => conv2dTranspose(1, 3, { padding: wrong("full") }),
      'conv2dTranspose: expected padding to be "valid" or "same", received "full"',
    ],
    [
      "filters that do not divide into groups",
      () => conv2d(3, 3, { groups: 2 }),
      "conv2d: 3 filters do not divide into 2 groups",
    ],
    [
      "groups",
      () => conv1d(3, 3, { groups: 0 }),
      "conv1d: expected groups to be a whole number above 0, received 0",
    ],
    [
      "a kernel of two lengths for three axes",
      () => conv3d(3, [3, 3] as never),
      "conv3d: expected kernelSize to be one or three whole numbers above 0, received [3,3]",
    ],
    [
      "a multiplier",
      () => separableConv2d(3, 3, { multiplier: 0 }),
      "separableConv2d: expected multiplier to be a whole number above 0, received 0",
    ],
    [
      "another pool",
      () => globalPool("avg" as "average"),
      'globalPool: expected pool to be "average" or "max", received "avg"',
    ],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe("examples", () => {
  it.each<[Layer, number[], string]>([
    [
      conv2d(1, 3),
      [28, 28],
      "conv2d: expected an example [height, width, channels], received [28, 28]",
    ],
    [conv1d(1, 3), [28], "conv1d: expected an example [steps, channels], received [28]"],
    [conv2d(1, 5), [5, 4, 1], "conv2d: the 5x5 kernel is larger than its input [5, 4, 1]"],
    [
      conv2d(1, [2, 3], { dilation: 2 }),
      [5, 4, 1],
      "conv2d: the 2x3 kernel, dilated to 3x5, is larger than its input [5, 4, 1]",
    ],
    [conv1d(1, 3), [2, 4], "conv1d: the kernel of 3 is larger than its input [2, 4]"],
    [
      conv2d(4, 3, { groups: 2 }),
      [5, 5, 3],
      "conv2d: the 3 channels of [5, 5, 3] do not divide into 2 groups",
    ],
    [
      conv2dTranspose(1, 3),
      [3],
      "conv2dTranspose: expected an example [height, width, channels], received [3]",
    ],
    [
      conv3d(1, [2, 1, 1]),
      [1, 3, 3, 1],
      "conv3d: the 2x1x1 kernel is larger than its input [1, 3, 3, 1]",
    ],
    [
      separableConv2d(1, 3),
      [5, 5],
      "separableConv2d: expected an example [height, width, channels], received [5, 5]",
    ],
    [
      depthwiseConv1d(3),
      [2, 4],
      "depthwiseConv1d: the kernel of 3 is larger than its input [2, 4]",
    ],
    [maxPool1d(3), [2, 4], "maxPool1d: the window of 3 is larger than its input [2, 4]"],
    [maxPool2d(3), [2, 3, 1], "maxPool2d: the 3x3 window is larger than its input [2, 3, 1]"],
    [
      globalPool("max"),
      [3],
      "globalPool: expected an example [..., channels] of two axes or more, received [3]",
    ],
  ])("%o of %j", (layer, input, message) => {
    expect(() => layer.outputShape(input)).toThrow(message);
  });

  it("are never too small for padding that is not valid", () => {
    expect(conv2d(2, 5, { padding: "same" }).outputShape([1, 2, 3])).toEqual([1, 2, 2]);
    expect(conv1d(2, 5, { padding: "causal" }).outputShape([1, 3])).toEqual([1, 2]);
    expect(maxPool2d(3, { padding: "same" }).outputShape([1, 2, 3])).toEqual([1, 1, 3]);
  });
});

describe("specifications", () => {
  it.each<[Record<string, unknown>, string]>([
    [
      { kind: "conv2d", filters: 3 },
      "conv2d: expected kernelSize, one or two whole numbers above 0, received nothing",
    ],
    [
      { kind: "conv2d", filters: 3, kernelSize: [1, 2, 3] },
      "conv2d: expected kernelSize to be one or two whole numbers above 0, received [1,2,3]",
    ],
    [
      { kind: "conv1d", filters: 3, kernelSize: [1, 2] },
      "conv1d: expected kernelSize to be a whole number above 0, received [1,2]",
    ],
    [
      { kind: "conv2d", filters: 3, kernelSize: 2, padding: "causal" },
      'conv2d: expected padding to be "valid" or "same", received "causal"',
    ],
    [
      { kind: "conv2dTranspose", filters: 3, kernelSize: 2, groups: 1 },
      'conv2dTranspose: there is no option "groups".',
    ],
    [{ kind: "maxPool2d" }, "maxPool2d: expected poolSize"],
    [{ kind: "globalPool", pool: "mean" }, 'globalPool: expected pool to be "average" or "max"'],
    [{ kind: "maxPool2D", poolSize: 2 }, 'Did you mean "maxPool2d"?'],
  ])("%j", (spec, message) => {
    expect(() => layerFromSpec(spec as { kind: string })).toThrow(message);
  });
});
