// cond and whileLoop against the same written out in TypeScript: values, derivatives, batches, both engines.

import { describe, expect, test } from "vitest";
import {
  compile,
  cond,
  engine,
  grad,
  graphFromJSON,
  graphOf,
  hessian,
  jacobian,
  jvp,
  print,
  random,
  referenceEngine,
  scan,
  setEngine,
  stack,
  type Tensor,
  tensor,
  toJSON,
  vmap,
  whileLoop,
} from "../../../index.ts";

const f64 = (data: number | readonly number[]): Tensor => tensor(data as number[], "float64");
const close = (actual: Tensor, expected: Tensor, digits = 12) => {
  expect(actual.shape).toEqual(expected.shape);
  actual.data.forEach((x: number, i: number) => {
    expect(x).toBeCloseTo(expected.data[i]!, digits);
  });
};

/** x sin x where the sum is above 1, else exp(x) w: the branches save different things. */
const w = f64([0.5, -2, 3]);
const yes = (x: Tensor) => ({ y: x.sin().mul(x), z: x.sum() });
const no = (x: Tensor) => ({ z: x.prod(), y: x.exp().mul(w) });
const choice = (x: Tensor) => cond(x.sum().greater(1), yes, no, x);
const written = (x: Tensor) => (x.sum().item() > 1 ? yes(x) : no(x));
const loss = (f: typeof choice) => (x: Tensor) => {
  const { y, z } = f(x);
  return y.square().sum().add(z.mul(y.sum()));
};
const [up, down] = [f64([0.3, 1.2, 0.7]), f64([0.3, -1.2, 0.7])];

describe("cond", () => {
  test.each([
    ["true", up],
    ["false", down],
  ] as const)("of a predicate that is %s", (_, x) => {
    for (const f of [choice, compile(choice)]) {
      close(f(x).y, written(x).y);
      close(f(x).z, written(x).z);
    }
    const expected = grad(loss(written as typeof choice))(x);
    close(grad(loss(choice))(x), expected);
    close(compile(grad(loss(choice)))(x), expected);
    close(jacobian(loss(choice), { mode: "forward" })(x), expected);
    close(hessian(loss(choice))(x), hessian(loss(written as typeof choice))(x), 10);
  });

  test("runs one branch only: what the other would give is never seen", () => {
    const safe = compile((x: Tensor) =>
      grad((v: Tensor) =>
        cond(
          v.greater(0),
          (u: Tensor) => u.sqrt(),
          (u: Tensor) => u.mul(0),
          v,
        ),
      )(x),
    );
    expect(safe(f64(4)).item()).toBe(0.25);
    expect(safe(f64(-4)).item()).toBe(0);
  });

  test("captures tensors, takes no operands, and passes them on", () => {
    const x = f64([1, 2, 3]);
    const f = (p: Tensor) =>
      cond(
        p.greater(0),
        () => x.mul(w),
        () => x,
      );
    expect(f(f64(1)).toArray()).toEqual([0.5, -4, 9]);
    expect(compile(f)(f64(-1)).toArray()).toEqual([1, 2, 3]);
  });

  test("mapped: one predicate for all, and one for each", () => {
    const xs = stack([up, down, up.neg()]);
    const rows = [up, down, up.neg()].map((x) => written(x).y);
    close(vmap((x: Tensor) => choice(x).y)(xs), stack(rows));
    close(
      vmap(grad(loss(choice)))(xs),
      stack([up, down, up.neg()].map(grad(loss(written as typeof choice)))),
    );
    const shared = vmap((x: Tensor) => cond(w.sum().greater(1), yes, no, x).y)(xs);
    close(shared, stack([up, down, up.neg()].map((x) => yes(x).y)));
  });

  test("inside a loop, with a predicate that changes", () => {
    const xs = f64([1, -2, 3, -4]);
    const f = (h: Tensor) =>
      scan(
        (c: Tensor, x: Tensor): [Tensor, null] => [
          cond(
            x.greater(0),
            (a: Tensor) => a.mul(x),
            (a: Tensor) => a.sin().add(x),
            c,
          ),
          null,
        ],
        h,
        xs,
      )[0];
    const plain = (h: number) => Math.sin(3 * (Math.sin(h) - 2)) - 4;
    expect(f(f64(0.7)).item()).toBeCloseTo(plain(0.7), 14);
    const slope = 3 * Math.cos(3 * (Math.sin(0.7) - 2)) * Math.cos(0.7);
    expect(grad(f)(f64(0.7)).item()).toBeCloseTo(slope, 12);
    expect(compile(grad(f))(f64(0.7)).item()).toBeCloseTo(slope, 12);
  });

  test("a choice that is known is made by the simplifier", () => {
    const f = compile((x: Tensor) => cond(tensor(true, "bool") as Tensor, yes, no, x).y);
    expect(f.stages(up)[0]!.text).not.toContain("cond");
    close(f(up), yes(up).y);
  });
});

