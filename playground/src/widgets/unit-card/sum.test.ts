import { describe, expect, it } from "vitest";
import { termsOf, writtenSum } from "./sum.ts";

describe("the sum of a unit", () => {
  it("has a term for each unit below, out of its column of the matrix", () => {
    expect(termsOf([0.5, 9, -0.25, 9], [1, 2], 0, 2)).toEqual([
      { w: 0.5, x: 1, product: 0.5 },
      { w: -0.25, x: 2, product: -0.5 },
    ]);
    expect(termsOf([1, 2], undefined, 1, 2)).toEqual([{ w: 2, x: null, product: null }]);
  });

  it("is written out, negative numbers in brackets", () => {
    const terms = termsOf([0.5, -0.25], [1, 2], 0, 1);
    expect(writtenSum(terms, 0.1, 0.1)).toBe(
      "z = 1.000 × 0.5000 + 2.000 × (−0.2500) + 0.1000 = 0.1000",
    );
    expect(writtenSum(terms, -3, -3)).toContain("+ (−3.000) = −3.000");
  });

  it("is told by its ends where it is long", () => {
    const ones = Array.from({ length: 16 }, () => 1);
    const written = writtenSum(termsOf(ones, ones, 0, 1), undefined, 16);
    expect(written.match(/×/g)).toHaveLength(5);
    expect(written).toContain("…");
  });
});
