// Derivatives of functions over trees of tensors, recorded as they run.

import { describe, expect, test } from "vitest";
import {
  compile,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  noGrad,
  ones,
  random,
  softmax,
  stopGradient,
  type Tensor,
  tensor,
  valueAndGrad,
  vjp,
  vmap,
  zeros,
} from "../../index.ts";

const f64 = (data: number | readonly number[] | readonly (readonly number[])[]): Tensor =>
  tensor(data as number[], "float64");
const list = (x: Tensor): number[] => Array.from(x.data, (element) => element + 0);

/** A matrix of small numbers, none zero. */
const matrix = (rows: number, columns: number, seed = 1): Tensor =>
  random.normal(random.key(seed), [rows, columns], { dtype: "float64" });

function expectClose(actual: Tensor, expected: Tensor, digits = 10): void {
  expect(actual.shape).toEqual(expected.shape);
  list(actual).forEach((x, i) => {
    expect(x).toBeCloseTo(list(expected)[i]!, digits);
  });
}

describe("grad", () => {
  test("x^3 at 2", () => {
    const cube = grad((x: Tensor) => x.pow(3));
    expect(cube(f64(2)).item()).toBe(12);
    expect(cube(f64(2)).dtype).toBe("float64");
    expect(cube(tensor(2)).dtype).toBe("float32");
  });

  test("several paths add up", () => {
    const f = (x: Tensor) => {
      const y = x.mul(3); // 3x
      const z = y.mul(x); // 3x^2
      return y.add(z).add(z).add(x); // 6x^2 + 4x
    };
    expect(grad(f)(f64(5)).item()).toBe(64);
  });

  test("control flow that depends on values", () => {
    const f = (x: Tensor) => {
      let y = x;
      let steps = 0;
      while (y.item() < 100) {
        y = y.mul(y.item() > 10 ? 2 : x);
        steps++;
      }
      return y.mul(steps);
    };
    // From 3: 9, 27, 54, 108 in four steps: y = 4 x^3 with x^2, x^3, 2x^3, 4x^3.
    expect(f(f64(3)).item()).toBe(432);
    expect(grad(f)(f64(3)).item()).toBe(4 * 4 * 3 * 9);
    // From 20 at once: 40, 80, 160 in three steps: y = 3 * 8 x.
    expect(grad(f)(f64(20)).item()).toBe(24);
  });

  test("the gradient is a tree like the argument", () => {
    interface Params {
      readonly layers: readonly { readonly w: Tensor; readonly b: Tensor }[];
      readonly scale: Tensor;
      readonly name: string;
    }
    const params: Params = {
      layers: [
        { w: f64([[1, 2]]), b: f64([3]) },
        { w: f64([[4]]), b: f64([5]) },
      ],
      scale: f64(2),
      name: "net",
    };
    const loss = ({ layers, scale }: Params, x: Tensor) =>
      layers.reduce((h, { w, b }) => h.mul(w.sum()).add(b.sum()), x).mul(scale);
    const gradient = grad(loss)(params, f64(10));
    // h1 = 3 x + 3 = 33, h2 = 4 h1 + 5 = 137, loss = 2 h2
    expect(gradient.scale.item()).toBe(137);
    expect(list(gradient.layers[0]!.w)).toEqual([80, 80]);
    expect(gradient.layers[0]!.b.toArray()).toEqual([8]);
    expect(gradient.layers[1]!.w.toArray()).toEqual([[66]]);
    expect(gradient.layers[1]!.b.toArray()).toEqual([2]);
    expect(gradient.name).toBe("net");
  });

  test("argument and hasAux", () => {
    const f = (a: Tensor, b: Tensor) => a.mul(b);
    expect(grad(f)(f64(3), f64(5)).item()).toBe(5);
    expect(grad(f, { argument: 1 })(f64(3), f64(5)).item()).toBe(3);
    const withExtra = (x: Tensor) => [x.mul(x), { double: x.mul(2), note: "kept" }] as const;
    const [gradient, extra] = grad(withExtra, { hasAux: true })(f64(3));
    expect(gradient.item()).toBe(6);
    expect(extra.double.item()).toBe(6);
    expect(extra.note).toBe("kept");
    const [[value], slope] = valueAndGrad(withExtra, { hasAux: true })(f64(3));
    expect([value.item(), slope.item()]).toEqual([9, 6]);
  });

  test("what does not matter has gradient zero, in its own shape and type", () => {
    const gradient = grad((p: { a: Tensor; b: Tensor }) => p.a.sum());
    const { a, b } = gradient({ a: ones([2]), b: ones([3, 1]) });
    expect([a.toArray(), b.toArray()]).toEqual([
      [1, 1],
      [[0], [0], [0]],
    ]);
    expect(grad((_: Tensor) => f64(3))(ones([2])).toArray()).toEqual([0, 0]);
  });

  test("one tensor in two places is two arguments", () => {
    const x = f64(3);
    const { a, b } = grad((p: { a: Tensor; b: Tensor }) => p.a.mul(p.a).mul(p.b))({ a: x, b: x });
    expect([a.item(), b.item()]).toEqual([18, 9]);
  });

  test("through mixed element types and constants from outside", () => {
    const labels = tensor([1, 0], "int32");
    const f = (x: Tensor) => x.cast("float64").mul(labels.cast("float64")).sum();
    const gradient = grad(f)(tensor([2, 3]));
    expect([gradient.toArray(), gradient.dtype]).toEqual([[1, 0], "float32"]);
  });

  test("the value comes without history, and f runs once", () => {
    let calls = 0;
    const [value, gradient] = valueAndGrad((x: Tensor) => {
      calls++;
      return x.mul(x);
    })(f64(4));
    expect([value.item(), gradient.item(), calls]).toEqual([16, 8, 1]);
    expect([value.tracked, gradient.tracked]).toEqual([false, false]);
  });

  test("an error inside f leaves nothing running", () => {
    let kept: Tensor | undefined;
    const f = (x: Tensor): Tensor => {
      kept = x.mul(2);
      throw new Error("stop");
    };
    expect(() => grad(f)(f64(1))).toThrow("stop");
    expect(kept!.tracked).toBe(false);
    expect(kept!.mul(3).tracked).toBe(false);
  });
});

