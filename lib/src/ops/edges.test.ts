// What the ops promise where arithmetic has corners: NaN, infinities, ties, overflow, nothing at all.

import { describe, expect, test } from "vitest";
import { evaluate } from "../engines/reference/evaluate.ts";
import { allocate, type DType } from "../ir/dtype.ts";
import { makeGraph, Value } from "../ir/graph.ts";
import type { OpName, OpParams } from "../ir/op-table.ts";
import type { TensorType } from "../ir/type.ts";
import { erfOf } from "./arithmetic/erf.ts";
import { addNode, inferTypes } from "./builder.ts";
import type { NdArray } from "./define.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const LOW = -(2 ** 31);
const HIGH = 2 ** 31 - 1;

function array(elements: readonly number[], dtype: DType, shape = [elements.length]): NdArray {
  const data = allocate(dtype, elements.length);
  data.set(elements);
  return { dtype, shape, data };
}

function apply<N extends OpName>(
  name: N,
  inputs: readonly NdArray[],
  params: OpParams<N>,
): number[] {
  const values = inputs.map(({ dtype, shape }) => new Value({ dtype, shape }));
  const graph = makeGraph(values, addNode(name, values, params));
  return Array.from(evaluate(graph, inputs)[0]!.data);
}

describe("two integers", () => {
  const int = (name: "add" | "sub" | "mul" | "div" | "max", a: number[], b: number[]) =>
    apply(name, [array(a, "int32"), array(b, "int32")], null);
  const byte = (name: "add" | "sub" | "mul" | "div", a: number[], b: number[]) =>
    apply(name, [array(a, "uint8"), array(b, "uint8")], null);

  test("divide with floor; by 0 they give 0", () => {
    expect(int("div", [7, -7, 7, -7, 6, 0], [2, 2, -2, -2, 3, 5])).toEqual([3, -4, -4, 3, 2, 0]);
    expect(int("div", [7, -7, 0, LOW], [0, 0, 0, 0])).toEqual([0, 0, 0, 0]);
    expect(int("div", [LOW, LOW, HIGH], [-1, 1, -1])).toEqual([LOW, LOW, -HIGH]);
    expect(byte("div", [255, 7, 9], [2, 0, 255])).toEqual([127, 0, 0]);
  });

  test("wrap around", () => {
    expect(int("add", [HIGH, LOW], [1, -1])).toEqual([LOW, HIGH]);
    expect(int("sub", [LOW, 0], [1, LOW])).toEqual([HIGH, LOW]);
    expect(int("mul", [HIGH, 65536, LOW], [HIGH, 65536, -1])).toEqual([1, 0, LOW]);
    expect(byte("add", [255, 200], [1, 100])).toEqual([0, 44]);
    expect(byte("sub", [0, 3], [1, 5])).toEqual([255, 254]);
    expect(byte("mul", [16, 255], [16, 255])).toEqual([0, 1]);
    expect(apply("neg", [array([LOW, 5], "int32")], null)).toEqual([LOW, -5]);
    expect(apply("neg", [array([1, 0], "uint8")], null)).toEqual([255, 0]);
  });

  test("and so do their sums", () => {
    const x = array([HIGH, HIGH, 3], "int32");
    expect(apply("sum", [x], { axes: [0] })).toEqual([1]);
    expect(apply("cumsum", [x], { axis: 0, reverse: false })).toEqual([HIGH, -2, 1]);
    const places = array([0, 0, 0], "int32");
    expect(apply("scatterAdd", [places, x], { size: 1 })).toEqual([1]);
    const [row, column] = [
      array([HIGH, 65537], "int32", [1, 2]),
      array([HIGH, 65537], "int32", [2, 1]),
    ];
    expect(apply("matmul", [row, column], null)).toEqual([1 + 131073]);
  });
});

