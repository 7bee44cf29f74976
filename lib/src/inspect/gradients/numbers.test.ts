import { describe, expect, it } from "vitest";
import { angleOf, histogramOf, momentsOf, normOf } from "./numbers.ts";

describe("momentsOf", () => {
  it("gives mean, deviation, root mean square and the largest", () => {
    const { mean, deviation, rms, largest } = momentsOf(Float32Array.of(1, -3, 2, 4));
    expect([mean, rms, largest]).toEqual([1, Math.sqrt(7.5), 4]);
    expect(deviation).toBeCloseTo(Math.sqrt(6.5), 12);
  });
  it("leaves out what is not finite, and counts it", () => {
    expect(momentsOf([1, Number.NaN, 3, Infinity])).toMatchObject({
      mean: 2,
      largest: 3,
      notFinite: 2,
    });
    expect(momentsOf([])).toEqual({ mean: 0, deviation: 0, rms: 0, largest: 0, notFinite: 0 });
  });
  it("refuses what are no numbers", () => {
    expect(() => momentsOf(3 as never)).toThrow(
      "momentsOf: expected values to be a list of numbers",
    );
  });
});

it("normOf is Pythagoras", () => {
  expect(normOf([3, 4])).toBe(5);
});

describe("angleOf", () => {
  it("is measured in degrees, also beyond a right angle", () => {
    expect(angleOf([1, 0], [1, 1])).toBeCloseTo(45, 12);
    expect(angleOf([2, 0], [-1, 1])).toBeCloseTo(135, 12);
    expect(angleOf([1, 2, 3], [2, 4, 6])).toBeCloseTo(0, 6);
  });
  it("keeps angles that a cosine would round away", () => {
    expect(angleOf([1, 0], [1, 1e-9])).toBeCloseTo((1e-9 * 180) / Math.PI, 16);
  });
  it("is 0 where there is no direction", () => {
    expect(angleOf([0, 0], [1, 0])).toBe(0);
  });
});

describe("histogramOf", () => {
  it("counts from the smallest to the largest, which falls in the last bin", () => {
    const { edges, counts } = histogramOf([0, 0.5, 1, 1, 3.9, 4], { bins: 4 });
    expect(edges).toEqual([0, 1, 2, 3, 4]);
    expect(counts).toEqual([2, 2, 0, 2]);
  });
  it("keeps apart what is not finite, and has bins for one value", () => {
    expect(histogramOf([Number.NaN, Infinity])).toEqual({ edges: [], counts: [], notFinite: 2 });
    const { edges, counts } = histogramOf([5, 5, 5], { bins: 3 });
    expect(counts).toEqual([0, 3, 0]);
    expect(edges[0]).toBeLessThan(5);
  });
  it("refuses options that mean nothing", () => {
    expect(() => histogramOf([1], { bins: 0 })).toThrow("bins");
    expect(() => histogramOf([1], { bin: 4 } as never)).toThrow('Did you mean "bins"?');
  });
});
