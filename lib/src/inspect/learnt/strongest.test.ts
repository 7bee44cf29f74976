import { describe, expect, it } from "vitest";
import { conv2d, dense, flatten, inputLayer } from "../../nn/layers/index.ts";
import { tensor } from "../../tensor/create.ts";
import { sequential } from "../../train/model/sequential.ts";
import { strongestOf } from "./strongest.ts";

/** Channel 0 keeps a pixel, channel 1 what is right of it, turned negative. */
function shifting() {
  const model = sequential([
    inputLayer([2, 3, 1]),
    conv2d(2, [1, 2], { bias: false, padding: "same" }),
    flatten(),
    dense(2, { bias: false }),
  ]);
  model.layer("conv2d1")["w"]!.assign(tensor([[[[1, 0]], [[0, -1]]]]));
  return model;
}
const pictures = tensor([
  [
    [[1], [2], [3]],
    [[4], [5], [6]],
  ],
  [
    [[7], [-1], [0]],
    [[0], [0], [0]],
  ],
  [
    [[Number.NaN], [0], [0]],
    [[0], [8], [-3]],
  ],
]);

describe("strongestOf", () => {
  it("finds where in which example a channel is largest, and what it saw", () => {
    const [first, second] = strongestOf(shifting(), pictures, { layer: "conv2d1", most: 2 });
    const plain = (found: typeof first) =>
      found!.responses.map(({ patch, ...rest }) => ({
        ...rest,
        patch: { ...patch, values: Array.from(patch!.values) },
      }));
    const size = { height: 1, width: 2, channels: 1 };
    expect(plain(first)).toEqual([
      { row: 2, value: 8, at: [1, 1], patch: { top: 1, left: 1, ...size, values: [8, -3] } },
      { row: 1, value: 7, at: [0, 0], patch: { top: 0, left: 0, ...size, values: [7, -1] } },
    ]);
    // Beyond the right edge lies a column of zeros: nothing in the first picture is larger than -0.
    expect(plain(second)).toEqual([
      { row: 2, value: 3, at: [1, 1], patch: { top: 1, left: 1, ...size, values: [8, -3] } },
      { row: 1, value: 1, at: [0, 0], patch: { top: 0, left: 0, ...size, values: [7, -1] } },
    ]);
    expect([first!.unit, second!.unit]).toEqual([0, 1]);
  });

  it("shows zeros where a window reaches out of the picture", () => {
    const one = tensor([
      [
        [[1], [2], [9]],
        [[0], [0], [0]],
      ],
    ]);
    const [found] = strongestOf(shifting(), one, { layer: "conv2d1", units: [0], most: 1 });
    expect(Array.from(found!.responses[0]!.patch!.values)).toEqual([9, 0]);
  });

  it("gives whole examples for dense units, over many batches", () => {
    const model = sequential([inputLayer([1]), dense(2, { bias: false })]);
    model.layer("dense1")["w"]!.assign(tensor([[1, -1]]));
    const x = Array.from({ length: 300 }, (_, i) => [(i * 7) % 300]);
    const found = strongestOf(model, x, { layer: "dense1", most: 3 });
    const rows = (values: number[]) => values.map((v) => x.findIndex(([y]) => y === v));
    expect(found.map(({ responses }) => responses.map(({ row }) => row))).toEqual([
      rows([299, 298, 297]),
      rows([0, 1, 2]),
    ]);
    expect(found[0]!.responses[0]).toMatchObject({ at: [], patch: null, value: 299 });
  });

  it("refuses what is not there", () => {
    expect(() => strongestOf(shifting(), pictures, { layer: "dense2" })).toThrow(
      'strongestOf: Unknown layer "dense2". Did you mean "dense1"?',
    );
    expect(() => strongestOf(shifting(), pictures, { layer: "dense1", units: [2] })).toThrow(
      'expected units from 0 to 1 of "dense1", received 2',
    );
    expect(() => strongestOf(shifting(), pictures, {} as never)).toThrow("expected layer");
  });
});
