import { describe, expect, it } from "vitest";
import { nearestIndex, pathOf, scaleOf, ticksOf } from "./scales.ts";

describe("axes", () => {
  it("hold all numbers, and only positive ones where they are logarithmic", () => {
    expect(scaleOf([3, 1, Number.NaN, 2], { isLog: false }, [0, 100]).domain()).toEqual([1, 3]);
    expect(scaleOf([0, 0.1, 10], { isLog: true }, [0, 100]).domain()).toEqual([0.1, 10]);
    expect(scaleOf([], { isLog: false }, [0, 100]).domain()).toEqual([0, 1]);
    expect(scaleOf([5], { isLog: false }, [0, 100]).domain()).toEqual([4.5, 5.5]);
    expect(scaleOf([0], { isLog: false, domain: [0, null] }, [0, 1]).domain()).toEqual([0, 1]);
    expect(scaleOf([2, 3], { isLog: false, domain: [0, null] }, [0, 1]).domain()).toEqual([0, 3]);
  });
  it("have ticks at round numbers", () => {
    const linear = ticksOf(scaleOf([0, 1], { isLog: false }, [0, 100]), false, 5);
    expect(linear.map(({ text }) => text)).toEqual(["0", "0.2", "0.4", "0.6", "0.8", "1"]);
    const log = ticksOf(scaleOf([1e-6, 1], { isLog: true }, [0, 60]), true, 6);
    expect(log.map(({ text }) => text)).toEqual([
      "10⁻⁶",
      "10⁻⁵",
      "10⁻⁴",
      "0.001",
      "0.01",
      "0.1",
      "1",
    ]);
    const huge = ticksOf(scaleOf([0, 9e8], { isLog: false }, [0, 100]), false, 3);
    expect(huge.map(({ text }) => text)).toEqual(["0", "4·10⁸", "8·10⁸"]);
  });
});

describe("lines", () => {
  it("of one point can be seen", () => {
    const scale = scaleOf([0, 10], { isLog: false }, [0, 10]);
    expect(pathOf({ name: "one", x: [3], y: [4] }, scale, scale)).toBe("M3.0 4.0m-2 0h4");
  });
  const scale = (high: number, range: [number, number]) =>
    scaleOf([0, high], { isLog: false }, range);

  it("break where there is no number", () => {
    const series = { name: "a", x: [0, 1, 2, 3], y: [0, 1, Number.NaN, 1] };
    expect(pathOf(series, scale(3, [0, 30]), scale(1, [10, 0]))).toBe(
      "M0.0 10.0L10.0 0.0M30.0 0.0",
    );
  });
  it("keep every peak of a long run in few points", () => {
    const x = Float64Array.from({ length: 100_000 }, (_, i) => i);
    const y = x.map((i) => (i === 70_007 ? 1 : 0));
    const path = pathOf({ name: "a", x, y }, scale(99_999, [0, 400]), scale(1, [100, 0]));
    expect(path).toContain("L280.0 0.0");
    expect(path.match(/[ML]/g)!.length).toBeLessThan(4 * 401);
  });
  it("are read at the nearest place", () => {
    expect(nearestIndex([0, 10, 20], 14)).toBe(1);
    expect(nearestIndex([0, 10, 20], 16)).toBe(2);
  });
});
