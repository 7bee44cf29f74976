// vmap against a loop over the examples.

import { describe, expect, test } from "vitest";
import {
  arange,
  compile,
  einsum,
  grad,
  jacobian,
  ones,
  random,
  stack,
  type Tensor,
  tensor,
  vmap,
  where,
  zeros,
} from "../../index.ts";

const f64 = (data: readonly number[] | readonly (readonly number[])[]): Tensor =>
  tensor(data as number[], "float64");
const normal = (shape: readonly number[], seed: number): Tensor =>
  random.normal(random.key(seed), shape, { dtype: "float64" });
const rows = (x: Tensor): Tensor[] => Array.from({ length: x.type.shape[0]! }, (_, i) => x.at(i));

function expectClose(actual: Tensor, expected: Tensor): void {
  expect(actual.shape).toEqual(expected.shape);
  actual.data.forEach((x: number, i: number) => {
    expect(x).toBeCloseTo(expected.data[i]!, 12);
  });
}

describe("vmap", () => {
  test("maps every argument over its first axis", () => {
    const [a, b] = [normal([5, 3], 1), normal([5, 3], 2)];
    const f = (x: Tensor, y: Tensor) => x.mul(y).sum().add(x.max());
    expectClose(vmap(f)(a, b), stack(rows(a).map((row, i) => f(row, b.at(i)))));
  });

  test("inAxes: another axis, a negative one, none", () => {
    const [x, w] = [normal([3, 4], 1), normal([3], 2)];
    const f = (v: Tensor, u: Tensor) => v.mul(u).sum();
    const expected = x.transpose().matmul(w);
    expectClose(vmap(f, { inAxes: [1, null] })(x, w), expected);
    expectClose(vmap(f, { inAxes: [-1, null] })(x, w), expected);
    expectClose(vmap(f, { inAxes: [null, 1] })(w, x), expected);
  });

  test("trees in and out, with contents that are no tensors", () => {
    const f = (p: { x: Tensor; power: number }) => ({ y: p.x.pow(p.power), note: "same" });
    const { y, note } = vmap(f)({ x: arange(3).cast("float32"), power: 2 });
    expect(y.toArray()).toEqual([0, 1, 4]);
    expect(note).toBe("same");
  });

  test("an axis of a tree's argument holds for all its tensors", () => {
    const f = (p: { a: Tensor; b: Tensor }, s: Tensor) => p.a.add(p.b).mul(s);
    const g = vmap(f, { inAxes: [1, null] });
    const y = g({ a: ones([2, 3]), b: ones([2, 3]) }, tensor(2));
    expect(y.shape).toEqual([3, 2]);
    expect(Array.from(y.data)).toEqual([4, 4, 4, 4, 4, 4]);
  });

  test("inAxes: one for all arguments, and trees that tell their tensors apart", () => {
    const [x, w] = [normal([3, 4], 1), normal([3], 2)];
    const f = (p: { v: Tensor; w: Tensor }, [u]: [Tensor]) => p.v.mul(p.w).sum().add(u);
    const u = normal([4], 3);
    const expected = x.transpose().matmul(w).add(u);
    const inAxes = [{ v: 1, w: null }, 0];
    expectClose(vmap(f, { inAxes })({ v: x, w }, [u]), expected);
    expectClose(vmap(f, { inAxes: [{ w: null, v: -1 }, [-1]] })({ v: x, w }, [u]), expected);
    const g = vmap((a: Tensor, b: Tensor) => a.mul(b).sum(), { inAxes: 1 });
    expectClose(g(x, x), x.square().sum(0));
  });

  test("outAxes: another place, one for each result, none", () => {
    const x = normal([5, 3], 1);
    const f = (v: Tensor) => ({ rows: stack([v, v.mul(2)]), sum: v.sum(), same: [ones([2])] });
    const { rows, sum, same } = vmap(f, { outAxes: { rows: -1, sum: 0, same: null } })(x);
    expectClose(rows, stack([x, x.mul(2)]).transpose([0, 2, 1]));
    expectClose(sum, x.sum(1));
    expect(same[0]!.toArray()).toEqual([1, 1]);
    const middle = compile(vmap((v: Tensor) => stack([v, v]), { outAxes: 1 }))(x);
    expectClose(middle, stack([x, x]));
    const total = grad((y: Tensor) =>
      vmap((v: Tensor) => stack([v, v]), { outAxes: 2 })(y)
        .at(0)
        .sum(),
    );
    expectClose(total(x), ones([5, 3], "float64"));
  });

  test("axes that do not fit, in words", () => {
    const x = normal([5, 3], 1);
    const f = (p: { v: Tensor; w: Tensor }) => ({ y: p.v.add(p.w), z: p.v });
    const both = { v: x, w: x };
    const errors: [() => unknown, RegExp][] = [
      [
        () => vmap(f, { inAxes: [{ v: 0 }] })(both),
        /inAxes\[0\] has no axis for w: give a number or null/,
      ],
      [() => vmap(f, { inAxes: [{ v: 0, w: 0, u: 0 }] })(both), /inAxes\[0\]: .*u/],
      [
        () => vmap(f, { inAxes: [[0, 0]] })(both),
        /inAxes\[0\] to be .* like the record of v, w, received/,
      ],
      [
        () => vmap(f, { inAxes: [0.5] as never })(both),
        /inAxes\[0\] to be a number, null or a tree/,
      ],
      [
        () => vmap(f, { inAxes: "x" as never }),
        /inAxes to be a number, null, or a tree of these, received "x"/,
      ],
      [() => vmap(f, { inAxes: null })(both), /at least one mapped argument/],
      [() => vmap(f, { outAxes: 2 })(both), /outAxes 2 is out of range for a result \[5, 3\]/],
      [() => vmap(f, { outAxes: -3 })(both), /outAxes -3 is out of range/],
      [
        () => vmap(f, { outAxes: null })(both),
        /outAxes says null for result 0, float64\[3\], which differs/,
      ],
      [() => vmap(f, { outAxes: { y: 0 } })(both), /outAxes has no axis for z/],
      [() => vmap(f, { outAxis: 0 } as never), /outAxes/],
    ];
    for (const [call, words] of errors) expect(call).toThrow(words);
  });

  test("a result that does not depend on the examples is repeated", () => {
    expect(vmap((_: Tensor) => tensor([1, 2]))(zeros([3])).toArray()).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
  });

  test("no examples at all", () => {
    expect(vmap((x: Tensor) => x.matmul(ones([2, 4])))(zeros([0, 3, 2])).shape).toEqual([0, 3, 4]);
  });

  test("uses tensors from outside, and choices by value", () => {
    const table = normal([4, 2], 1);
    const pick = vmap((i: Tensor, x: Tensor) => where(x.greater(0), table.at(i), -1));
    const y = pick(tensor([3, 0], "int32"), tensor([1, -1]));
    expectClose(y, stack([table.at(3), f64([-1, -1])]));
  });
});

