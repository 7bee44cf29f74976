// Tensors out of numbers: element types, shapes, ranges.

import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import {
  arange,
  broadcastTo,
  compile,
  type DType,
  eye,
  fromData,
  full,
  linspace,
  NeuriteError,
  oneHot,
  ones,
  onesLike,
  random,
  ShapeError,
  type Tensor,
  tensor,
  variable,
  zeros,
  zerosLike,
} from "../index.ts";
import type { NumberArray } from "../ir/dtype.ts";

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

  test("makes booleans by comparing with zero, and refuses integers that a type does not have", () => {
    expect(tensor([0.5, 0, -0, Number.NaN], "bool").toArray()).toEqual([true, false, false, true]);
    expect(tensor([0.5], "bool").data).toEqual(new Uint8Array([1]));
    expect(tensor([0, 255], "uint8").toArray()).toEqual([0, 255]);
    for (const [value, dtype] of [
      [300, "uint8"],
      [-1, "uint8"],
      [3e9, "int32"],
      [1.5, "int32"],
      [Number.NaN, "int32"],
      [Infinity, "uint8"],
    ] as const) {
      expect(() => tensor([[0, value]], dtype)).toThrow(`${value} at [0, 1]`);
      expect(() => full([2], value, dtype)).toThrow(`full: ${value}`);
      expect(() => variable([value], { dtype })).toThrow(`variable: ${value} at [0]`);
    }
  });

  test("takes typed arrays with their own type, or another", () => {
    expect(tensor(new Float64Array([0.1])).dtype).toBe("float64");
    expect(tensor(new Int32Array([1, 2])).toArray()).toEqual([1, 2]);
    expect(tensor(new Float32Array([1, 2]), "int32").dtype).toBe("int32");
  });

  test("takes the numbers of every kind of typed array, in a type that holds them", () => {
    const rows: readonly (readonly [data: NumberArray, dtype: DType])[] = [
      [new Float32Array([1, 2]), "float32"],
      [new Float64Array([1, 2]), "float64"],
      [new Int8Array([1, 2]), "int32"],
      [new Int16Array([1, 2]), "int32"],
      [new Int32Array([1, 2]), "int32"],
      [new Uint8Array([1, 2]), "uint8"],
      [new Uint8ClampedArray([1, 2]), "uint8"],
      [new Uint16Array([1, 2]), "int32"],
      [new Uint32Array([1, 2]), "int32"],
      [new BigInt64Array([1n, 2n]), "int32"],
      [new BigUint64Array([1n, 2n]), "int32"],
      [new Float32Array(new SharedArrayBuffer(8)).fill(1, 0, 1).fill(2, 1), "float32"],
    ];
    for (const [data, dtype] of rows) {
      for (const x of [tensor(data), fromData(data, [2]), tensor([data]).at(0), variable(data)]) {
        expect([x.dtype, x.toArray()]).toEqual([dtype, [1, 2]]);
        expect(x.data.buffer).not.toBe(data.buffer);
      }
      expect(tensor(data, "float64").toArray()).toEqual([1, 2]);
    }
    const nodes = Buffer.from([1, 2]);
    const [own, other] = [fromData(nodes, [2]), tensor(nodes)];
    nodes[0] = 9;
    expect([own.toArray(), other.toArray(), other.dtype]).toEqual([[1, 2], [1, 2], "uint8"]);
  });

  test("takes arrays of another realm, whose classes are not this one's", () => {
    for (const text of ["new Float32Array([1, 2])", "[new Float32Array([1, 2])][0]"]) {
      const foreign = runInNewContext(text) as Float32Array;
      expect(foreign).not.toBeInstanceOf(Float32Array);
      expect(tensor(foreign).add(1).toArray()).toEqual([2, 3]);
      expect(fromData(foreign, [2]).data).toBeInstanceOf(Float32Array);
    }
    expect(tensor(runInNewContext("[[1, 2], [3, 4]]") as number[][]).shape).toEqual([2, 2]);
  });

  test("refuses numbers that int32 does not have, and keeps big ones exact", () => {
    expect(() => tensor(new Uint32Array([1, 3e9]))).toThrow("3000000000 at [1] does not fit");
    expect(() => tensor(new BigInt64Array([2n ** 40n]))).toThrow("does not fit");
    expect(tensor(new BigInt64Array([2n ** 40n]), "float64").item()).toBe(2 ** 40);
    const odd = new BigInt64Array([2n ** 60n + 1n]);
    expect(() => tensor(odd, "float64")).toThrow(
      "float64 does not have the number 1152921504606846977 at [0]",
    );
  });

  test.each([
    [[true, 2], "expected only numbers or only booleans, received both, at [1]"],
    [
      [
        [1, 2],
        [3, false],
      ],
      "received both, at [1, 1]",
    ],
    [new Array(2), "expected numbers or booleans, received nothing at [0]"],
    [[[1], [null]], "received null at [1, 0]"],
    [[[1], ["2"]], 'received "2" at [1, 0]'],
    [[1n], "received 1n at [0]"],
    [undefined, "tensor: expected numbers or booleans, received nothing"],
    [null, "received null"],
    ["1", 'received "1"'],
    [{ length: 2 }, 'received {"length":2}'],
    [new Date(0), "received a Date"],
    [new DataView(new ArrayBuffer(8)), "received a DataView"],
    [new ArrayBuffer(8), "received an ArrayBuffer"],
    [[[1, 2], [3]], "received an array of 1 at [1]"],
    [
      [
        [[1], [2]],
        [[3], 4],
      ],
      "received the element 4 at [1, 1]",
    ],
    [
      [
        [[1], [2]],
        [[3], [4, 5]],
      ],
      "received an array of 2 at [1, 1]",
    ],
    [[new Float32Array(2), new Float32Array(3)], "received an array of 3 at [1]"],
    [[[[1]], new Float32Array(1)], "rows of nested data differ in length"],
    [[new Int16Array(1), new Float32Array(1)], "int32 and float32 side by side, at [1]"],
    [[new Int16Array([1]), [2]], "int32 and float32 side by side, at [1, 0]"],
  ] as const)("refuses what is no data: %#", (data, says) => {
    expect(() => tensor(data as never)).toThrow(NeuriteError);
    expect(() => tensor(data as never)).toThrow(says);
  });

  test("lets rows of several kinds stand side by side where the type is said", () => {
    expect(tensor([new Int16Array([1]), [2.5]], "float32").toArray()).toEqual([[1], [2.5]]);
    expect(() => tensor([new Int16Array([1]), [true]], "float32")).toThrow("received both");
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

describe("whole numbers and finite ones", () => {
  test("sequences refuse what their type does not have", () => {
    expect(() => arange(3e9, 3e9 + 2)).toThrow("arange: 3000000000 does not fit");
    expect(() => arange(0, 2, 0.5, "int32")).toThrow("arange: 0.5 is not a whole number");
    expect(arange(3e9, 3e9 + 2, 1, "float64").toArray()).toEqual([3e9, 3e9 + 1]);
    expect(() => linspace(0, 1, 3, "int32")).toThrow("linspace: 0.5 is not a whole number");
    expect(() => linspace(0, Number.NaN, 3)).toThrow("expected stop to be a finite number");
    expect(full([2], true).dtype).toBe("bool");
    expect(() => full([2], true, "int32")).toThrow("expected a number for int32, received true");
  });

  test("no label is half a class, known or not", () => {
    const half = tensor([0.5, 1]);
    expect(() => oneHot(half, 2)).toThrow("oneHot: label 0.5 is not a whole number");
    const compiled = compile((x: Tensor) => oneHot(x, 2));
    expect(compiled(half).toArray()).toEqual([
      [0, 0],
      [0, 1],
    ]);
  });

  test.each([[1e17], [1e300], [2 ** 20, 2 ** 20]])(
    "shapes of %s elements are refused",
    (...shape) => {
      const says = "more than any array of this machine can hold";
      for (const make of [
        () => zeros(shape),
        () => full(shape, 1),
        () => broadcastTo(tensor(1), shape),
        () => random.uniform(random.key(1), shape),
        () => random.normal(random.key(1), shape),
      ]) {
        expect(make).toThrow(ShapeError);
        expect(make).toThrow(says);
      }
      expect(() => eye(2 ** 20)).toThrow(says);
      expect(() => arange(1e17)).toThrow(says);
      expect(() => linspace(0, 1, 2 ** 40)).toThrow(says);
      expect(() => oneHot(tensor([0]), 1e15)).toThrow(says);
    },
  );
});
