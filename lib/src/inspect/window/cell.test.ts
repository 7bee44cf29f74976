import { describe, expect, it } from "vitest";
import { conv2d, dense, flatten, inputLayer, maxPool2d, rescaling } from "../../nn/layers/index.ts";
import { tensor } from "../../tensor/create.ts";
import { sequential } from "../../train/model/sequential.ts";
import { activationsOf } from "../model/activations.ts";
import { convolutionCellOf } from "./cell.ts";

const picture = (h: number, w: number, c = 1) => ({
  dtype: "float64" as const,
  shape: [1, h, w, c],
  data: Float64Array.from({ length: h * w * c }, (_, i) => Math.sin(i * i + 1)),
});

describe("convolutionCellOf", () => {
  it("multiplies the patch with the kernel, adds up, and adds the bias", () => {
    const model = sequential([inputLayer([3, 3, 1]), conv2d(1, 2, { activation: "relu" })]);
    model.layer("conv2d1")["w"]!.assign(
      tensor([
        [[[1]], [[2]]],
        [[[0]], [[-1]]],
      ]),
    );
    model.layer("conv2d1")["b"]!.assign(tensor([0.5]));
    const x = [
      [
        [[1], [2], [3]],
        [[4], [5], [6]],
        [[7], [8], [9]],
      ],
    ];
    const cell = convolutionCellOf(model, x, { at: [1, 0] });
    expect(Array.from(cell.patch)).toEqual([4, 5, 7, 8]);
    expect(Array.from(cell.kernel)).toEqual([1, 2, 0, -1]);
    expect(Array.from(cell.products)).toEqual([4, 10, 0, -8]);
    expect(cell).toMatchObject({ sum: 6, bias: 0.5, z: 6.5, output: 6.5, shape: [2, 2, 1] });
    // Flipped, the kernel is -1, 0, 2, 1: convolution gives another number than cross-correlation.
    expect(cell.flipped).toBe(-4 + 0 + 14 + 8 + 0.5);
    expect(cell.window).toMatchObject({ top: 1, left: 0, height: 2, width: 2 });
    expect(cell.field).toMatchObject({ top: 1, left: 0, height: 2, width: 2 });
  });

  it.each([
    ["stride", { strides: [2, 1] }, 3],
    ["padding", { padding: "same" }, [3, 4]],
    ["dilation", { dilation: [1, 2] }, [3, 2]],
    ["groups", { groups: 2 }, 3],
    ["all of them", { strides: 2, padding: "same", groups: 2 }, [2, 5]],
    ["no bias", { bias: false }, 1],
  ] as const)("is the layer's own output at every cell: %s", (_, options, size) => {
    const model = sequential([
      inputLayer([7, 8, 2]),
      rescaling(2, { offset: 0.25, dtype: "float64" }),
      conv2d(
        4,
        size as 3,
        { ...options, activation: "tanh", biases: { name: "uniform", low: -1, high: 1 } } as never,
      ),
    ]).with({ dtype: "float64" });
    const x = picture(7, 8, 2);
    const y = activationsOf(model, x).get("conv2d1")!;
    const [, height, width] = y.type.shape as [number, number, number, number];
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const filter = (row + 3 * column) % 4;
        const cell = convolutionCellOf(model, x, { at: [row, column], filter });
        const given = y.data[(row * width + column) * 4 + filter]!;
        expect(cell.output).toBe(given);
        expect(Math.tanh(cell.z)).toBeCloseTo(given, 12);
      }
    }
  });

  it("says which of a patch is padding", () => {
    const model = sequential([inputLayer([4, 4, 1]), conv2d(1, 3, { padding: "same" })]);
    const { padded, patch } = convolutionCellOf(model, picture(4, 4), { at: [0, 3] });
    expect(padded.map(Number)).toEqual([1, 1, 1, 0, 0, 1, 0, 0, 1]);
    expect(patch.filter((_, i) => padded[i])).toEqual(new Float64Array(5));
  });

  it("reads what the layer reads, which a deeper one does not get from the picture", () => {
    const model = sequential([
      inputLayer([12, 12, 1]),
      conv2d(3, 3),
      maxPool2d(),
      conv2d(2, 3),
      flatten(),
      dense(2),
    ]).with({ dtype: "float64" });
    const x = picture(12, 12);
    const cell = convolutionCellOf(model, x, { layer: "conv2d2", at: [1, 2], filter: 1 });
    const pooled = activationsOf(model, x).get("maxPool2d1")!;
    expect(cell.shape).toEqual([3, 3, 3]);
    expect(cell.patch[0]).toBe(pooled.data[(1 * 5 + 2) * 3]);
    expect(cell.field).toMatchObject({ top: 2, left: 4, height: 8, width: 8 });
  });

  it("tells what it cannot serve in a sentence", () => {
    const model = sequential([inputLayer([4, 4, 1]), conv2d(2, 3), flatten(), dense(2)]);
    const x = picture(4, 4);
    expect(() => convolutionCellOf(model, x, { at: [2, 0] })).toThrow(
      "within the 2 rows and 2 columns",
    );
    expect(() => convolutionCellOf(model, x, { at: [0, 0], filter: 2 })).toThrow(
      'expected a channel from 0 to 1 of "conv2d1", received 2',
    );
    expect(() => convolutionCellOf(model, x, { at: [0, 0], layer: "dense1" })).toThrow(
      'expected a conv2d layer, received "dense1", a dense layer',
    );
    expect(() => convolutionCellOf(model, x, {} as never)).toThrow("expected at, [row, column]");
    const flat = sequential([inputLayer([2]), dense(2)]);
    expect(() => convolutionCellOf(flat, [[1, 2]], { at: [0, 0] })).toThrow(
      "expected a model with a conv2d layer; this one has none",
    );
    const two = { ...x, shape: [2, 4, 2, 1], data: x.data.slice(0, 16) };
    expect(() => convolutionCellOf(model, two, { at: [0, 0] })).toThrow("expected input of shape");
  });
});