describe("vmap of transforms, and transforms of vmap", () => {
  const loss = (w: Tensor, x: Tensor, y: Tensor) => x.matmul(w).tanh().sub(y).square();
  const w = normal([3], 1);
  const x = normal([5, 3], 2);
  const y = normal([5], 3);

  test("gradients of each example", () => {
    const each = vmap(grad(loss), { inAxes: [null, 0, 0] })(w, x, y);
    expect(each.shape).toEqual([5, 3]);
    expectClose(each, stack(rows(x).map((row, i) => grad(loss)(w, row, y.at(i)))));
    const total = grad((v: Tensor) => vmap(loss, { inAxes: [null, 0, 0] })(v, x, y).sum())(w);
    expectClose(each.sum(0), total);
  });

  test("two maps, one in the other", () => {
    const products = vmap((a: Tensor) => vmap((b: Tensor) => a.mul(b).sum())(x))(x);
    expectClose(products, einsum("ik,jk->ij", x, x));
    const across = vmap(
      vmap((a: Tensor, b: Tensor) => a.sub(b)),
      { inAxes: [0, 1] },
    );
    expectClose(across(x, x.transpose()), zeros([5, 3], "float64"));
  });

  test("jacobians of each example", () => {
    const f = (v: Tensor) => v.mul(w).cumsum();
    expectClose(vmap(jacobian(f))(x), stack(rows(x).map(jacobian(f))));
  });

  test("compiled, and mapped over a compiled function", () => {
    const each = vmap(grad(loss), { inAxes: [null, 0, 0] });
    expect(compile(each)(w, x, y).data).toEqual(each(w, x, y).data);
    const inner = vmap(compile(loss), { inAxes: [null, 0, 0] });
    expectClose(inner(w, x, y), vmap(loss, { inAxes: [null, 0, 0] })(w, x, y));
  });
});