describe("floats", () => {
  const doubles = (name: "max" | "min" | "pow" | "div", a: number[], b: number[]) =>
    apply(name, [array(a, "float64"), array(b, "float64")], null);
  const compare = (name: "eq" | "lt", a: number[], b: number[]) =>
    apply(name, [array(a, "float64"), array(b, "float64")], null);

  test("max and min pass NaN on, from either side", () => {
    expect(doubles("max", [nan, 1, nan, -inf, -0], [1, nan, nan, inf, 0])).toEqual([
      nan,
      nan,
      nan,
      inf,
      0,
    ]);
    expect(doubles("min", [nan, 1, nan, -inf, 0], [1, nan, nan, inf, -0])).toEqual([
      nan,
      nan,
      nan,
      -inf,
      -0,
    ]);
  });

  test("NaN is neither equal to anything nor less", () => {
    expect(compare("eq", [nan, nan, 0, inf], [nan, 1, -0, inf])).toEqual([0, 0, 1, 1]);
    expect(compare("lt", [nan, 1, -0, -inf], [1, nan, 0, inf])).toEqual([0, 0, 0, 1]);
  });

  test("where takes nothing from the branch not taken", () => {
    const condition = array([1, 0], "bool");
    const [a, b] = [array([1, nan], "float64"), array([nan, 2], "float64")];
    expect(apply("where", [condition, a, b], null)).toEqual([1, 2]);
  });

  test("sigmoid and tanh saturate, expm1 and log1p are exact near 0", () => {
    const far = array([-1000, 1000, -inf, inf], "float64");
    expect(apply("sigmoid", [far], null)).toEqual([0, 1, 0, 1]);
    expect(apply("tanh", [far], null)).toEqual([-1, 1, -1, 1]);
    const near = array([1e-300, -1e-18], "float64");
    expect(apply("expm1", [near], null)).toEqual([1e-300, -1e-18]);
    expect(apply("log1p", [near], null)).toEqual([1e-300, -1e-18]);
  });

  test("float32 results are rounded to float32", () => {
    const third = apply("div", [array([1], "float32"), array([3], "float32")], null);
    expect(third).toEqual([Math.fround(1 / 3)]);
    const big = array([2 ** 24, 1], "float32");
    expect(apply("sum", [big], { axes: [0] })).toEqual([2 ** 24]);
  });
});

test("erf, to double precision on both sides of where its method changes", () => {
  const table = [
    [0.1, 0.1124629160182849],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [2, 0.9953222650189527],
    [2.4999, 0.9995928300996666],
    [2.5, 0.999593047982555],
    [3, 0.9999779095030014],
    [5, 0.9999999999984626],
  ] as const;
  for (const [x, y] of table) {
    expect(Math.abs(erfOf(x) - y)).toBeLessThan(3e-15);
    expect(erfOf(-x)).toBe(-erfOf(x));
  }
  expect([0, -0, inf, -inf, nan, 7].map(erfOf)).toEqual([0, -0, 1, -1, nan, 1]);
});

describe("cast", () => {
  const cast = (elements: number[], from: DType, dtype: DType) =>
    apply("cast", [array(elements, from)], { dtype });
  const numbers = [2.9, -2.9, nan, inf, -inf, 1e10, -1e10, 300, -0.5];

  test("to integers: towards zero and clamped, NaN is 0", () => {
    expect(cast(numbers, "float64", "int32").map((x) => x + 0)).toEqual([
      2,
      -2,
      0,
      HIGH,
      LOW,
      HIGH,
      LOW,
      300,
      0,
    ]);
    expect(cast(numbers, "float64", "uint8")).toEqual([2, 0, 0, 255, 0, 255, 0, 255, 0]);
  });

  test("to bool: whatever is not zero is true, NaN too", () => {
    expect(cast([0, -0, 0.1, nan, -3], "float32", "bool")).toEqual([0, 0, 1, 1, 1]);
    expect(cast([0, 256, -1], "int32", "bool")).toEqual([0, 1, 1]);
  });

  test("integers wrap", () => {
    expect(cast([256, -1, 511], "int32", "uint8")).toEqual([0, 255, 255]);
    expect(cast([200, 0], "uint8", "int32")).toEqual([200, 0]);
    expect(cast([1, 0], "bool", "float32")).toEqual([1, 0]);
    expect(cast([2 ** 24 + 1], "int32", "float32")).toEqual([2 ** 24]);
  });
});

