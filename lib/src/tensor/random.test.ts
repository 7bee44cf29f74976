// Random numbers: the same from the same key, independent from others, of the right distribution.

import { describe, expect, test } from "vitest";
import { compile, type Tensor, tensor, vmap, zeros } from "../index.ts";
import * as random from "./random.ts";

const key = random.key(42);
const list = (x: Tensor): number[] => Array.from(x.data);
const mean = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0) / xs.length;

/** The average of (x - mean)^power. */
function moment(xs: readonly number[], power: number): number {
  const center = mean(xs);
  return mean(xs.map((x) => (x - center) ** power));
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [p, q] = [mean(a), mean(b)];
  const covariance = mean(a.map((x, i) => (x - p) * (b[i]! - q)));
  return covariance / Math.sqrt(moment(a, 2) * moment(b, 2));
}

describe("keys", () => {
  test("the same key gives the same numbers, eager and compiled", () => {
    const draws: ((k: random.Key) => Tensor)[] = [
      (k) => random.uniform(k, [3, 5]),
      (k) => random.uniform(k, [7], { low: -2, high: 3, dtype: "float64" }),
      (k) => random.normal(k, [5]),
      (k) => random.randint(k, [9], -3, 4),
      (k) => random.bernoulli(k, 0.3, [9]),
      (k) => random.permutation(k, 6),
    ];
    for (const draw of draws) {
      expect(list(draw(random.key(42)))).toEqual(list(draw(key)));
      expect(list(compile(draw as never as (k: Tensor) => Tensor)(key))).toEqual(list(draw(key)));
      expect(list(draw(random.key(43)))).not.toEqual(list(draw(key)));
    }
  });

  test("pinned: these numbers must never change", () => {
    const zero = random.key(0);
    const uniform = [0.6730654239654541, 0.3823726773262024, 0.9734982252120972];
    expect(list(random.uniform(zero, [3]))).toEqual(uniform);
    expect(list(random.permutation(zero, 8))).toEqual([7, 4, 6, 1, 0, 3, 2, 5]);
    // Logarithms and cosines may differ in the last bit.
    const normal = [-1.5967805047738508, 1.5748550338742682, 1.688558970505544];
    list(random.normal(zero, [3], { dtype: "float64" })).forEach((x, i) => {
      expect(x).toBeCloseTo(normal[i]!, 13);
    });
  });

  test("seeds up to 2^53 - 1 are told apart", () => {
    const seeds = [0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 40, 2 ** 53 - 1];
    const firsts = seeds.map((seed) => random.uniform(random.key(seed), [], { dtype: "float64" }));
    expect(new Set(firsts.map((x) => x.item())).size).toBe(seeds.length);
  });

  test("split and folded keys are independent of each other and of draws", () => {
    const keys = [key, ...random.splitKey(key, 3), random.foldIn(key, 7), random.foldIn(key, 8)];
    const draws = keys.map((k) => list(random.uniform(k, [2000])));
    draws.forEach((a, i) => {
      for (const b of draws.slice(i + 1)) expect(Math.abs(correlation(a, b))).toBeLessThan(0.08);
    });
    // A key's draws are not its children's words either.
    const words = random.splitKey(key, 50).flatMap((k) => list(k));
    expect(new Set(words).size).toBe(words.length);
  });

  test("foldIn takes a number or a scalar tensor alike", () => {
    const step = random.foldIn(key, tensor(7, "int32"));
    expect(list(step)).toEqual(list(random.foldIn(key, 7)));
    expect(list(random.foldIn(random.foldIn(key, 1), 2))).not.toEqual(
      list(random.foldIn(random.foldIn(key, 2), 1)),
    );
    const each = vmap((i: Tensor) => random.foldIn(key, i))(tensor([3, 4], "int32"));
    expect(each.toArray()).toEqual([
      random.foldIn(key, 3).toArray(),
      random.foldIn(key, 4).toArray(),
    ]);
  });
});

