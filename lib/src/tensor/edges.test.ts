// Edges of the functions for statistics, counting and updates: empty, NaN, integers, bools, what is refused.

import { describe, expect, test } from "vitest";
import {
  allClose,
  arange,
  bincount,
  compile,
  cumprod,
  diag,
  histogram,
  isClose,
  isFinite as isFiniteNumber,
  maxAt,
  median,
  meshgrid,
  nonzero,
  norm,
  quantile,
  repeat,
  roll,
  searchSorted,
  setAt,
  type Tensor,
  TraceError,
  tan,
  tensor,
  trace,
  unique,
  zeros,
} from "../index.ts";

const m = tensor([
  [1, 2],
  [3, 4],
]);

describe("whole numbers and bools", () => {
  test("keep their type where nothing need change it", () => {
    const i = tensor([3, 1, 2], "int32");
    expect([i.roll(1), i.repeat(2), diag(i), i.setAt(0, 5)].map((x) => x.dtype)).toEqual(
      Array(4).fill("int32"),
    );
    expect(cumprod(tensor([2, 3], "uint8")).dtype).toBe("int32");
    expect(median(i).item()).toBe(2);
    expect(median(i).dtype).toBe("float32");
    expect(
      trace(
        tensor([
          [true, false],
          [true, true],
        ]),
      ).item(),
    ).toBe(2);
    expect(isFiniteNumber(i).toArray()).toEqual([true, true, true]);
    expect(tensor([true, false]).setAt(1, 1).toArray()).toEqual([true, true]);
    expect(allClose(tensor([2 ** 31 - 1], "int32"), tensor([2 ** 31 - 2], "int32")).item()).toBe(1);
    expect(isClose(1, 2).toArray()).toBe(false);
  });
});

describe("what depends on values", () => {
  test("has a size under compile, and is filled up", () => {
    const f = compile((x: Tensor) => unique(x, { size: 4 }));
    const found = f(tensor([5, 2, 5, 2, 9]));
    expect(found.values.toArray()).toEqual([2, 5, 9, 9]);
    expect(found.counts.toArray()).toEqual([2, 2, 1, 0]);
    expect(found.inverse.toArray()).toEqual([1, 0, 1, 0, 2]);
    const few = unique(tensor([5, 2, 5, 2, 9]), { size: 2 });
    expect([few.values.toArray(), few.counts.toArray()]).toEqual([
      [2, 5],
      [2, 2],
    ]);
    const places = compile((x: Tensor) => nonzero(x, { size: 3 }))(m.sub(3));
    expect(places.map((x) => x.toArray())).toEqual([
      [0, 0, 1],
      [0, 1, 1],
    ]);
    expect(nonzero(tensor([0, 1]), { size: 3 })[0]!.toArray()).toEqual([1, -1, -1]);
    expect(nonzero(zeros([0, 3]), { size: 2 }).map((x) => x.toArray())).toEqual([
      [-1, -1],
      [-1, -1],
    ]);
    expect(bincount(tensor([1, 5, 1], "int32"), { length: 3 }).toArray()).toEqual([0, 2, 0]);
  });

  test("says what to do where it has none", () => {
    for (const f of [unique, nonzero]) {
      expect(() => compile((x: Tensor) => f(x))(m)).toThrow(TraceError);
      expect(() => compile((x: Tensor) => f(x))(m)).toThrow(
        `${f.name}: the shape of the result depends on values, which are not known while tracing. Say it ` +
          'with the option "size"',
      );
    }
    expect(() => compile((x: Tensor) => bincount(x))(tensor([1], "int32"))).toThrow(
      'option "length"',
    );
  });

  test("a traced number below 0 is in no bin", () => {
    const f = compile((x: Tensor) => bincount(x, { length: 2 }));
    expect(f(tensor([-1, 0, 7], "int32")).toArray()).toEqual([1, 0]);
  });

  test("the elements of nonzero are those that are not 0", () => {
    const x = tensor([
      [0, 5],
      [7, 0],
    ]);
    expect(x.at(...nonzero(x)).toArray()).toEqual([5, 7]);
  });
});

