import { describe, expect, it } from "vitest";
import { conv2d, dense, flatten, inputLayer } from "../../nn/layers/index.ts";
import { tensor } from "../../tensor/create.ts";
import { sequential } from "../../train/model/sequential.ts";
import { featureMapsOf, filtersOf } from "./maps.ts";

/** Filter 0 keeps a pixel, filter 1 gives what is right of it, doubled and negative. */
function shifting() {
  const model = sequential([
    inputLayer([2, 3, 1]),
    conv2d(2, [1, 2], { bias: false }),
    flatten(),
    dense(1),
  ]);
  model.layer("conv2d1")["w"]!.assign(tensor([[[[1, 0]], [[0, -2]]]]));
  return model;
}

describe("filtersOf", () => {
  it("gives the kernels of each convolution with their range", () => {
    const [filters, ...others] = filtersOf(shifting());
    expect(others).toEqual([]);
    expect({ ...filters, values: Array.from(filters!.values) }).toEqual({
      layer: "conv2d1",
      height: 1,
      width: 2,
      channels: 1,
      filters: 2,
      values: [1, 0, 0, -2],
      low: -2,
      high: 1,
    });
  });
  it("gives none for a network without, and refuses what is no model", () => {
    expect(filtersOf(sequential([inputLayer([2]), dense(1)]))).toEqual([]);
    expect(() => filtersOf({} as never)).toThrow("filtersOf: expected model to be a model");
  });
});

describe("featureMapsOf", () => {
  const pictures = tensor([
    [
      [[1], [2], [3]],
      [[4], [5], [6]],
    ],
    [
      [[7], [0], [0]],
      [[0], [0], [0]],
    ],
  ]);

  it("gives each example's maps, a channel apart, with what stands out", () => {
    const [first, second] = featureMapsOf(shifting(), pictures);
    expect(first!.map((maps) => ({ ...maps, values: Array.from(maps.values) }))).toEqual([
      {
        layer: "conv2d1",
        height: 2,
        width: 2,
        channels: 2,
        values: [1, -4, 2, -6, 4, -10, 5, -12],
        low: -12,
        high: 5,
        strongest: 0,
        silent: 0,
      },
    ]);
    expect(second![0]).toMatchObject({ high: 7, strongest: 0, silent: 1 });
  });

  it("gives none for a network without a convolution", () => {
    expect(featureMapsOf(sequential([inputLayer([2]), dense(1)]), [[1, 2]])).toEqual([]);
  });
  it("refuses other shapes", () => {
    expect(() => featureMapsOf(shifting(), [[1, 2]])).toThrow("activationsOf");
  });
});
