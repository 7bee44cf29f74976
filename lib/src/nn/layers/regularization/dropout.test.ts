// Dropout by both conventions, of whole channels, and noise.

import { describe, expect, it } from "vitest";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData } from "../../../tensor/create.ts";
import { key, normal } from "../../../tensor/random.ts";
import { CONTEXT, testLayers } from "../harness.testing.ts";
import {
  activityPenalty,
  alphaDropout,
  dropout,
  gaussianDropout,
  gaussianNoise,
  type Layer,
  layerFromSpec,
  spatialDropout1d,
  spatialDropout2d,
  spatialDropout3d,
} from "../index.ts";

testLayers([
  { title: "dropout", layer: dropout(0.4), inputShape: [50], outputShape: [50], parameters: 0 },
  ...(
    [
      ["activityPenalty", activityPenalty({ l1: 0.1 }), [5, 6]],
      ["gaussianNoise", gaussianNoise(0.3), [50]],
      ["gaussianDropout", gaussianDropout(0.3), [50]],
      ["alphaDropout", alphaDropout(0.3), [50]],
      ["spatialDropout1d", spatialDropout1d(0.4), [5, 6]],
      ["spatialDropout2d", spatialDropout2d(0.4), [3, 2, 6]],
      ["spatialDropout3d", spatialDropout3d(0.4), [3, 2, 2, 6]],
    ] as [string, Layer, number[]][]
  ).map(([title, layer, inputShape]) => {
    return { title, layer, inputShape, outputShape: inputShape, parameters: 0 };
  }),
]);

describe("dropout", () => {
  const x: Tensor = fromData(new Float32Array(10_000).fill(1), [100, 100]);
  const apply = (layer: Layer, training: boolean) =>
    layer.apply({ params: {}, state: {} }, x, { ...CONTEXT, training }).y;

  it("inverted: keeps the mean in training and changes nothing at test time", () => {
    const dropped = apply(dropout(0.4), true);
    expect(dropped.mean().item()).toBeCloseTo(1, 1);
    expect(new Set(dropped.data)).toEqual(new Set([0, Math.fround(1 / 0.6)]));
    expect(apply(dropout(0.4), false).data).toEqual(x.data);
  });

  it("original: drops in training and scales by 1 - p at test time", () => {
    const layer = dropout(0.25, { convention: "original" });
    expect(new Set(apply(layer, true).data)).toEqual(new Set([0, 1]));
    expect(new Set(apply(layer, false).data)).toEqual(new Set([0.75]));
  });

  it("refuses a probability of 1", () => {
    expect(() => dropout(1)).toThrow(
      "dropout: expected p to be a number from 0 to below 1, received 1",
    );
  });
});

describe("noise", () => {
  const standard: Tensor = normal(key(7), [300, 300]);
  const apply = (layer: Layer, x: Tensor, training = true) =>
    layer.apply({ params: {}, state: {} }, x, { training, key: key(5) }).y;
  const spread = (x: Tensor) => [x.mean().item(), x.std().item()] as const;

  it("is added with mean 0 and its standard deviation, to each element its own", () => {
    const [mean, std] = spread(apply(gaussianNoise(0.5), standard).sub(standard));
    expect(mean).toBeCloseTo(0, 2);
    expect(std).toBeCloseTo(0.5, 2);
  });

  it("multiplies with mean 1 and the variance p / (1 - p)", () => {
    const [mean, std] = spread(apply(gaussianDropout(0.2), standard).div(standard));
    expect(mean).toBeCloseTo(1, 2);
    expect(std ** 2).toBeCloseTo(0.25, 2);
  });

  it("alphaDropout puts -1.7581 in a share p, and keeps mean 0 and variance 1", () => {
    const y = apply(alphaDropout(0.25), standard);
    const [mean, std] = spread(y);
    expect(mean).toBeCloseTo(0, 1.5);
    expect(std).toBeCloseTo(1, 1.5);
    // a (-1.7581) + b, with a = (0.75 (1 + 0.25 1.7581^2))^(-1/2) and b = 0.25 1.7581 a
    const a = (0.75 * (1 + 0.25 * 1.7580993408473766 ** 2)) ** -0.5;
    const dropped = a * -1.7580993408473766 * 0.75;
    const share = [...y.data].filter((v) => Math.abs(v - dropped) < 1e-6).length / y.size;
    expect(share).toBeCloseTo(0.25, 2);
  });

  it("does nothing but in training", () => {
    for (const layer of [gaussianNoise(1), gaussianDropout(0.5), alphaDropout(0.5)]) {
      expect(apply(layer, standard, false)).toBe(standard);
    }
  });

  it("drops whole channels of each example for itself, and divides what is kept", () => {
    const ones: Tensor = fromData(new Float32Array(40 * 6 * 50).fill(1), [40, 2, 3, 50]);
    const y = apply(spatialDropout2d(0.2), ones);
    const lowest = y.min([1, 2]);
    expect(lowest.data).toEqual(y.max([1, 2]).data); // one fate for a channel
    expect(new Set(lowest.data)).toEqual(new Set([0, 1.25]));
    expect(lowest.mean().item()).toBeCloseTo(1, 1);
    expect(new Set(lowest.data.slice(0, 50))).toEqual(new Set([0, 1.25])); // of one example
  });

  it.each<[() => unknown, string]>([
    [
      () => gaussianNoise(-1),
      "gaussianNoise: expected std to be a number of 0 or more, received -1",
    ],
    [() => gaussianDropout(1), "gaussianDropout: expected p to be a number from 0 to below 1"],
    [() => alphaDropout(-0.1), "alphaDropout: expected p to be a number from 0 to below 1"],
    [() => spatialDropout1d(2), "spatialDropout1d: expected p to be a number from 0 to below 1"],
    [
      () => spatialDropout2d(0.5).outputShape([3, 4]),
      "spatialDropout2d: expected an example [height, width, channels], received [3, 4]",
    ],
    [() => layerFromSpec({ kind: "gaussianNois" }), 'Did you mean "gaussianNoise"?'],
  ])("refusal %#", (make, message) => {
    expect(make).toThrow(message);
  });
});
