import { describe, expect, it } from "vitest";
import { avgPool2d, conv2d, dense, flatten, inputLayer, maxPool2d } from "../../nn/layers/index.ts";
import { tensor } from "../../tensor/create.ts";
import { sequential } from "../../train/model/sequential.ts";
import { poolingCellOf, shiftReportOf } from "./pooling.ts";

/** Two channels, the pixel and its negative. */
function pooled(pool = maxPool2d()) {
  const model = sequential([inputLayer([4, 4, 1]), conv2d(2, 1, { bias: false }), pool]);
  model.layer("conv2d1")["w"]!.assign(tensor([[[[1, -1]]]]));
  return model;
}
const x = tensor([
  [
    [[1], [2], [3], [4]],
    [[8], [7], [6], [5]],
    [[9], [9], [0], [0]],
    [[9], [9], [0], [-2]],
  ],
]);

describe("poolingCellOf", () => {
  it("tells which cell of a window was the largest", () => {
    const cell = poolingCellOf(pooled(), x, { at: [0, 1] });
    expect(cell).toMatchObject({ layer: "maxPool2d1", largest: [1, 2], output: 6, channel: 0 });
    expect(cell.window).toEqual({ top: 0, left: 2, height: 2, width: 2 });
    expect(Array.from(cell.patch)).toEqual([3, 4, 6, 5]);
    expect(poolingCellOf(pooled(), x, { at: [0, 1], channel: 1 })).toMatchObject({
      largest: [0, 2],
      output: -3,
    });
    // The first of equals.
    expect(poolingCellOf(pooled(), x, { at: [1, 0] })).toMatchObject({
      largest: [2, 0],
      output: 9,
    });
  });

  it("does not count what reaches out, and knows averages", () => {
    const same = pooled(maxPool2d(3, { strides: 2, padding: "same" }) as never);
    const cell = poolingCellOf(same, x, { at: [1, 1] });
    expect(Array.from(cell.patch)).toEqual([
      0,
      0,
      Number.NaN,
      0,
      -2,
      Number.NaN,
      ...new Array(3).fill(Number.NaN),
    ]);
    expect(cell).toMatchObject({ output: 0, largest: [2, 2] });
    const mean = poolingCellOf(pooled(avgPool2d() as never), x, { at: [0, 0] });
    expect(mean).toMatchObject({ kind: "avgPool2d", output: 4.5, largest: [1, 0] });
  });

  it("refuses what is not there", () => {
    expect(() => poolingCellOf(pooled(), x, { at: [2, 0] })).toThrow(
      "within the 2 rows and 2 columns",
    );
    expect(() => poolingCellOf(pooled(), x, { at: [0, 0], layer: "conv2d1" })).toThrow(
      'expected a maxPool2d or avgPool2d layer, received "conv2d1", a conv2d layer',
    );
  });
});

describe("shiftReportOf", () => {
  /** One dot on an even column: a step to the right leaves it in its window. */
  const dot = (column: number) => {
    const rows = Array.from({ length: 4 }, () => [[0], [0], [0], [0]]);
    rows[1]![column] = [1];
    return tensor([rows]);
  };

  it("finds that a dot stays in its window, and moves in the map", () => {
    const report = shiftReportOf(pooled(), dot(0));
    expect(report).toMatchObject({
      shift: [0, 1],
      before: { layer: "conv2d1" },
      pooled: { layer: "maxPool2d1" },
    });
    // Of 4 x 4 x 2 cells, two that are left and two that are reached, in both channels.
    expect(report.before).toMatchObject({ share: 28 / 32, active: 0, change: Math.SQRT2 });
    expect(report.pooled).toMatchObject({ share: 1, active: 1, change: 0 });
  });

  it("finds that a dot leaves its window", () => {
    const { pooled: after } = shiftReportOf(pooled(), dot(1));
    expect(after).toMatchObject({ share: 6 / 8, active: 0, change: Math.SQRT2 });
    expect(shiftReportOf(pooled(), dot(1), { shift: [0, -1] }).pooled.share).toBe(1);
    expect(shiftReportOf(pooled(), dot(1), { shift: [-1, -1] }).pooled.share).toBe(1);
    expect(shiftReportOf(pooled(), dot(1), { shift: [1, 0] }).pooled.share).toBe(6 / 8);
  });

  it("counts small changes as none, and has nothing to say of pictures that are empty", () => {
    expect(shiftReportOf(pooled(), dot(1), { tolerance: 1 }).pooled.share).toBe(1);
    const empty = shiftReportOf(
      pooled(),
      tensor([
        [
          [[0], [0], [0], [0]],
          [[0], [0], [0], [0]],
          [[0], [0], [0], [0]],
          [[0], [0], [0], [0]],
        ],
      ]),
    );
    expect(empty.pooled).toEqual({
      layer: "maxPool2d1",
      share: 1,
      active: Number.NaN,
      change: Number.NaN,
    });
  });

  it("tells what it cannot serve in a sentence", () => {
    const flat = sequential([inputLayer([4, 4, 1]), flatten(), dense(2)]);
    expect(() => shiftReportOf(flat, x)).toThrow(
      "expected a model with a maxPool2d or avgPool2d layer",
    );
    expect(() => shiftReportOf(pooled(), x, { shift: [4, 0] })).toThrow(
      "leaves nothing of pictures of 4 x 4",
    );
    expect(() => shiftReportOf(pooled(), x, { shift: 1 } as never)).toThrow("two whole numbers");
  });
});
