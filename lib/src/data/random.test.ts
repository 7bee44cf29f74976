// The random stream: a function of its seed, evenly spread, and fixed for good.

import { describe, expect, it } from "vitest";
import { Rng } from "./random.ts";

const draw = (count: number, next: () => number): number[] => Array.from({ length: count }, next);
const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe("Rng", () => {
  it("gives the same stream for the same seed, another one for any other", () => {
    const start = (seed: number): string => {
      const rng = new Rng(seed);
      return draw(4, () => rng.uniform()).join();
    };
    const seeds = [0, 1, -1, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
    expect(new Set(seeds.map(start)).size).toBe(seeds.length);
    expect(seeds.map(start)).toEqual(seeds.map(start));
  });

  it("keeps its first numbers from version to version", () => {
    const rng = new Rng(42);
    expect(draw(3, () => rng.uniform())).toEqual(UNIFORMS);
  });

  it("draws uniforms evenly from the range asked for", () => {
    const rng = new Rng(1);
    const values = draw(20_000, () => rng.uniform(-2, 4));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...values)).toBeLessThan(4);
    for (let bin = -2; bin < 4; bin++) {
      const share = values.filter((value) => value >= bin && value < bin + 1).length / 20_000;
      expect(Math.abs(share - 1 / 6)).toBeLessThan(0.012);
    }
  });

  it("draws normals with the mean, deviation, skewness and kurtosis of the bell", () => {
    const rng = new Rng(2);
    const values = draw(40_000, () => (rng.normal(3, 2) - 3) / 2);
    const moments = [1, 2, 3, 4].map((power) => mean(values.map((value) => value ** power)));
    const bell = [0, 1, 0, 3];
    const allowed = [0.02, 0.03, 0.06, 0.2];
    moments.forEach((moment, i) => {
      expect(Math.abs(moment - bell[i]!)).toBeLessThan(allowed[i]!);
    });
  });

  it("draws the two normals of a pair independently", () => {
    const rng = new Rng(3);
    const products = draw(20_000, () => rng.normal() * rng.normal());
    expect(Math.abs(mean(products))).toBeLessThan(0.03);
  });

  it("shuffles arrays and typed arrays in place, each order as often", () => {
    const rng = new Rng(4);
    const counts = new Map<string, number>();
    for (let round = 0; round < 6000; round++) {
      const array = Uint8Array.of(1, 2, 3);
      expect(rng.shuffle(array)).toBe(array);
      counts.set(array.join(""), (counts.get(array.join("")) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(["123", "132", "213", "231", "312", "321"]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(130);
    expect(rng.shuffle([])).toEqual([]);
    expect(rng.shuffle(["a", "b", "c", "d"]).sort()).toEqual(["a", "b", "c", "d"]);
  });

  it.each([0.5, Number.NaN, 2 ** 53])("refuses the seed %s", (seed) => {
    expect(() => new Rng(seed)).toThrow(
      `Rng: expected a seed that is a whole number, received ${seed}`,
    );
  });
});

/** 53 bits of threefry((0, 42), (j, "data")) for j = 0, 1, 2. */
const UNIFORMS = [0.4839458047288572, 0.2920647802866967, 0.3651382634775804];
