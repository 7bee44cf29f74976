// Dropout by both conventions.

import { describe, expect, it } from "vitest";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData } from "../../../tensor/create.ts";
import { CONTEXT, testLayers } from "../harness.testing.ts";
import { dropout, type Layer } from "../index.ts";

testLayers([
  { title: "dropout", layer: dropout(0.4), inputShape: [50], outputShape: [50], parameters: 0 },
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