/** Newton's square root, to a tolerance. */
const root = (a: Tensor, options = {}) =>
  whileLoop(
    ({ x }) => x.square().sub(a).abs().greater(1e-12),
    ({ x }) => ({ x: x.add(a.div(x)).mul(0.5) }),
    { x: a },
    options,
  ).x;

describe("whileLoop", () => {
  test("ends where its condition fails, eagerly and compiled", () => {
    expect(root(f64(2)).item()).toBeCloseTo(Math.SQRT2, 12);
    expect(compile((a: Tensor) => root(a))(f64(9)).item()).toBeCloseTo(3, 12);
  });

  test("takes no turn at all", () => {
    const f = (n: Tensor) =>
      whileLoop(
        (c: Tensor) => c.less(3),
        (c: Tensor) => c.add(1),
        n,
      );
    expect(f(f64(7)).item()).toBe(7);
    expect(compile(f)(f64(7)).item()).toBe(7);
    expect(compile(f)(f64(0.5)).item()).toBe(3.5);
  });

  test("forward mode passes, reverse mode says what to write", () => {
    const [value, slope] = jvp((a: Tensor) => root(a), [f64(4)], [f64(1)]) as [Tensor, Tensor];
    expect([value.item(), slope.item()]).toEqual([expect.closeTo(2, 12), expect.closeTo(0.25, 12)]);
    for (const f of [grad((a: Tensor) => root(a)), compile(grad((a: Tensor) => root(a)))]) {
      expect(() => f(f64(4))).toThrow(/whileLoop: reverse mode cannot pass .* maxSteps .* scan/);
    }
  });

  test("maxSteps bounds it, and lets reverse mode pass", () => {
    const f = (a: Tensor) => root(a, { maxSteps: 20 });
    expect(grad(f)(f64(4)).item()).toBeCloseTo(0.25, 12);
    expect(compile(grad(f))(f64(4)).item()).toBeCloseTo(0.25, 12);
    expect(root(f64(4), { maxSteps: 1 }).item()).toBe(2.5);
  });

  test("mapped: until all examples are done, those that are keep their carries", () => {
    const xs = f64([2, 9, 1e6]);
    const steps = (a: Tensor) =>
      whileLoop(
        ({ x }) => x.greater(1),
        ({ x, n }) => ({ x: x.div(2), n: n.add(1) }),
        { x: a, n: tensor(0, "int32") },
      );
    for (const f of [vmap(steps), compile(vmap(steps))]) {
      expect(f(xs).n.toArray()).toEqual([1, 4, 20]);
      expect(f(xs).x.toArray()).toEqual([1, 9 / 16, 1e6 / 2 ** 20]);
    }
  });

  test("mapped over what the condition does not read, it stays one loop", () => {
    const f = (x: Tensor) =>
      whileLoop(
        ({ i }) => i.less(3),
        ({ i, y }) => ({ i: i.add(1), y: y.mul(x) }),
        { i: tensor(0, "int32"), y: x },
      );
    const { i, y } = compile(vmap(f))(f64([1, 2, 3]));
    expect(i.toArray()).toEqual([3, 3, 3]);
    expect(y.toArray()).toEqual([1, 16, 81]);
    expect(print(graphOf(vmap(f), [f64([1, 2, 3])]))).toContain("lt(");
  });
});

