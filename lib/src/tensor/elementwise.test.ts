// Elementwise functions against Math and NumPy's documented behaviour, at the awkward numbers too.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as N from "../index.ts";
import { compile, type DType, grad, type Tensor, tensor, variable } from "../index.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const AWKWARD = [nan, inf, -inf, 0, -0, 0.5, -0.5, 1.5, 2.5, -1.5, 3, -3, 1e-9, -1e-9, 1e300];

const f64 = (data: readonly number[]): Tensor => tensor(data, "float64");
const i32 = (data: readonly number[]): Tensor => tensor(data, "int32");
const list = (x: Tensor): number[] => Array.from(x.data);

/** Every pair of two lists. */
function pairs(a: readonly number[], b: readonly number[]): [number[], number[]] {
  return [a.flatMap((x) => b.map(() => x)), a.flatMap(() => b)];
}

describe("functions of one number", () => {
  /** floor(x + 1/2), except that halves go to the even neighbour. */
  const halfEven = (x: number) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x));

  test.each<[string, (x: Tensor) => Tensor, (x: number) => number]>([
    ["neg", N.neg, (x) => -x],
    ["exp", N.exp, Math.exp],
    ["expm1", N.expm1, Math.expm1],
    ["log", N.log, Math.log],
    ["log1p", N.log1p, Math.log1p],
    ["sqrt", N.sqrt, Math.sqrt],
    ["sin", N.sin, Math.sin],
    ["cos", N.cos, Math.cos],
    ["tanh", N.tanh, Math.tanh],
    ["floor", N.floor, Math.floor],
    ["ceil", N.ceil, Math.ceil],
    ["square", N.square, (x) => x * x],
    ["relu", N.relu, (x) => Math.max(x, 0)],
    ["sign", N.sign, Math.sign],
    ["abs", N.abs, Math.abs],
    ["round", N.round, halfEven],
    ["isNan", N.isNan, (x) => Number(Number.isNaN(x))],
  ])("%s", (_, f, expected) => {
    expect(list(f(f64(AWKWARD)))).toEqual(AWKWARD.map(expected));
  });

  test("sigmoid neither overflows nor loses its tails", () => {
    expect(list(N.sigmoid(f64([0, inf, -inf, 800, -800])))).toEqual([0.5, 1, 0, 1, 0]);
    const [left, right] = list(N.sigmoid(f64([-30, 2])));
    expect(left! / Math.exp(-30)).toBeCloseTo(1, 12);
    expect(right!).toBeCloseTo(0.8807970779778823, 14);
    expect(N.sigmoid(f64([nan])).item()).toBeNaN();
  });

  test("erf", () => {
    // Abramowitz and Stegun, table 7.1
    const [half, one, two] = list(N.erf(f64([0.5, 1, 2])));
    expect(half).toBeCloseTo(0.5204998778, 9);
    expect(one).toBeCloseTo(0.8427007929, 9);
    expect(two).toBeCloseTo(0.995322265, 9);
    expect(list(N.erf(f64([0, inf, -inf])))).toEqual([0, 1, -1]);
  });

  test("float32 results are within three units in the last place of the exact ones", () => {
    const x = [0.1, 1 / 3, 2.7];
    for (const [name, exact] of [["exp", Math.exp] as const, ["tanh", Math.tanh] as const]) {
      list(tensor(x)[name]()).forEach((y, i) => {
        const right = exact(Math.fround(x[i]!));
        const ulp = 2 ** (Math.floor(Math.log2(right)) - 23);
        expect(Math.abs(y - right) / ulp).toBeLessThanOrEqual(3);
      });
    }
  });

  test("sign and abs of whole numbers, uint8 too", () => {
    expect(list(N.sign(i32([-5, 0, 7])))).toEqual([-1, 0, 1]);
    expect(list(N.abs(i32([-5, 0, 7])))).toEqual([5, 0, 7]);
    expect(list(N.sign(tensor([0, 200], "uint8")))).toEqual([0, 1]);
    expect(list(N.abs(tensor([0, 200], "uint8")))).toEqual([0, 200]);
  });

  test("slopes at the kinks: relu, abs and sign have none at 0", () => {
    const slope = (f: (x: Tensor) => Tensor) =>
      list(grad((x: Tensor) => f(x).sum())(f64([-2, 0, 2])));
    expect(slope(N.relu)).toEqual([0, 0, 1]);
    expect(slope(N.abs)).toEqual([-1, 0, 1]);
    expect(slope(N.sign)).toEqual([0, 0, 0]);
    expect(slope(N.round)).toEqual([0, 0, 0]);
    expect(slope(N.floor)).toEqual([0, 0, 0]);
    expect(slope((x) => N.clip(x, -1, 2))).toEqual([0, 1, 0]);
  });
});

