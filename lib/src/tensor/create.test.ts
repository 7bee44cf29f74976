// Tensors out of numbers: element types, shapes, ranges.

import { describe, expect, test } from "vitest";
import {
  arange,
  compile,
  type DType,
  eye,
  fromData,
  full,
  linspace,
  oneHot,
  ones,
  onesLike,
  type Tensor,
  tensor,
  variable,
  zeros,
  zerosLike,
} from "../index.ts";

const DTYPES: readonly DType[] = ["float32", "float64", "int32", "uint8", "bool"];

describe("tensor", () => {
  test("takes the shape of nested arrays", () => {
    expect(tensor(3).shape).toEqual([]);
    expect(tensor([]).shape).toEqual([0]);
    expect(tensor([[], []]).shape).toEqual([2, 0]);
    expect(tensor([[[1], [2]]]).shape).toEqual([1, 2, 1]);
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect(tensor(rows).shape).toEqual([2, 3]);
    expect(tensor(rows).toArray()).toEqual(rows);
  });

  test("holds float32 by default, bool where the data is boolean, else what is asked", () => {
    expect(tensor([1]).dtype).toBe("float32");
    expect(tensor([[true], [false]]).dtype).toBe("bool");
    expect(tensor([true, false]).toArray()).toEqual([true, false]);
    for (const dtype of DTYPES) expect(tensor([1, 0], dtype).dtype).toBe(dtype);
    expect(tensor([true, false], "int32").toArray()).toEqual([1, 0]);
    expect(tensor([0.1]).item()).toBe(Math.fround(0.1));
    expect(tensor([0.1], "float64").item()).toBe(0.1);
  });

  test("makes integers by dropping the fraction, booleans by comparing with zero", () => {
    expect(tensor([1.9, -1.9], "int32").toArray()).toEqual([1, -1]);
    expect(tensor([0.5, 0, -0, Number.NaN], "bool").toArray()).toEqual([true, false, false, true]);
    expect(tensor([0.5], "bool").data).toEqual(new Uint8Array([1]));
  });

  test("takes typed arrays with their own type, or another", () => {
    expect(tensor(new Float64Array([0.1])).dtype).toBe("float64");
    expect(tensor(new Int32Array([1, 2])).toArray()).toEqual([1, 2]);
    expect(tensor(new Float32Array([1, 2]), "int32").dtype).toBe("int32");
  });

  test("copies", () => {
    const row = [1, 2];
    const array = new Float32Array([1, 2]);
    const tensors = [tensor(row), tensor(array), fromData(array, [2])];
    row[0] = 9;
    array[0] = 9;
    expect(tensors.map((x) => x.toArray())).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
  });

  test("reads back: item, toArray, size, rank", () => {
    expect(tensor([[7]]).item()).toBe(7);
    expect(tensor(true).item()).toBe(1);
    expect(tensor(2.5).toArray()).toBe(2.5);
    expect([zeros([2, 0, 3]).size, zeros([2, 0, 3]).rank, zeros([]).size]).toEqual([0, 3, 1]);
    expect(zeros([2, 0]).toArray()).toEqual([[], []]);
  });
});