describe("forward and reverse mode agree", () => {
  const w = matrix(3, 4);
  const f = (x: Tensor) => softmax(x.matmul(w).tanh()).mul(x.sum());
  const x = f64([0.3, -0.8, 1.1]);

  test("<w, jvp v> = <v, vjp w>", () => {
    const v = f64([1, -2, 0.5]);
    const ct = f64([0.3, 0.1, -0.7, 2]);
    const [value, tangent] = jvp(f, [x], [v]);
    const [same, pullback] = vjp(f, x);
    const [back] = pullback(ct);
    expect(list(value)).toEqual(list(f(x)));
    expect(list(same)).toEqual(list(value));
    expect(tangent.mul(ct).sum().item()).toBeCloseTo(back!.mul(v).sum().item(), 12);
  });

  test("jvp against differences", () => {
    const v = f64([1, -2, 0.5]);
    const h = 1e-6;
    const difference = f(x.add(v.mul(h)))
      .sub(f(x.sub(v.mul(h))))
      .div(2 * h);
    expectClose(jvp(f, [x], [v])[1], difference, 8);
  });

  test("a pullback may be called again, and trees go in and out", () => {
    const g = (p: { a: Tensor; b: Tensor }, s: Tensor) => [p.a.mul(s), p.b.sum()] as const;
    const at = [{ a: f64([1, 2]), b: f64([3]) }, f64(10)] as const;
    const [[first], pullback] = vjp(g, ...at);
    expect(first.toArray()).toEqual([10, 20]);
    for (const scale of [1, 2]) {
      const [p, s] = pullback([f64([scale, 0]), f64(scale)]);
      expect([p.a.toArray(), p.b.toArray(), s.item()]).toEqual([[10 * scale, 0], [scale], scale]);
    }
    const [, [tangent, other]] = jvp(g, [...at], [{ b: f64([7]), a: f64([1, 0]) }, f64(0)]);
    expect([tangent.toArray(), other.item()]).toEqual([[10, 0], 7]);
  });

  test("jacobian, both modes, against its rows", () => {
    const [reverse, forward] = [
      jacobian(f, { mode: "reverse" })(x),
      jacobian(f, { mode: "forward" })(x),
    ];
    expect(reverse.shape).toEqual([4, 3]);
    expectClose(reverse, forward, 12);
    const rows = [0, 1, 2, 3].map((i) => grad((y: Tensor) => f(y).at(i))(x));
    rows.forEach((row, i) => {
      expectClose(reverse.at(i), row, 12);
    });
  });

  test("jacobians of matrices, scalars and nothing", () => {
    const square = (a: Tensor) => a.mul(a);
    for (const mode of ["reverse", "forward"] as const) {
      const full = jacobian(square, { mode })(f64([[1, 2]]));
      expect(full.shape).toEqual([1, 2, 1, 2]);
      expect(list(full)).toEqual([2, 0, 0, 4]);
      expect(jacobian(square, { mode })(f64(3)).toArray()).toBe(6);
      expect(jacobian(square, { mode })(zeros([0])).shape).toEqual([0, 0]);
      expect(jacobian((_: Tensor) => f64([1, 2]), { mode })(f64(3)).toArray()).toEqual([0, 0]);
    }
  });
});