describe("functions of two numbers", () => {
  test.each<[string, (a: Tensor, b: Tensor) => Tensor, (a: number, b: number) => number]>([
    ["add", N.add, (a, b) => a + b],
    ["sub", N.sub, (a, b) => a - b],
    ["mul", N.mul, (a, b) => a * b],
    ["div", N.div, (a, b) => a / b],
    ["pow", N.pow, (a, b) => a ** b],
    ["maximum", N.maximum, Math.max],
    ["minimum", N.minimum, Math.min],
    ["equal", N.equal, (a, b) => Number(a === b)],
    ["notEqual", N.notEqual, (a, b) => Number(a !== b)],
    ["less", N.less, (a, b) => Number(a < b)],
    ["lessEqual", N.lessEqual, (a, b) => Number(a <= b)],
    ["greater", N.greater, (a, b) => Number(a > b)],
    ["greaterEqual", N.greaterEqual, (a, b) => Number(a >= b)],
  ])("%s", (_, f, expected) => {
    const [a, b] = pairs(AWKWARD, AWKWARD);
    const received = list(f(f64(a), f64(b))).map((x) => x + 0);
    expect(received).toEqual(a.map((x, i) => expected(x, b[i]!) + 0));
  });

  test("whole numbers divide with floor, and give 0 where the divisor is 0", () => {
    const [a, b] = pairs([-7, -6, -1, 0, 1, 6, 7], [-3, -2, 2, 3]);
    expect(list(N.floorDiv(i32(a), i32(b))).map((x) => x + 0)).toEqual(
      a.map((x, i) => Math.floor(x / b[i]!) + 0),
    );
    expect(list(N.floorDiv(i32([5, -5, 0]), 0))).toEqual([0, 0, 0]);
    expect(list(N.floorDiv(tensor([7, 250], "uint8"), 2))).toEqual([3, 125]);
  });

  test("whole numbers are not divided with a rounding that nobody asked for", () => {
    const pixels = tensor([0, 100, 200, 255], "uint8");
    const says = 'Convert it with cast("float32"), or round down with floorDiv().';
    expect(() => pixels.div(255)).toThrow(N.DTypeError);
    expect(() => pixels.div(255)).toThrow(
      `received uint8, whose quotients need not be whole. ${says}`,
    );
    expect(() => N.div(1, i32([2]))).toThrow(says);
    expect(() => compile((x: Tensor) => x.div(i32([2])))(i32([7]))).toThrow(says);
    expect(() => tensor([true]).div(tensor([true]))).toThrow(says);
    expect(list(pixels.cast("float32").div(255))).toEqual(
      [0, 100, 200, 255].map((x) => Math.fround(x / 255)),
    );
    expect(list(pixels.floorDiv(100))).toEqual([0, 1, 2, 2]);
  });

  test("floorDiv of floats, as NumPy's, also where a / b rounds up to a whole number", () => {
    const a = [7, -7, 7, -7, 6, 0.3, 1e10, 3, -3, 3, -3, inf, nan, 1, -1, -1e-30, -0];
    const b = [2, 2, -2, -2, 3, 0.1, 3, inf, inf, -inf, -inf, 2, 1, 0, 0, 3, 3];
    const right = [3, -4, -4, 3, 2, 2, 3333333333, 0, -1, -1, 0, nan, nan, inf, -inf, -1, -0];
    expect(list(N.floorDiv(f64(a), f64(b)))).toEqual(right);
    expect(list(compile((x: Tensor, y: Tensor) => x.floorDiv(y))(f64(a), f64(b)))).toEqual(right);
    expect(N.floorDiv(f64([5]), f64([2])).tracked).toBe(false);
    expect(list(grad((x: Tensor) => N.floorDiv(x, 2).sum())(f64([5])))).toEqual([0]);
  });

  test("mod has the sign of the divisor, and a = b floorDiv(a, b) + mod(a, b)", () => {
    expect(list(N.mod(i32([7, -7, 7, -7]), i32([3, 3, -3, -3])))).toEqual([1, 2, -2, -1]);
    expect(list(N.mod(f64([5.5, -5.5, 5.5, -5.5]), f64([2, 2, -2, -2])))).toEqual([
      1.5, 0.5, -0.5, -1.5,
    ]);
    const whole = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(
        whole,
        whole.filter((b) => b !== 0),
        (a, b) => {
          const [q, r] = [N.floorDiv(i32([a]), b).item(), N.mod(i32([a]), b).item()];
          expect(q * b + r).toBe(a);
          expect(Math.abs(r)).toBeLessThan(Math.abs(b));
          expect(r === 0 || r < 0 === b < 0).toBe(true);
        },
      ),
      { seed: 3, numRuns: 100 },
    );
  });

  test("int32 wraps around, uint8 too", () => {
    expect(N.add(i32([2 ** 31 - 1]), 1).item()).toBe(-(2 ** 31));
    expect(N.mul(i32([123456789]), 987654321).item()).toBe(Math.imul(123456789, 987654321));
    expect(N.sub(tensor([1], "uint8"), 2).item()).toBe(255);
  });

  test("numbers stand on either side and take the tensor's type", () => {
    expect(N.sub(1, f64([0.25])).item()).toBe(0.75);
    expect(N.floorDiv(1, i32([2, -3])).toArray()).toEqual([0, -1]);
    expect(N.add(i32([1]), 1).dtype).toBe("int32");
    expect(N.add(f64([1]), 0.1).item()).toBe(1.1);
    expect(N.add(tensor([1]), 0.1).item()).toBe(Math.fround(1 + Math.fround(0.1)));
    expect(N.add(1, 2).toArray()).toBe(3);
    expect(N.less(i32([1, 2]), 2).toArray()).toEqual([true, false]);
  });

  test("a tie of maximum and minimum passes the gradient to b", () => {
    for (const f of [N.maximum, N.minimum]) {
      const loss = (x: readonly Tensor[]) => f(x[0]!, x[1]!).sum();
      const [da, db] = grad(loss)([f64([1, 2, 3]), f64([3, 2, 1])]);
      expect(list(da!)[1]).toBe(0);
      expect(list(db!)[1]).toBe(1);
    }
  });
});