describe("fromData", () => {
  test("keeps the array's type and fills the shape row by row", () => {
    expect(fromData(new Int32Array([1, 2, 3, 4, 5, 6]), [2, 3]).toArray()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(fromData(new Uint8Array([3]), []).dtype).toBe("uint8");
    expect(fromData(new Float64Array(0), [0, 4]).shape).toEqual([0, 4]);
  });

  test("makes bytes into booleans that hold 0 or 1", () => {
    const mask = fromData(new Uint8Array([0, 5, 1]), [3], "bool");
    expect(mask.data).toEqual(new Uint8Array([0, 1, 1]));
    expect(mask.logicalNot().toArray()).toEqual([true, false, false]);
  });
});

describe("full, zeros, ones", () => {
  test.each(DTYPES)("%s", (dtype) => {
    expect(zeros([2, 3], dtype).dtype).toBe(dtype);
    expect(Array.from(zeros([2, 3], dtype).data)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(Array.from(ones([3], dtype).data)).toEqual([1, 1, 1]);
    expect(full([], 1, dtype).item()).toBe(1);
    expect(zeros([0, 2], dtype).shape).toEqual([0, 2]);
    expect(zerosLike(ones([2], dtype)).dtype).toBe(dtype);
    expect(Array.from(onesLike(zeros([2], dtype)).data)).toEqual([1, 1]);
  });

  test("a full bool is true or false", () => {
    expect(full([2], 5, "bool").data).toEqual(new Uint8Array([1, 1]));
    expect(full([2], 5, "bool").logicalNot().toArray()).toEqual([false, false]);
  });
});

describe("ranges", () => {
  test("arange counts as NumPy does", () => {
    expect(arange(4).toArray()).toEqual([0, 1, 2, 3]);
    expect(arange(2, 5).toArray()).toEqual([2, 3, 4]);
    expect(arange(5, 2, -1).toArray()).toEqual([5, 4, 3]);
    expect(arange(0, 7, 3).toArray()).toEqual([0, 3, 6]);
    expect(arange(1, 2, 0.25).toArray()).toEqual([1, 1.25, 1.5, 1.75]);
    expect(arange(3, 3).shape).toEqual([0]);
    expect(arange(3, 1).shape).toEqual([0]);
    expect(arange(0.5).toArray()).toEqual([0]);
  });

  test("arange is int32 for whole numbers, float32 else", () => {
    expect(arange(4).dtype).toBe("int32");
    expect(arange(0, 1, 0.5).dtype).toBe("float32");
    expect(arange(0.5, 3).dtype).toBe("float32");
    expect(arange(0, 3, 1, "float64").dtype).toBe("float64");
    expect(arange(0, 3, 1, "bool").data).toEqual(new Uint8Array([0, 1, 1]));
  });

  test("linspace holds both ends exactly", () => {
    expect(linspace(0, 1, 5).toArray()).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(linspace(2, -1, 4, "float64").toArray()).toEqual([2, 1, 0, -1]);
    expect(linspace(0, 0.3, 4, "float64").at(-1).item()).toBe(0.3);
    expect(linspace(3, 9, 1).toArray()).toEqual([3]);
    expect(linspace(3, 9, 0).shape).toEqual([0]);
  });

  test("eye", () => {
    expect(eye(2).toArray()).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(eye(0).shape).toEqual([0, 0]);
    expect(eye(1, "bool").toArray()).toEqual([[true]]);
  });
});

describe("oneHot", () => {
  test("labels of any shape and number type", () => {
    expect(oneHot(tensor([2, 0], "int32"), 3).toArray()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ]);
    expect(oneHot(tensor(1, "int32"), 2).toArray()).toEqual([0, 1]);
    expect(oneHot(tensor([[1], [0]], "uint8"), 2, "bool").toArray()).toEqual([
      [[false, true]],
      [[true, false]],
    ]);
    expect(oneHot(tensor([1]), 2, "float64").dtype).toBe("float64");
    expect(oneHot(zeros([0], "int32"), 4).shape).toEqual([0, 4]);
  });

  test("a label outside the classes is a row of zeros under compile", () => {
    const rows = compile((labels: Tensor) => oneHot(labels, 2));
    expect(rows(tensor([0, 2, -1], "int32")).toArray()).toEqual([
      [1, 0],
      [0, 0],
      [0, 0],
    ]);
  });
});

describe("variable", () => {
  test("starts as a tensor or nested arrays, of the type asked", () => {
    expect(variable([[1, 2]]).shape).toEqual([1, 2]);
    expect(variable([1], { dtype: "float64" }).dtype).toBe("float64");
    expect(variable(tensor([1, 2]), { dtype: "float64" }).toArray()).toEqual([1, 2]);
    expect(variable(tensor([1, 2]), { dtype: "float64" }).dtype).toBe("float64");
  });

  test("learns when it holds floats, unless told otherwise", () => {
    expect(variable(1).trainable).toBe(true);
    expect(variable(1, { trainable: false }).trainable).toBe(false);
    expect(variable(1, { dtype: "int32" }).trainable).toBe(false);
  });
});