describe("uniform", () => {
  test.each(["float32", "float64"] as const)("%s: range, mean, variance", (dtype) => {
    const xs = list(random.uniform(key, [20_000], { dtype }));
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...xs)).toBeLessThan(1);
    expect(mean(xs)).toBeCloseTo(0.5, 2);
    expect(moment(xs, 2)).toBeCloseTo(1 / 12, 2);
    expect(Math.abs(correlation(xs.slice(1), xs.slice(0, -1)))).toBeLessThan(0.03);
  });

  test("every tenth holds a tenth", () => {
    const counts = Array<number>(10).fill(0);
    for (const x of list(random.uniform(random.key(5), [20_000]))) {
      counts[Math.floor(10 * x)] = counts[Math.floor(10 * x)]! + 1;
    }
    // Chi-square with 9 degrees of freedom: 27.9 has probability 0.001.
    const chi = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    expect(chi).toBeLessThan(27.9);
  });

  test("float32 uses 24 bits, float64 53", () => {
    const bits = (dtype: "float32" | "float64", power: number) =>
      list(random.uniform(key, [200], { dtype })).every((x) => Number.isInteger(x * 2 ** power));
    expect(bits("float32", 24)).toBe(true);
    expect(bits("float64", 53)).toBe(true);
    expect(bits("float64", 40)).toBe(false);
  });

  test("low is in, high is not, even after rounding", () => {
    const xs = list(random.uniform(key, [50_000], { low: 1, high: 1 + 2 ** -22 }));
    expect(new Set(xs)).toEqual(new Set([1, 1 + 2 ** -23]));
    const wide = list(random.uniform(key, [1000], { low: -3, high: 5 }));
    expect(Math.min(...wide)).toBeGreaterThanOrEqual(-3);
    expect(Math.max(...wide)).toBeLessThan(5);
    expect(mean(wide)).toBeCloseTo(1, 0);
  });

  test("shapes: scalars, none, many axes; a longer draw starts with the shorter", () => {
    expect(random.uniform(key, []).shape).toEqual([]);
    expect(random.uniform(key, [0, 3]).shape).toEqual([0, 3]);
    expect(random.uniform(key, [2, 3, 4]).shape).toEqual([2, 3, 4]);
    expect(list(random.uniform(key, [5]))).toEqual(list(random.uniform(key, [8])).slice(0, 5));
  });
});

describe("normal", () => {
  test.each(["float32", "float64"] as const)("%s: the first four moments", (dtype) => {
    const xs = list(random.normal(key, [40_001], { dtype }));
    expect(xs.every(Number.isFinite)).toBe(true);
    expect(mean(xs)).toBeCloseTo(0, 1);
    expect(Math.abs(moment(xs, 2) - 1)).toBeLessThan(0.03);
    expect(Math.abs(moment(xs, 3))).toBeLessThan(0.05);
    expect(Math.abs(moment(xs, 4) - 3)).toBeLessThan(0.15);
  });

  test("mean and std, element type, odd sizes", () => {
    const xs = random.normal(key, [10_000], { mean: 5, std: 0.1, dtype: "float64" });
    expect(xs.dtype).toBe("float64");
    expect(mean(list(xs))).toBeCloseTo(5, 2);
    expect(Math.sqrt(moment(list(xs), 2))).toBeCloseTo(0.1, 2);
    expect(random.normal(key, [3, 3]).shape).toEqual([3, 3]);
    expect(random.normal(key, [0]).shape).toEqual([0]);
  });
});

describe("whole numbers and choices", () => {
  test("randint covers [low, high) evenly", () => {
    const xs = list(random.randint(key, [6000], -2, 4));
    expect(new Set(xs)).toEqual(new Set([-2, -1, 0, 1, 2, 3]));
    for (const value of new Set(xs)) {
      expect(Math.abs(xs.filter((x) => x === value).length - 1000)).toBeLessThan(120);
    }
    expect(random.randint(key, [2], 0, 1).toArray()).toEqual([0, 0]);
  });

  test("randint covers all of int32", () => {
    const xs = list(random.randint(key, [4000], -(2 ** 31), 2 ** 31));
    expect(xs.filter((x) => x < 0).length).toBeGreaterThan(1800);
    expect(xs.filter((x) => x > 2 ** 30).length).toBeGreaterThan(800);
  });

  test("bernoulli", () => {
    const share = (p: number) => mean(list(random.bernoulli(key, p, [10_000])));
    expect([share(0), share(1)]).toEqual([0, 1]);
    expect(share(0.3)).toBeCloseTo(0.3, 1);
    expect(random.bernoulli(key, 0.5, [2]).dtype).toBe("bool");
  });

  test("a permutation is one, and every place is equally likely", () => {
    const order = list(random.permutation(key, 500));
    expect([...order].sort((a, b) => a - b)).toEqual([...order.keys()]);
    expect(order).not.toEqual([...order.keys()]);
    expect(random.permutation(key, 0).shape).toEqual([0]);
    const firsts = random.splitKey(key, 300).map((k) => list(random.permutation(k, 3))[0]);
    for (const value of [0, 1, 2]) {
      expect(Math.abs(firsts.filter((x) => x === value).length - 100)).toBeLessThan(35);
    }
  });

  test("dropout as a user writes it", () => {
    const x = zeros([1000]).add(1);
    const kept = random.bernoulli(key, 0.8, [1000]).cast("float32").mul(x).div(0.8);
    expect(kept.mean().item()).toBeCloseTo(1, 1);
  });
});
