// The expected texts are what NumPy 2.4 prints for the same arrays.

import { describe, expect, test } from "vitest";
import { allocate, type DType } from "../../ir/dtype.ts";
import { sizeOf } from "../../ir/shape.ts";
import { formatArray } from "./format.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

function format(numbers: readonly number[], dtype: DType = "float64", shape = [numbers.length]) {
  const data = allocate(dtype, numbers.length);
  data.set(numbers);
  return formatArray(data, { dtype, shape });
}

/** Without the line that tells the type. */
function elements(numbers: readonly number[], dtype?: DType, shape?: number[]): string {
  return format(numbers, dtype, shape).split("\n").slice(1).join("\n");
}

const range = (length: number) => Array.from({ length }, (_, i) => i);

describe("the whole text", () => {
  test("says what the tensor is, then its elements", () => {
    expect(format([1, 2, 3, 4], "float32", [2, 2])).toBe(
      "Tensor float32[2, 2]\n[[1. 2.]\n [3. 4.]]",
    );
  });

  test.each<[number, DType, string]>([
    [2.5, "float32", "2.5 float32[]"],
    [0.1, "float32", "0.1 float32[]"],
    [3, "float64", "3.0 float64[]"],
    [1 / 3, "float64", "0.3333333333333333 float64[]"],
    [1 / 3, "float32", "0.33333334 float32[]"],
    [1e-5, "float32", "1e-05 float32[]"],
    [123456789, "float32", "1.2345679e+08 float32[]"],
    [1e15, "float64", "1000000000000000.0 float64[]"],
    [1e16, "float64", "1e+16 float64[]"],
    [-0, "float32", "-0.0 float32[]"],
    [nan, "float32", "nan float32[]"],
    [-inf, "float64", "-inf float64[]"],
    [7, "int32", "7 int32[]"],
    [1, "bool", "true bool[]"],
  ])("puts the scalar %d of %s on one line", (x, dtype, text) => {
    expect(format([x], dtype, [])).toBe(text);
  });
});

describe("columns", () => {
  test.each<[string, number[], DType, string]>([
    ["float32 digits", [0.1, 1 / 3, 100], "float32", "[  0.1          0.33333334 100.        ]"],
    ["whole numbers", [1, -2, 3], "float32", "[ 1. -2.  3.]"],
    ["eight decimals of float64", [1 / 3, 2 / 3], "float64", "[0.33333333 0.66666667]"],
    ["an exact half", [1 / 512, 0.5], "float64", "[0.00195312 0.5       ]"],
    ["special values", [nan, inf, -0, 1], "float64", "[nan inf -0.  1.]"],
    ["only special values", [nan, -inf], "float64", "[ nan -inf]"],
    ["a small number", [1e-9, 1], "float64", "[1.e-09 1.e+00]"],
    ["a large number", [1e8, 1.5], "float64", "[1.0e+08 1.5e+00]"],
    ["three digits of exponent", [1e100, 1, nan], "float64", "[1.e+100 1.e+000     nan]"],
    [
      "an exact half beside an exponent",
      [1234567885, 1e9],
      "float64",
      "[1.23456788e+09 1.00000000e+09]",
    ],
    ["a ratio of 1000", [0.7, 700], "float32", "[  0.7 700. ]"],
    ["a ratio above 1000", [0.5, 700], "float64", "[5.e-01 7.e+02]"],
    ["the smallest positional float32", [1e-4, 0.1], "float32", "[1.e-04 1.e-01]"],
    ["integers", [1, -20, 300], "int32", "[  1 -20 300]"],
    ["booleans", [1, 0], "bool", "[ true false]"],
  ])("align %s", (_, numbers, dtype, text) => {
    expect(elements(numbers, dtype)).toBe(text);
  });

  test("float32 keeps its shortest digits beside an exponent, where NumPy shows more", () => {
    expect(elements([0.1, 1.04879655e-5], "float32")).toBe("[1.00000000e-01 1.04879655e-05]");
  });
});

describe("brackets", () => {
  test("leave an empty line between matrices", () => {
    expect(elements(range(8), "int32", [2, 2, 2])).toBe("[[[0 1]\n  [2 3]]\n\n [[4 5]\n  [6 7]]]");
  });

  test.each([[[0]], [[0, 3]], [[2, 0, 3]]])("shape %j is empty", (shape) => {
    expect(elements([], "float32", shape)).toBe("[]");
  });

  test("wrap at 75 columns", () => {
    const numbers = range(14).map((i) => i / 13);
    expect(elements(numbers).split("\n")).toEqual([
      "[0.         0.07692308 0.15384615 0.23076923 0.30769231 0.38461538",
      " 0.46153846 0.53846154 0.61538462 0.69230769 0.76923077 0.84615385",
      " 0.92307692 1.        ]",
    ]);
  });
});

describe("more than 1000 elements", () => {
  test("show three at each edge", () => {
    expect(elements(range(1001), "int32")).toBe("[   0    1    2 ...  998  999 1000]");
    expect(elements(range(1000), "int32").split("\n").length).toBeGreaterThan(50);
  });

  test("show three rows at each edge", () => {
    expect(elements(range(2000), "int32", [20, 100]).split("\n")).toEqual([
      "[[   0    1    2 ...   97   98   99]",
      " [ 100  101  102 ...  197  198  199]",
      " [ 200  201  202 ...  297  298  299]",
      " ...",
      " [1700 1701 1702 ... 1797 1798 1799]",
      " [1800 1801 1802 ... 1897 1898 1899]",
      " [1900 1901 1902 ... 1997 1998 1999]]",
    ]);
  });

  test("leave short axes whole, and align by what is shown", () => {
    const shape = [2, 2, 300];
    const numbers = range(sizeOf(shape)).map((i) => (i === 150 ? 1e20 : i));
    expect(elements(numbers, "float64", shape).split("\n")).toEqual([
      "[[[0.000e+00 1.000e+00 2.000e+00 ... 2.970e+02 2.980e+02 2.990e+02]",
      "  [3.000e+02 3.010e+02 3.020e+02 ... 5.970e+02 5.980e+02 5.990e+02]]",
      "",
      " [[6.000e+02 6.010e+02 6.020e+02 ... 8.970e+02 8.980e+02 8.990e+02]",
      "  [9.000e+02 9.010e+02 9.020e+02 ... 1.197e+03 1.198e+03 1.199e+03]]]",
    ]);
  });
});
