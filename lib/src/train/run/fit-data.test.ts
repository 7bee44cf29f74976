import { describe, expect, it } from "vitest";
import type { Dataset } from "../../data/dataset.ts";
import { fitData } from "./fit-data.ts";

const part = {
  x: { dtype: "float32", shape: [2, 4], data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
  y: { dtype: "int32", shape: [2], data: Int32Array.of(2, 0) },
} as const;
const three: Dataset = { name: "three", classes: 3, train: part, test: part };
const column = {
  ...part,
  y: { dtype: "float32", shape: [2, 1], data: Float32Array.of(0.5, -1) },
} as const;
const values: Dataset = {
  ...three,
  classes: null,
  train: column,
  test: column,
};
const ends = (input: number[], output: number[]) => ({
  inputShapes: [input],
  outputShapes: [output],
});
const spec = { loss: "meanSquaredError", dtype: "float32" } as const;

describe("fitData", () => {
  it("reshapes inputs of the same size, whose numbers stay where they are", () => {
    const { train } = fitData(three, ends([2, 2, 1], [3]), spec);
    expect(train.x.shape).toEqual([2, 2, 2, 1]);
    expect(train.x.data).toBe(part.x.data);
  });

  it("makes rows with a one of class numbers, except for losses of labels", () => {
    const { train } = fitData(three, ends([4], [3]), spec);
    expect(train.y).toEqual({
      dtype: "float32",
      shape: [2, 3],
      data: Float32Array.of(0, 0, 1, 1, 0, 0),
    });
    const labels = { ...spec, loss: "sparseCategoricalCrossentropy" };
    expect(fitData(three, ends([4], [3]), labels).train.y).toBe(part.y);
  });

  it("gives a single output the class as a number", () => {
    const two = { ...three, classes: 2 };
    const { y } = fitData(two, ends([4], [1]), { ...spec, loss: "binaryCrossentropy" }).test;
    expect(y).toEqual({ dtype: "float32", shape: [2, 1], data: Float32Array.of(2, 0) });
  });

  it("gives floats the model's float type", () => {
    const { train } = fitData(values, ends([4], [1]), { ...spec, dtype: "float64" });
    expect(train.x.data).toEqual(Float64Array.from(part.x.data));
    expect(train.y).toEqual({ dtype: "float64", shape: [2, 1], data: Float64Array.of(0.5, -1) });
  });

  it("takes a label for every step of a sequence", () => {
    const steps = {
      ...part,
      y: { dtype: "int32", shape: [2, 2], data: Int32Array.of(0, 2, 1, 1) },
    } as const;
    const sequences: Dataset = { ...values, train: steps, test: steps };
    const labels = { ...spec, loss: "sparseCategoricalCrossentropy" };
    expect(fitData(sequences, ends([4], [2, 3]), labels).train.y).toBe(steps.y);
    expect(() => fitData(sequences, ends([4], [2, 2]), labels)).toThrow(
      "labels from 0 to 1, received 2",
    );
    expect(() => fitData(sequences, ends([4], [3, 3]), labels)).toThrow(
      "values to learn, no classes",
    );
    expect(() => fitData(sequences, ends([4], [2, 3]), spec)).toThrow("an output of shape [n]");
  });

  it.each([
    [ends([5], [3]), "spec: model: expected an input of shape [4] for three, received [5]"],
    [
      ends([4], [2]),
      "expected 3 outputs for the 3 classes of three with the loss meanSquaredError, received 2",
    ],
    [ends([4], [3, 1]), "spec: model: expected an output of shape [n], received [3,1]"],
    [
      { inputShapes: [[4], [4]], outputShapes: [[3]] },
      "expected one input and one output, received 2 and 1",
    ],
    [{}, "fitData: expected network to be a network, or its { inputShapes, outputShapes }"],
  ])("refuses %j", (network, message) => {
    expect(() => fitData(three, network as never, spec)).toThrow(message);
  });

  it("refuses what is no data set, no loss, no float type, no class", () => {
    const net = ends([4], [3]);
    expect(() => fitData({} as never, net, spec)).toThrow(
      "fitData: expected data to be a data set",
    );
    expect(() => fitData(three, net, { ...spec, loss: "mse2" })).toThrow('Unknown loss "mse2"');
    expect(() => fitData(three, net, { ...spec, dtype: "int32" as never })).toThrow("spec.dtype");
    const wrong = { ...part, y: { ...part.y, data: Int32Array.of(2, 3) } };
    expect(() => fitData({ ...three, test: wrong }, net, spec)).toThrow(
      "three: expected labels from 0 to 2, received 3 for example 1",
    );
  });

  it("says that a loss of classes has nothing to learn from values", () => {
    const labels = { ...spec, loss: "sparseCategoricalCrossentropy" };
    expect(() => fitData(values, ends([4], [1]), labels)).toThrow(
      "spec: loss: the loss sparseCategoricalCrossentropy compares class numbers, " +
        "but three has values to learn, no classes",
    );
  });
});