describe("pow", () => {
  test("whole powers of whole numbers are exact", () => {
    const bases = [-3, -1, 0, 1, 2, 7];
    for (const power of [0, 1, 2, 3, 4, 5, 10]) {
      expect(list(i32(bases).pow(power))).toEqual(bases.map((x) => x ** power));
    }
    expect(i32([3]).pow(25).item()).toBe(Number(BigInt.asIntN(32, 3n ** 25n)));
    expect(i32([2]).pow(3).dtype).toBe("int32");
  });

  test("compiled = eager to the bit, whatever the power", () => {
    const x = tensor([1.1, 3.3, -0.7, 2e-5]);
    for (const power of [0, 0.5, 1, 2, 3, 4, -1, 2.5]) {
      const f = (y: Tensor) => y.pow(power);
      expect(list(compile(f)(x))).toEqual(list(f(x)));
      const slope = grad((y: Tensor) => f(y).sum());
      expect(list(compile(slope)(x))).toEqual(list(slope(x)));
    }
    expect(list(compile((y: Tensor) => y.pow(2))(i32([2, -3])))).toEqual([4, 9]);
  });

  test("d(a^b) by both, also where a is 0 or negative", () => {
    const slope = grad((a: Tensor, b: Tensor) => a.pow(b).sum());
    expect(list(slope(f64([-2, 0, 0, 3]), f64([3, 2, 0, -1])))).toEqual([12, 0, 0, -1 / 9]);
    const byPower = grad((b: Tensor, a: Tensor) => a.pow(b).sum());
    const [two, zero] = list(byPower(f64([3, 2]), f64([2, 0])));
    expect(two).toBeCloseTo(8 * Math.log(2), 12);
    expect(zero).toBe(0);
    expect(list(grad((x: Tensor) => x.pow(3).sum())(f64([-2])))).toEqual([12]);
  });

  test("a power that is learnt gets its gradient, even where it is 2", () => {
    const power = variable([2, 2], { dtype: "float64" });
    f64([3, 5]).pow(power).sum().backward();
    const [three, five] = list(power.grad!);
    expect(three).toBeCloseTo(9 * Math.log(3), 12);
    expect(five).toBeCloseTo(25 * Math.log(5), 12);
  });
});

