import { describe, expect, it } from "vitest";
import { conv2d, dense, flatten, inputLayer, maxPool2d } from "../../nn/layers/index.ts";
import { sequential } from "../../train/model/sequential.ts";
import { sharedWeightsOf } from "./shared-weights.ts";

describe("sharedWeightsOf", () => {
  it("counts 26, 520 and 23,550 as Nielsen does", () => {
    const model = sequential([
      inputLayer([28, 28, 1]),
      conv2d(20, 5),
      maxPool2d(),
      conv2d(40, 5),
      flatten(),
      dense(10),
    ]);
    const [first, second] = sharedWeightsOf(model);
    expect(first).toEqual({
      layer: "conv2d1",
      maps: 20,
      cells: 576,
      perMap: 26,
      parameters: 520,
      dense: 23_550,
      denseUnits: 30,
      denseCells: 785 * 576 * 20,
    });
    expect(second).toMatchObject({
      perMap: 501,
      parameters: 20_040,
      dense: (12 * 12 * 20 + 1) * 30,
    });
    expect(sharedWeightsOf(model, { denseUnits: 100 })[0]!.dense).toBe(78_500);
  });

  it("counts no biases where there are none, and gives none without a convolution", () => {
    const model = sequential([inputLayer([5, 5, 2]), conv2d(4, 3, { bias: false, groups: 2 })]);
    expect(sharedWeightsOf(model)[0]).toMatchObject({ perMap: 9, parameters: 36, dense: 1500 });
    expect(sharedWeightsOf(sequential([inputLayer([2]), dense(1)]))).toEqual([]);
    expect(() => sharedWeightsOf(model, { denseUnits: 0 })).toThrow("expected denseUnits");
  });
});