describe("nothing at all", () => {
  const none = (...shape: number[]) => array([], "float64", shape);

  test("sums to zero, along every axis that has a length", () => {
    expect(apply("sum", [none(0, 3)], { axes: [0] })).toEqual([0, 0, 0]);
    expect(apply("sum", [none(3, 0)], { axes: [1, 0] })).toEqual([0]);
    expect(apply("sum", [none(3, 0)], { axes: [0] })).toEqual([]);
    expect(apply("matmul", [none(2, 0), none(0, 2)], null)).toEqual([0, 0, 0, 0]);
  });

  test("has no maximum", () => {
    const type: TensorType = { dtype: "float32", shape: [2, 0] };
    expect(() => inferTypes("reduceMax", [type], { axes: [1] })).toThrow(
      "max: [2, 0] has no elements along axes 1",
    );
    expect(() => inferTypes("argmax", [type], { axis: 1 })).toThrow(
      "argmax: [2, 0] has no elements along axis 1",
    );
    expect(inferTypes("reduceMax", [type], { axes: [0] })).toEqual([
      { dtype: "float32", shape: [0] },
    ]);
  });
});

test("reduceMax finds a NaN, and the maximum of infinities", () => {
  const axes = [0];
  expect(apply("reduceMax", [array([1, nan, 3], "float64")], { axes })).toEqual([nan]);
  expect(apply("reduceMax", [array([-inf, -inf], "float64")], { axes })).toEqual([-inf]);
  expect(apply("reduceMax", [array([LOW, LOW], "int32")], { axes })).toEqual([LOW]);
});

describe("parameters that mean nothing are refused in words", () => {
  const float = (...shape: number[]): TensorType => ({ dtype: "float32", shape });
  const x = float(2, 3);

  test.each<[string, () => unknown, string]>([
    ["sum", () => inferTypes("sum", [x], { axes: [2] }), "sum: axis 2 is out of range for [2, 3]"],
    ["sum", () => inferTypes("sum", [x], { axes: [-1] }), "sum: axis -1 is out of range"],
    ["sum", () => inferTypes("sum", [x], { axes: [0, 0] }), "sum: axes [0, 0] name an axis twice"],
    ["reduceMax", () => inferTypes("reduceMax", [x], { axes: [5] }), "max: axis 5 is out of range"],
    [
      "cumsum",
      () => inferTypes("cumsum", [x], { axis: 2, reverse: false }),
      "cumsum: axis 2 is out of range for [2, 3]",
    ],
    ["flip", () => inferTypes("flip", [x], { axes: [0, 3] }), "flip: axis 3 is out of range"],
    ["concat", () => inferTypes("concat", [x, x], { axis: 2 }), "concat: axis 2 is out of range"],
    ["concat", () => inferTypes("concat", [], { axis: 0 }), "concat: expected at least one tensor"],
    [
      "reshape",
      () => inferTypes("reshape", [x], { shape: [-2, -3] }),
      "reshape: [-2, -3] is not a shape",
    ],
    [
      "expand",
      () => inferTypes("expand", [float(1)], { shape: [-1] }),
      "expand: [-1] is not a shape",
    ],
    ["expand", () => inferTypes("expand", [x], { shape: [2, 4] }), "[2, 3] does not expand to"],
    [
      "transpose",
      () => inferTypes("transpose", [x], { perm: [0, 0] }),
      "[0, 0] is not a permutation of the axes of [2, 3]",
    ],
    [
      "slice",
      () => inferTypes("slice", [x], { start: [0, 0], end: [2, 4], step: [1, 1] }),
      "slice: [0, 0] to [2, 4] by [1, 1] does not lie in [2, 3]",
    ],
    [
      "pad",
      () => inferTypes("pad", [x], { low: [-1, 0], high: [0, 0], interior: [0, 0] }),
      "pad: expected 2 non-negative amounts",
    ],
    ["iota", () => inferTypes("iota", [], { length: -1, dtype: "int32" }), "iota: [-1] is not a"],
    [
      "constant",
      () => inferTypes("constant", [], { data: Int32Array.of(1), dtype: "float32", shape: [1] }),
      "constant: this array does not hold float32",
    ],
    [
      "constant",
      () => inferTypes("constant", [], { data: Int32Array.of(1), dtype: "int32", shape: [2] }),
      "constant: 1 numbers do not fill [2]",
    ],
  ])("%s", (_, infer, message) => {
    expect(infer).toThrow(message);
  });
});