describe("second derivatives", () => {
  const a = f64([
    [2, 1],
    [1, 4],
  ]);
  // x^T A x / 2 + x0^3
  const f = (x: Tensor) => x.matmul(a).mul(x).sum().div(2).add(x.at(0).pow(3));

  test("hessian of a quadratic and a cube", () => {
    expect(hessian(f)(f64([5, 6])).toArray()).toEqual([
      [32, 1],
      [1, 4],
    ]);
  });

  test("hvp is the hessian times a vector", () => {
    const [x, v] = [f64([0.3, -2]), f64([1.5, 0.25])];
    expectClose(hvp(f, x, v), hessian(f)(x).matmul(v));
  });

  test("grad of grad, twice and thrice", () => {
    const sin = (x: Tensor) => x.sin();
    const second = grad(grad(sin));
    expect(second(f64(1)).item()).toBeCloseTo(-Math.sin(1), 14);
    expect(grad(second)(f64(1)).item()).toBeCloseTo(-Math.cos(1), 14);
    const penalty = (x: Tensor) =>
      grad((y: Tensor) => y.pow(3).sum())(x)
        .square()
        .sum();
    expect(list(grad(penalty)(f64([1, 2])))).toEqual([36, 288]); // d(9 x^4) = 36 x^3
  });

  test("an inner gradient sees outer arguments as constants", () => {
    const f2 = (x: Tensor) => x.mul(grad((y: Tensor) => x.mul(y))(f64(1)));
    expect(grad(f2)(f64(3)).item()).toBe(6); // d(x * x)
    const confusion = grad((x: Tensor) => x.mul(grad((y: Tensor) => x.add(y))(f64(1))));
    expect(confusion(f64(1)).item()).toBe(1); // d(x * 1), not 2
  });

  test("forward over reverse over forward", () => {
    const third = (x: Tensor) =>
      jvp(
        (y: Tensor) => grad((z: Tensor) => jvp((u: Tensor) => u.pow(4), [z], [f64(1)])[1])(y),
        [x],
        [f64(1)],
      )[1];
    expect(third(f64(2)).item()).toBe(48); // d^3 x^4 = 24 x
  });
});

describe("what hides from derivatives", () => {
  test("stopGradient and noGrad are constants", () => {
    expect(grad((x: Tensor) => x.mul(stopGradient(x)))(f64(3)).item()).toBe(3);
    expect(grad((x: Tensor) => x.mul(noGrad(() => x.mul(2))))(f64(3)).item()).toBe(6);
    expect(jvp((x: Tensor) => x.mul(x.stopGradient()), [f64(3)], [f64(1)])[1].item()).toBe(3);
  });

  test("noGrad hides the same when compiled, mapped or looped", () => {
    const f = (x: Tensor) => x.mul(noGrad(() => x.mul(2).add(x))).sum();
    const x = f64([1, 2]);
    const expected = [3, 6];
    expect(list(grad(f)(x))).toEqual(expected);
    expect(list(compile(grad(f))(x))).toEqual(expected);
    expect(list(vmap(grad(f))(x))).toEqual(expected);
    expect(list(grad((y: Tensor) => vmap(f)(y).sum())(x))).toEqual(expected);
    // grad inside noGrad still differentiates.
    expect(list(noGrad(() => grad(f)(x)))).toEqual(expected);
    expect(list(compile((y: Tensor) => noGrad(() => grad(f)(y)))(x))).toEqual(expected);
  });
});