describe("updates", () => {
  test("index as at() does, and leave x as it was", () => {
    const x = zeros([2, 3]);
    expect(x.setAt([-1, "::-1"], tensor([1, 2, 3])).toArray()).toEqual([
      [0, 0, 0],
      [3, 2, 1],
    ]);
    expect(x.addAt(["...", 0], 2).toArray()).toEqual([
      [2, 0, 0],
      [2, 0, 0],
    ]);
    expect(x.toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(x.setAt(tensor([], "int32"), 1).toArray()).toEqual(x.toArray());
    expect(
      x
        .setAt(
          tensor([
            [true, false, true],
            [false, false, true],
          ]),
          tensor([1, 2, 3]),
        )
        .toArray(),
    ).toEqual([
      [1, 0, 2],
      [0, 0, 3],
    ]);
    expect(x.minAt([tensor([true, false])], -1).toArray()).toEqual([
      [-1, -1, -1],
      [0, 0, 0],
    ]);
  });

  test("take traced masks and places", () => {
    const f = compile((x: Tensor, i: Tensor) => x.setAt(x.less(2), 0).addAt(i, 10));
    expect(f(m, tensor([1, 1], "int32")).toArray()).toEqual([
      [0, 2],
      [23, 24],
    ]);
    expect(() => f(m, tensor([2, 0], "int32"))).toThrow("out of range");
  });
});

describe("bins and places", () => {
  test("the last bin includes its right edge, of no width too", () => {
    expect(histogram(tensor([0, 1, 2, 2]), [0, 1, 2]).counts.toArray()).toEqual([1, 3]);
    expect(histogram(tensor([1, 1, 3]), [1, 1, 3]).counts.toArray()).toEqual([0, 3]);
    expect(histogram(tensor([1, 2], "int32"), 2).edges.toArray()).toEqual([1, 1.5, 2]);
    expect(searchSorted(tensor([1, 2, 2, 3]), tensor([2, 9])).toArray()).toEqual([1, 4]);
  });

  test("compiled without a range, edges come of the values", () => {
    const f = compile((x: Tensor) => histogram(x, 2));
    expect(f(tensor([0, 1, 4])).counts.toArray()).toEqual([2, 1]);
  });
});

describe("refused", () => {
  test.each<[string, () => unknown, string]>([
    [
      "trace of a vector",
      () => trace(tensor([1])),
      "trace: expected a matrix or a stack of them, received [1]",
    ],
    [
      "diag of a stack",
      () => diag(zeros([1, 2, 3])),
      "diag: expected a vector or a matrix, received [1, 2, 3]",
    ],
    [
      "half an offset",
      () => m.tril(0.5),
      "tril: expected offset to be a whole number, received 0.5",
    ],
    [
      "tan of integers",
      () => tan(tensor([1], "int32")),
      "tan: expected float32 or float64, received int32",
    ],
    ["two shifts", () => roll(m, [1, 2]), "roll: expected one shift without axes, received [1, 2]"],
    [
      "shifts beyond axes",
      () => roll(m, [1, 2], 0),
      "one for each of the axes [0], received [1, 2]",
    ],
    [
      "counts",
      () => repeat(m, [1], 0),
      "repeat: expected a number for each of 2 elements along axis 0",
    ],
    [
      "a grid of matrices",
      () => meshgrid([m]),
      "meshgrid: expected vectors, received shape [2, 2]",
    ],
    ["a share", () => quantile(m, 1.5), "expected q to be a number from 0 to 1, or a list of them"],
    [
      "a method",
      () => quantile(m, 0.5, 0, { method: "cubic" as "linear" }),
      "expected method to be",
    ],
    ["nothing to rank", () => median(zeros([0])), "median: shape [0] has no elements along axis 0"],
    [
      "no order",
      () => norm(m, 3 as 2),
      'norm: expected order to be 1, 2, Infinity, -Infinity or "fro"',
    ],
    ["the largest of none", () => norm(zeros([0]), Infinity), "norm: shape [0] has no elements"],
    [
      "below 0",
      () => bincount(tensor([-1], "int32")),
      "bincount: expected numbers of 0 or more, received -1",
    ],
    [
      "floats to count",
      () => bincount(tensor([1])),
      "bincount: expected int32 or uint8, received float32",
    ],
    [
      "edges",
      () => histogram(m, [1, 0]),
      "histogram: expected at least two edges that ascend, received [1, 0]",
    ],
    [
      "a range",
      () => histogram(m, 2, { range: [1, 0] }),
      "expected a range low <= high, received 1 to 0",
    ],
    [
      "weights",
      () => histogram(m, 2, { weights: tensor([1]) }),
      "weights of shape [2, 2], received [1]",
    ],
    [
      "a matrix to search",
      () => searchSorted(m, m),
      "searchSorted: expected a vector, received [2, 2]",
    ],
    ["types", () => searchSorted(tensor([1]), tensor([1], "int32")), "element types differ"],
    [
      "values",
      () => setAt(m, 0, tensor([1, 2, 3])),
      "setAt: values of shape [3] do not broadcast to [2]",
    ],
    ["a place", () => maxAt(m, 5, 1), "index 5 is out of range for axis 0 of shape [2, 2]"],
    [
      "other types",
      () => setAt(m, 0, tensor([1], "int32")),
      "setAt: element types differ: float32 and int32",
    ],
    ["an option", () => isClose(m, m, { rtol: 1 } as object), 'isClose: there is no option "rtol"'],
    [
      "edges of no number",
      () => histogram(tensor([1, Number.NaN])),
      "histogram: expected finite numbers, whose least and largest are the edges, or the option range",
    ],
    ["places of a scalar", () => nonzero(tensor(1)), "nonzero: a scalar has no axis"],
    [
      "values of none",
      () => unique(zeros([0]), { size: 1 }),
      "unique: expected size 0 for no elements",
    ],
    [
      "a ladder",
      () => arange(3).diff(-1),
      "diff: expected times to be a whole number of 0 or more",
    ],
  ])("%s", (_, make, says) => {
    expect(make).toThrow(says);
  });
});