describe("logic and choice", () => {
  const a = tensor([true, true, false, false]);
  const b = tensor([true, false, true, false]);

  test("and, or, not; comparing booleans", () => {
    expect(a.logicalAnd(b).toArray()).toEqual([true, false, false, false]);
    expect(a.logicalOr(b).toArray()).toEqual([true, true, true, false]);
    expect(a.logicalNot().toArray()).toEqual([false, false, true, true]);
    expect(a.equal(b).toArray()).toEqual([true, false, false, true]);
    expect(a.less(b).toArray()).toEqual([false, false, true, false]);
  });

  test("where takes numbers and tensors, and hides what is not taken", () => {
    expect(N.where(a, 1, 0).toArray()).toEqual([1, 1, 0, 0]);
    expect(N.where(a, f64([1, 2, 3, 4]), -1).toArray()).toEqual([1, 2, -1, -1]);
    expect(N.where(a, i32([1, 2, 3, 4]), 0).dtype).toBe("int32");
    const x = f64([4, 1, -1, 0]);
    const root = (y: Tensor) => N.where(N.greater(y, 0), N.sqrt(N.where(N.greater(y, 0), y, 1)), 0);
    expect(list(root(x))).toEqual([2, 1, 0, 0]);
    expect(list(grad((y: Tensor) => root(y).sum())(x))).toEqual([0.25, 0.5, 0, 0]);
  });

  test("clip, with NaN passed on", () => {
    expect(list(N.clip(f64([-2, 0.5, 3, nan]), -1, 1))).toEqual([-1, 0.5, 1, nan]);
    expect(list(i32([-5, 5]).clip(-1, 1))).toEqual([-1, 1]);
  });
});

describe("cast", () => {
  test.each<[DType, readonly number[]]>([
    ["int32", [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 0]],
    ["uint8", [0, 1, 0, 255, 0, 0]],
    ["bool", [0, 1, 1, 1, 1, 1]],
    ["float32", [0, 1.5, -1.5, inf, -inf, nan]],
  ])("to %s: towards zero, clamped, NaN to 0, booleans by not zero", (dtype, expected) => {
    expect(list(N.cast(f64([0, 1.5, -1.5, 1e300, -1e300, nan]), dtype))).toEqual(expected);
  });

  test("to its own type gives a value, also of a variable", () => {
    const w = variable([1]);
    const before = w.cast("float32");
    w.assign(tensor([2]));
    expect(before.item()).toBe(1);
  });

  test("carries gradients between floats, and none through integers", () => {
    const slope = (dtype: DType) =>
      grad((x: Tensor) => x.cast(dtype).cast("float64").sum())(f64([1.5])).item();
    expect([slope("float32"), slope("int32")]).toEqual([1, 0]);
  });
});

test("every function that is a method, too, is the same function", () => {
  const x = tensor([
    [0.3, -1.2],
    [2.5, 0.7],
  ]);
  const y = tensor([[1.5, 0.4]]);
  const { add, sub, mul, div, mod, maximum, minimum, less, equal, pow } = N;
  const binary = { add, sub, mul, div, mod, maximum, minimum, less, equal, pow };
  for (const [name, f] of Object.entries(binary)) {
    expect(x[name as keyof typeof binary](y).data).toEqual(f(x, y).data);
  }
  const { neg, exp, sin, cos, tanh, relu, erf, floor, ceil, round, abs, sign, sigmoid } = N;
  const unary = { neg, exp, sin, cos, tanh, relu, erf, floor, ceil, round, abs, sign, sigmoid };
  for (const [name, f] of Object.entries(unary)) {
    expect(x[name as keyof typeof unary]().data).toEqual(f(x).data);
  }
  expect(x.clip(0, 1).data).toEqual(N.clip(x, 0, 1).data);
});