describe("both", () => {
  const f = (x: Tensor) => ({ a: choice(x), b: root(x.sum().abs()) });

  test("are shown in the graph and in every stage, and survive JSON", () => {
    const graph = graphOf(f, [up]);
    expect(print(graph)).toMatch(/cond\(.*\n.*ifTrue/);
    expect(print(graph)).toMatch(/whileLoop\(.*constants=/);
    expect(print(graphFromJSON(JSON.parse(JSON.stringify(toJSON(graph)))))).toBe(print(graph));
    const stages = compile(f).stages(up);
    const kernels = stages.find(({ name }) => name === "kernels")!.text;
    expect(kernels).toMatch(/choice by array\d+/);
    expect(kernels).toMatch(/loop while array\d+/);
  });

  test("the Wasm engine gives what the reference engine gives", () => {
    const before = engine();
    const expected = compile(f)(down);
    setEngine(referenceEngine);
    try {
      const reference = compile(f)(down);
      close(expected.a.y, reference.a.y, 14);
      close(expected.b, reference.b, 14);
    } finally {
      setEngine(before);
    }
  });

  test("in words, where arguments do not fit", () => {
    const x = f64([1, 2]);
    const same = (v: Tensor) => v;
    const errors: [() => unknown, RegExp][] = [
      [
        () => cond(true as never, same, same, x),
        /expected predicate to be .*boolean, received true.*Choose with if/,
      ],
      [
        () => cond(x.greater(0) as never, same, same, x),
        /one boolean, bool\[\], received bool\[2\].*all\(\) or any/,
      ],
      [() => cond(x.sum(), same, same, x), /to be bool\[\], received float64\[\].*greater\(0\)/],
      [
        () => cond(x.sum().greater(0), same, (v: Tensor) => v.sum(), x),
        /result of the false branch 0: expected float64\[2\], received float64\[\]/,
      ],
      [
        () => cond(x.sum().greater(0), same, () => 3 as never, x),
        /branches to return tensors, received 3. Write tensor\(3\)/,
      ],
      [
        () => cond(x.sum().greater(0), same, (v: Tensor) => ({ v }) as never, x),
        /results of the branches differ in structure/,
      ],
      [
        () => whileLoop(() => true as never, same, x),
        /condition to return a tensor of one boolean, received true/,
      ],
      [
        () => whileLoop((v: Tensor) => v.less(1) as never, same, x),
        /one boolean, bool\[\], received bool\[2\]/,
      ],
      [
        () =>
          whileLoop(
            (v: Tensor) => v.sum().less(1),
            (v: Tensor) => v.sum(),
            x,
          ),
        /carry 0 enters a turn as float64\[2\] and leaves it as float64\[\]/,
      ],
      [
        () => whileLoop((v: Tensor) => v.sum().less(1), (() => 1) as never, x),
        /next carry, received 1. Write tensor\(1\)/,
      ],
      [
        () => whileLoop(() => x.sum().less(1), same, 3 as unknown as Tensor),
        /initial to hold tensors, received 3. Write tensor\(3\)/,
      ],
      [() => whileLoop(() => x.sum().less(1), same, x, { maxStep: 3 } as never), /maxSteps/],
      [
        () => whileLoop(() => x.sum().less(1), same, x, { maxSteps: 0 }),
        /maxSteps.* above 0, received 0/,
      ],
    ];
    for (const [call, words] of errors) expect(call).toThrow(words);
  });
});

test("a loop of matrix products ends where their largest element is small", () => {
  const x = random.normal(random.key(1), [4, 4], { dtype: "float64" });
  const f = (a: Tensor) =>
    whileLoop(
      (c: Tensor) => c.abs().max().greater(0.01),
      (c: Tensor) => c.matmul(a).mul(0.1),
      a,
    );
  close(compile(f)(x), f(x), 14);
});
