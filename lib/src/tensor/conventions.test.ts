// What docs/conventions.md says, sentence by sentence, where no other test does.

import { describe, expect, test } from "vitest";
import * as N from "../index.ts";
import { grad, type Tensor, tensor, zeros } from "../index.ts";

const { NaN: nan, NEGATIVE_INFINITY: low } = Number;
const list = (x: Tensor): number[] => Array.from(x.data);

describe("element types", () => {
  test("of results", () => {
    const bytes = tensor([1, 2], "uint8");
    const types = [
      bytes.sum(),
      bytes.prod(),
      bytes.mean(),
      bytes.std(),
      bytes.argmax(),
      bytes.less(2),
    ];
    expect(types.map(({ dtype }) => dtype)).toEqual([
      ...["int32", "int32", "float32", "float32", "int32", "bool"],
    ]);
    expect(bytes.max().dtype).toBe("uint8");
  });

  test("casting to bytes: floats are clamped, int32 wraps", () => {
    expect(list(tensor([-1.5, 300.7, nan]).cast("uint8"))).toEqual([0, 255, 0]);
    expect(list(tensor([-1, 300], "int32").cast("uint8"))).toEqual([255, 44]);
  });
});

describe("NaN", () => {
  const x = tensor([2, nan, 3, 1]);

  test("is passed on by the largest and the smallest", () => {
    for (const f of [N.max, N.min]) expect(f(x).item()).toBeNaN();
    for (const f of [N.argmax, N.argmin]) expect(f(x).item()).toBe(1);
    expect(N.maxPool(x.reshape([1, 2, 2, 1]), 2).item()).toBeNaN();
    for (const f of [N.less, N.greater, N.equal, N.lessEqual, N.greaterEqual]) {
      expect(list(f(x, x))[1]).toBe(0);
    }
  });

  test("is sorted last, either way", () => {
    expect(list(x.sort())).toEqual([1, 2, 3, nan]);
    expect(list(x.sort(-1, true))).toEqual([3, 2, 1, nan]);
    expect(list(x.argsort(-1, true))).toEqual([2, 0, 3, 1]);
    expect(list(x.topK(2).values)).toEqual([3, 2]);
  });
});

test("ties: maximum gives the gradient to b, max over axes to the first", () => {
  const slope = (f: (x: Tensor) => Tensor) => list(grad((x: Tensor) => f(x).sum())(tensor([1, 1])));
  expect(slope((a) => N.maximum(a, tensor([1, 1])))).toEqual([0, 0]);
  expect(slope((b) => N.minimum(tensor([1, 1]), b))).toEqual([1, 1]);
  expect(slope((x) => x.max())).toEqual([1, 0]);
  expect(slope((x) => x.min()).map((y) => y + 0)).toEqual([1, 0]);
  expect(slope((x) => N.clip(x, 0, 1))).toEqual([0, 0]);
});

test("nothing: all true, any false", () => {
  expect([zeros([0]).all().item(), zeros([0]).any().item()].map(Number)).toEqual([1, 0]);
  expect(N.logSumExp(zeros([0])).item()).toBe(low);
});

test("a root by hand has no slope at zero", () => {
  expect(list(grad((x: Tensor) => x.square().sum().sqrt())(tensor([0, 0])))).toEqual([nan, nan]);
  expect(list(grad((x: Tensor) => x.norm())(tensor([0, 0])))).toEqual([0, 0]);
});

test("average pooling does not count padding", () => {
  const y = N.avgPool(N.ones([1, 3, 3, 1]), 2, { padding: "same" });
  expect(list(y)).toEqual([1, 1, 1, 1]);
});

test("medians, norms, stacks, grids and places named twice", () => {
  const m = tensor([
    [1, -2],
    [3, 4],
  ]);
  expect(N.median(tensor([4, 1, 3, 2])).item()).toBe(2.5);
  expect(N.quantile(tensor([1, nan]), 0).item()).toBe(nan);
  expect(list(N.unique(tensor([nan, 1, nan])).values)).toEqual([1, nan]);
  expect(N.norm(m, 1).item()).toBe(10);
  expect(N.trace(N.stack([m, m.neg()])).toArray()).toEqual([5, -5]);
  expect(N.meshgrid([tensor([1, 2]), tensor([1, 2, 3])])[0].shape).toEqual([3, 2]);
  expect(list(N.repeat(tensor([1, 2]), 2))).toEqual([1, 1, 2, 2]);
  expect(list(N.setAt(zeros([2]), tensor([1, 1], "int32"), tensor([7, 8])))).toEqual([0, 8]);
});
