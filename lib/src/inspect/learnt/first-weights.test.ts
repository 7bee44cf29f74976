import { describe, expect, it } from "vitest";
import { conv2d, dense, flatten, inputLayer, rescaling } from "../../nn/layers/index.ts";
import { tensor } from "../../tensor/create.ts";
import { sequential } from "../../train/model/sequential.ts";
import { weightPicturesOf } from "./first-weights.ts";

describe("weightPicturesOf", () => {
  it("gives the weights of every unit with their range, whatever is not finite left out", () => {
    const model = sequential([inputLayer([2, 2, 1]), rescaling(0.5), flatten(), dense(2)]);
    model.layer("dense1")["w"]!.assign(
      tensor([
        [1, -5],
        [-2, 0],
        [0, Number.NaN],
        [3, 4],
      ]),
    );
    const { values, ...found } = weightPicturesOf(model);
    expect(found).toEqual({
      layer: "dense1",
      height: 2,
      width: 2,
      channels: 1,
      units: 2,
      strongest: [3, 5],
      low: -5,
      high: 4,
    });
    expect(Array.from(values)).toEqual([1, -5, -2, 0, 0, Number.NaN, 3, 4]);
  });

  it("tells what it cannot serve in a sentence", () => {
    const convolutions = sequential([inputLayer([4, 4, 1]), conv2d(2, 3), flatten(), dense(2)]);
    expect(() => weightPicturesOf(convolutions)).toThrow(
      'a dense one that reads the whole input [4, 4, 1], received "conv2d1" with weights [3, 3, 1, 2]',
    );
    expect(() => weightPicturesOf(sequential([inputLayer([4]), dense(2)]))).toThrow(
      "weightPicturesOf: expected a model that reads pictures",
    );
    expect(() => weightPicturesOf({} as never)).toThrow("expected model to be a model");
  });
});
