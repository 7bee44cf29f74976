// Rows stay with their targets when examples are counted, picked and split.

import { describe, expect, it } from "vitest";
import { ArgumentError } from "../checks/errors.ts";
import { countExamples, type Examples, pickExamples, splitExamples } from "./dataset.ts";

const examples: Examples = {
  x: { dtype: "uint8", shape: [3, 2], data: Uint8Array.of(1, 2, 3, 4, 5, 6) },
  y: { dtype: "int32", shape: [3], data: Int32Array.of(10, 20, 30) },
};

describe("countExamples", () => {
  it("counts rows", () => expect(countExamples(examples)).toBe(3));

  it("refuses inputs and targets of different number", () => {
    const y = { ...examples.y, shape: [2] };
    expect(() => countExamples({ ...examples, y })).toThrow(
      new ArgumentError(
        "examples: expected as many inputs as targets, received uint8[3, 2] and int32[2]",
      ),
    );
  });
});

describe("pickExamples", () => {
  it("copies rows in the order asked for", () => {
    const { x, y } = pickExamples(examples, [2, 0, 2]);
    expect(x).toEqual({ dtype: "uint8", shape: [3, 2], data: Uint8Array.of(5, 6, 1, 2, 5, 6) });
    expect(y).toEqual({ dtype: "int32", shape: [3], data: Int32Array.of(30, 10, 30) });
  });

  it("may pick nothing", () => {
    expect(pickExamples(examples, []).x).toEqual({
      dtype: "uint8",
      shape: [0, 2],
      data: new Uint8Array(0),
    });
  });

  it.each([-1, 3, 0.5])("refuses row %s", (row) => {
    expect(() => pickExamples(examples, [0, row])).toThrow(
      new ArgumentError(`pickExamples: expected rows of 0 to 2, received ${row}`),
    );
  });
});

describe("splitExamples", () => {
  it("cuts consecutive parts without copying", () => {
    const [first, none, second] = splitExamples(examples, [1, 0, 2]);
    expect(first!.x).toEqual({ dtype: "uint8", shape: [1, 2], data: Uint8Array.of(1, 2) });
    expect(none!.y.shape).toEqual([0]);
    expect(second!.x).toEqual({ dtype: "uint8", shape: [2, 2], data: Uint8Array.of(3, 4, 5, 6) });
    expect(second!.y.data).toEqual(Int32Array.of(20, 30));
    expect(second!.x.data.buffer).toBe(examples.x.data.buffer);
  });

  it.each([
    [[1, 1], "1 + 1"],
    [[4, -1], "4 + -1"],
    [[1.5, 1.5], "1.5 + 1.5"],
  ])("refuses the sizes %j", (sizes, shown) => {
    expect(() => splitExamples(examples, sizes)).toThrow(
      new ArgumentError(`splitExamples: expected sizes that add up to 3, received ${shown}`),
    );
  });
});

describe("what is no examples", () => {
  const wrong = (value: unknown) => value as never;

  it.each<[string, () => unknown, string]>([
    [
      "nothing",
      () => countExamples(wrong(undefined)),
      "countExamples: expected examples to be { x",
    ],
    ["an array", () => countExamples(wrong([1, 2])), "received [1,2]"],
    [
      "without y",
      () => pickExamples(wrong({ x: examples.x }), [0]),
      "countExamples: expected exam",
    ],
    ["rows", () => pickExamples(examples, wrong("0")), "expected rows to be a list of row numbers"],
    ["a row", () => pickExamples(examples, wrong(["0"])), 'expected rows of 0 to 2, received "0"'],
    [
      "sizes",
      () => splitExamples(examples, wrong(3)),
      "splitExamples: expected sizes to be a list",
    ],
  ])("is refused: %s", (_, body, message) => {
    expect(body).toThrow(ArgumentError);
    expect(body).toThrow(message);
  });
});
