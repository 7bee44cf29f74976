// Products against sums over indices, with NumPy's rules for vectors and stacks.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arange, dot, grad, matmul, ones, outer, type Tensor, tensor, zeros } from "../index.ts";
import { build, element, expectClose, type Model, sample, tensorOf } from "./naive.testing.ts";

const dim = fc.integer({ min: 0, max: 3 });

/** A stack of matrices [..., m, k] x [..., k, n]; leading axes of length 1 repeat. */
function multiply(a: Model, b: Model, lead: readonly number[]): Model {
  const [m, k] = a.shape.slice(-2) as [number, number];
  const n = b.shape.at(-1)!;
  const within = (x: Model, index: readonly number[]) =>
    index
      .slice(index.length - (x.shape.length - 2))
      .map((i, axis) => (x.shape[axis] === 1 ? 0 : i));
  return build([...lead, m, n], (index) => {
    const [row, column] = index.slice(-2) as [number, number];
    const outer = index.slice(0, -2);
    let total = 0;
    for (let p = 0; p < k; p++) {
      const left = element(a, [...within(a, outer), row, p]);
      total += left * element(b, [...within(b, outer), p, column]);
    }
    return total;
  });
}

const stacks = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }).chain((lead) => {
  const some = fc
    .tuple(
      fc.tuple(...lead.map((length) => fc.constantFrom(length, 1))),
      fc.integer({ min: 0, max: lead.length }),
    )
    .map(([axes, dropped]) => axes.slice(dropped));
  return fc.record({ a: some, b: some, m: dim, k: dim, n: dim });
});

describe("matmul", () => {
  test("matrices and stacks that broadcast", () => {
    fc.assert(
      fc.property(stacks, ({ a, b, m, k, n }) => {
        const [x, y] = [sample([...a, m, k], 1), sample([...b, k, n], 2)];
        const rank = Math.max(a.length, b.length);
        const lead = Array.from({ length: rank }, (_, i) => {
          const [p, q] = [a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1];
          return p === 1 ? q : p;
        });
        expectClose(matmul(tensorOf(x), tensorOf(y)), multiply(x, y, lead));
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  test("a vector is a row on the left and a column on the right", () => {
    const m = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(tensor([1, 10]).matmul(m).toArray()).toEqual([41, 52, 63]);
    expect(m.matmul(tensor([1, 0, -1])).toArray()).toEqual([-2, -2]);
    expect(
      tensor([1, 2])
        .matmul(tensor([3, 4]))
        .toArray(),
    ).toBe(11);
    const stack = ones([5, 2, 3]);
    expect(tensor([1, 1]).matmul(stack).shape).toEqual([5, 3]);
    expect(stack.matmul(ones([3])).shape).toEqual([5, 2]);
    expect(
      zeros([0])
        .matmul(zeros([0]))
        .item(),
    ).toBe(0);
  });

  test("whole numbers are multiplied as such", () => {
    const x = arange(4).reshape([2, 2]);
    expect(x.matmul(x).toArray()).toEqual([
      [2, 3],
      [6, 11],
    ]);
    expect(x.matmul(x).dtype).toBe("int32");
  });

  test("gradients have the operands' shapes, summed over what was broadcast", () => {
    const loss = (p: { readonly a: Tensor; readonly b: Tensor }) =>
      matmul(p.a, p.b)
        .mul(tensorOf(sample([4, 2, 5], 7)))
        .sum();
    const at = { a: tensorOf(sample([2, 3], 1)), b: tensorOf(sample([4, 3, 5], 2)) };
    const { a, b } = grad(loss)(at);
    expect([a.shape, b.shape]).toEqual([
      [2, 3],
      [4, 3, 5],
    ]);
    // Bilinear: <da, a> = <db, b> = loss.
    expect(a.mul(at.a).sum().item()).toBeCloseTo(loss(at).item(), 9);
    expect(b.mul(at.b).sum().item()).toBeCloseTo(loss(at).item(), 9);
  });
});

test("dot of vectors, outer of anything", () => {
  expect(dot(tensor([1, 2, 3]), tensor([4, 5, 6])).item()).toBe(32);
  expect(outer(tensor([1, 2]), tensor([3, 4, 5])).toArray()).toEqual([
    [3, 4, 5],
    [6, 8, 10],
  ]);
  expect(outer(ones([2, 2]), tensor(3)).shape).toEqual([4, 1]);
});
