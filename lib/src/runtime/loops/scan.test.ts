// scan against the loop it stands for.

import { describe, expect, test } from "vitest";
import {
  arange,
  compile,
  grad,
  jacobian,
  random,
  scan,
  stack,
  type Tensor,
  tensor,
  variable,
  vmap,
  zeros,
} from "../../index.ts";

const normal = (shape: readonly number[], seed: number): Tensor =>
  random.normal(random.key(seed), shape, { dtype: "float64" });

function expectClose(actual: Tensor, expected: Tensor): void {
  expect(actual.shape).toEqual(expected.shape);
  actual.data.forEach((x: number, i: number) => {
    expect(x).toBeCloseTo(expected.data[i]!, 12);
  });
}

/** The loop written out. */
function unrolled<C>(
  step: (carry: C, x: Tensor) => [C, Tensor],
  initial: C,
  xs: Tensor,
): [C, Tensor] {
  let carry = initial;
  const ys: Tensor[] = [];
  for (let i = 0; i < xs.type.shape[0]!; i++) {
    const [next, y] = step(carry, xs.at(i));
    carry = next;
    ys.push(y);
  }
  return [carry, stack(ys)];
}

describe("scan", () => {
  const w = normal([3, 3], 1);
  const xs = normal([6, 3], 2);
  const h0 = normal([3], 3);
  const step = (h: Tensor, x: Tensor): [Tensor, Tensor] => {
    const next = h.matmul(w).add(x).tanh();
    return [next, next.sum()];
  };

  test("is the loop", () => {
    const [last, sums] = scan(step, h0, xs);
    const [expected, sumsToo] = unrolled(step, h0, xs);
    expectClose(last, expected);
    expectClose(sums, sumsToo);
  });

  test("from the last step to the first", () => {
    const [total, totals] = scan(
      (c: Tensor, x: Tensor) => [c.add(x), c.add(x)] as [Tensor, Tensor],
      tensor(0),
      tensor([1, 2, 3]),
      { reverse: true },
    );
    expect([total.item(), totals.toArray()]).toEqual([6, [6, 5, 3]]);
  });

  test("without sequences, by length; without results", () => {
    const [power, nothing] = scan((c: Tensor) => [c.mul(2), null], tensor(1), null, { length: 5 });
    expect([power.item(), nothing]).toEqual([32, null]);
    const [same, none] = scan((c: Tensor, x: Tensor) => [c, x], tensor(1), zeros([0, 2]));
    expect([same.item(), none.shape]).toEqual([1, [0, 2]]);
  });

  test("a carry of named tensors is matched by name, not by order", () => {
    interface Carry {
      readonly a: Tensor;
      readonly b: Tensor;
    }
    const fibonacci = ({ a, b }: Carry): [Carry, Tensor] => [{ b: a.add(b), a: b }, a];
    const [{ a, b }, ys] = scan(fibonacci, { a: tensor(0), b: tensor(1) }, null, { length: 8 });
    expect(ys.toArray()).toEqual([0, 1, 1, 2, 3, 5, 8, 13]);
    expect([a.item(), b.item()]).toEqual([21, 34]);
  });

  test("several sequences, and a tree of results", () => {
    const [, { sum, product }] = scan(
      (c: Tensor, { p, q }: { p: Tensor; q: Tensor }) =>
        [c, { sum: p.add(q), product: p.mul(q) }] as [Tensor, { sum: Tensor; product: Tensor }],
      tensor(0),
      { p: arange(3), q: arange(1, 4) },
    ) as unknown as [Tensor, { sum: Tensor; product: Tensor }];
    expect([sum.toArray(), product.toArray()]).toEqual([
      [1, 3, 5],
      [0, 2, 6],
    ]);
  });

  test("gradients by everything: carry, sequence, what was captured", () => {
    const loss = (run: typeof unrolled<Tensor>) => (p: { w: Tensor; h: Tensor; xs: Tensor }) => {
      const body = (h: Tensor, x: Tensor): [Tensor, Tensor] => {
        const next = h.matmul(p.w).add(x).tanh();
        return [next, next.sum()];
      };
      const [last, sums] = run(body, p.h, p.xs);
      return last.square().sum().add(sums.prod());
    };
    const at = { w, h: h0, xs };
    const [received, expected] = [grad(loss(scan))(at), grad(loss(unrolled))(at)];
    for (const name of ["w", "h", "xs"] as const) expectClose(received[name], expected[name]);
    expect(compile(grad(loss(scan)))(at).w.data).toEqual(received.w.data);
  });

  test("mapped, differentiated forward, and twice", () => {
    const last = (h: Tensor) => scan(step, h, xs)[0];
    const plain = (h: Tensor) => unrolled(step, h, xs)[0];
    expectClose(jacobian(last, { mode: "forward" })(h0), jacobian(plain)(h0));
    const starts = normal([4, 3], 5);
    expectClose(vmap(last)(starts), vmap(plain)(starts));
    const penalty = (f: typeof last) => (h: Tensor) =>
      grad((g: Tensor) => f(g).sum())(h)
        .square()
        .sum();
    expectClose(grad(penalty(last))(h0), grad(penalty(plain))(h0));
  });

  test("variables are read inside, and get their gradients", () => {
    const v = variable(0.5, { dtype: "float64" });
    const run = () =>
      scan((c: Tensor) => [c.mul(v), c], tensor(2, "float64"), null, { length: 3 })[0];
    run().backward();
    expect(v.grad!.item()).toBeCloseTo(2 * 3 * 0.25, 14);
    v.grad = null;
    const step = compile(() => {
      const last = run();
      last.backward();
      return last;
    });
    expect(step().item()).toBe(0.25);
    expect(v.grad!.item()).toBeCloseTo(1.5, 14);
  });
});
