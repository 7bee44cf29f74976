// Trees: nested records of tensors.

import { describe, expect, test } from "vitest";
import { mapTree, ones, type Tensor, tensor, variable } from "../../index.ts";
import { flattenTree, leavesLike } from "./tree.ts";

describe("flattenTree", () => {
  test("finds tensors in arrays and plain objects, and puts others in their places", () => {
    const tree = { a: [tensor(1), "text"], b: { c: tensor([2]) }, d: null, e: 5 };
    const { leaves, rebuild } = flattenTree(tree);
    expect(leaves.map((leaf) => leaf.toArray())).toEqual([1, [2]]);
    const { a, b, d, e } = rebuild([tensor(3), tensor([4])]) as typeof tree;
    expect([(a[0] as Tensor).item(), a[1], b.c.item(), d, e]).toEqual([3, "text", 4, null, 5]);
  });

  test("a tensor alone is a tree; a variable gives its present value", () => {
    const w = variable(1);
    const { leaves } = flattenTree(w);
    w.assign(tensor(2));
    expect(leaves[0]!.item()).toBe(1);
  });

  test("keys are equal for equal types and contents only", () => {
    const key = (tree: unknown) => flattenTree(tree).key;
    expect(key({ a: ones([2]), b: "x" })).toBe(key({ a: tensor([3, 4]), b: "x" }));
    const others = [
      { a: ones([3]), b: "x" },
      { a: ones([2], "int32"), b: "x" },
      { a: ones([2]), b: "y" },
      { a: ones([2]) },
      { a: [ones([2])], b: "x" },
      [ones([2]), "x"],
      { "a:b": ones([2]) },
      { a: "b:float32[2]" },
      { a: undefined },
      { a: null },
      { a: "null" },
      { a: 0 },
      { a: -0 },
      { a: Number.NaN },
      { a: 1n },
      { a: "1" },
    ];
    expect(new Set(others.map(key)).size).toBe(others.length);
  });
});

describe("mapTree", () => {
  test("over one tree and over several, whatever the order of names", () => {
    const tree = { w: tensor(1), b: [tensor(2)] };
    const doubled = mapTree((x) => x.mul(2), tree);
    expect([doubled.w.item(), doubled.b[0]!.item()]).toEqual([2, 4]);
    const other = { b: [tensor(20)], w: tensor(10) };
    const sums = mapTree((x, y) => x.add(y!), tree, other);
    expect([sums.w.item(), sums.b[0]!.item()]).toEqual([11, 22]);
  });

  test("says where trees differ", () => {
    const like = { layers: [{ w: tensor(1) }], n: 3 };
    const wrong = (tree: unknown) => () => leavesLike("f: the trees", like, tree);
    expect(wrong({ layers: [{ w: tensor(1) }], n: 4 })).not.toThrow();
    expect(wrong(tensor(1))).toThrow("f: the trees differ in structure");
    expect(wrong({ layers: [], n: 3 })).toThrow("f: the trees differ in structure at layers");
    expect(wrong({ layers: [{ v: tensor(1) }], n: 3 })).toThrow("at layers.0.w");
    expect(wrong({ layers: [{ w: 1 }], n: 3 })).toThrow("at layers.0.w");
    expect(wrong({ layers: [{ w: [tensor(1)] }], n: 3 })).toThrow("at layers.0.w");
    expect(wrong({ layers: [{ w: tensor(1) }] })).toThrow("differ in structure");
  });
});
