import { describe, expect, it } from "vitest";
import { claims, objective, onGrid, onPoints, surface } from "./surface49.ts";

it.each(claims())("figure 4.9: $name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
  expect(claim.tolerance).toBeLessThan(1e-4);
});

describe("onGrid", () => {
  it("has the losses of its points, row by w1 and column by w2", () => {
    const grid = onGrid({ from: -3, to: 5, count: 4 });
    const points = grid.w1.flatMap((w1) => grid.w2.map((w2) => [w1, w2] as const));
    const { squared, negativeLog } = onPoints(points);
    expect(grid.squared.flat()).toEqual(squared);
    expect(grid.negativeLog.flat()).toEqual(negativeLog);
  });
  it("covers the figure's square by default", () => {
    const grid = onGrid();
    expect([grid.w1[0], grid.w1[20], grid.w1[40]]).toEqual([-5, 0, 5]);
    expect(grid.squared).toHaveLength(41);
    expect(grid.squared[20]![20]).toBe(0.25);
  });
  it("bounds the squared loss by 1, and does not bound the other", () => {
    const grid = onGrid({ from: -100, to: 100, count: 3 });
    expect(Math.max(...grid.squared.flat())).toBeLessThanOrEqual(1);
    expect(Math.max(...grid.negativeLog.flat())).toBeCloseTo(100, 10);
  });
  it.each([1, 0, 2.5])("refuses %s points along a side", (count) => {
    expect(() => onGrid({ count })).toThrow(
      `expected count to be a whole number from 2 to 2000, received ${count}`,
    );
  });
});

describe("surface", () => {
  it.each(["squared", "negativeLog"] as const)("has the heights of the grid, %s", (loss) => {
    const { values, names, u } = surface(loss, { count: 5 });
    const grid = onGrid({ count: 5 });
    values.flat().forEach((value, i) => {
      expect(value).toBeCloseTo(grid[loss].flat()[i]!, 14);
    });
    expect(names).toEqual(["w1", "w2"]);
    expect(u).toEqual(grid.w1);
  });
  it("refuses other losses", () => {
    expect(() => objective("log" as never)).toThrow("expected loss to be");
  });
});
